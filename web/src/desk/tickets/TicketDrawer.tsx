import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Descriptions, Drawer, Flex, List, Tag, Timeline } from "antd";
import { useState } from "react";
import { time } from "../clock";
import { Due } from "../Due";
import { get } from "../server";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { Act } from "./Act";
import { Tried } from "./Tried";
import type { Contact, Offer, Promised, Ticket } from "./tickets";

/** A ticket in full, and what may be done with it. */
export function TicketDrawer({ number, close }: { number?: string; close: () => void }) {
  const ticket = useQuery({
    queryKey: ["ticket", number],
    queryFn: ({ signal }) => get<Ticket>(`/tickets/${number}`, signal),
    enabled: number !== undefined,
  });
  return (
    <Drawer open={number !== undefined} onClose={close} size="large" title={`工单 ${number ?? ""}`}>
      {number && <Told of={ticket}>{(found) => <InFull key={number} ticket={found} />}</Told>}
    </Drawer>
  );
}

function InFull({ ticket }: { ticket: Ticket }) {
  const [offer, setOffer] = useState<Offer>();
  const { row } = ticket;
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small">
        {ticket.offers.map((each) => (
          <Button key={each.verb} size="small" onClick={() => setOffer(each)}>
            {each.label}
          </Button>
        ))}
      </Flex>
      {offer && <Act ticket={ticket} offer={offer} close={() => setOffer(undefined)} />}
      <Descriptions size="small" column={{ xs: 1, md: 2 }} bordered>
        <Descriptions.Item label="事项">
          {row.type_label} {row.subject_label} {row.grade === "major" && <Tag color="error">重大</Tag>}
        </Descriptions.Item>
        <Descriptions.Item label="状态">
          {row.status_label} {ticket.status_reason}
        </Descriptions.Item>
        <Descriptions.Item label="首问责任人">
          工号 {row.owner} {ticket.owner_role}，{ticket.owner_phone}
        </Descriptions.Item>
        <Descriptions.Item label="经办人">
          工号 {row.handler} {ticket.handler_role}
        </Descriptions.Item>
        <Descriptions.Item label="片区">
          {row.area_name ?? "—"}
          {ticket.area_manager && `，片区经理 工号 ${ticket.area_manager}`}
        </Descriptions.Item>
        <Descriptions.Item label="受理">{time(row.accepted_at)}</Descriptions.Item>
        <Descriptions.Item label="客户" span="filled">
          <Customer ticket={ticket} />
        </Descriptions.Item>
        {ticket.papers.length > 0 && (
          <Descriptions.Item label={ticket.awaits_materials ? "还缺材料" : "材料"} span="filled">
            {ticket.papers.join("、")}
          </Descriptions.Item>
        )}
        {ticket.outcome && (
          <Descriptions.Item label="处理结果" span="filled">
            {ticket.outcome}
          </Descriptions.Item>
        )}
      </Descriptions>
      {ticket.extension && (
        <Alert
          type="warning"
          showIcon
          title={`工号 ${ticket.extension.asked_by} 申请延期到 ${time(ticket.extension.wished_due)}`}
          description={ticket.extension.reason}
        />
      )}
      <List
        size="small"
        header={<strong>承诺</strong>}
        dataSource={ticket.promises}
        locale={{ emptyText: "没有承诺" }}
        renderItem={(promise) => (
          <List.Item>
            <Kept promise={promise} />
          </List.Item>
        )}
      />
      <Tried ticket={ticket} />
      <section>
        <p>
          <strong>经过</strong>
        </p>
        <Timeline
          items={ticket.history.map((entry) => ({
            key: `${entry.at}${entry.event}`,
            content: (
              <>
                {time(entry.at)} {entry.who}：{entry.label}
                {entry.reason && <div>{entry.reason}</div>}
              </>
            ),
          }))}
        />
      </section>
    </Flex>
  );
}

function Kept({ promise }: { promise: Promised }) {
  const { label, limit, due, kept_at, late, excused, reason, rule, source, breached } = promise;
  return (
    <Flex wrap gap="small">
      <span>
        {label} {limit}
      </span>
      {due ? <Due at={due} done={kept_at !== null || breached} /> : (reason ?? "没有公布时限")}
      {kept_at && <Tag color={late ? "error" : "success"}>{late ? "逾期兑现" : "按期兑现"}</Tag>}
      {breached && <Tag color="error">上一轮未兑现</Tag>}
      {excused && <Tag>视为按期</Tag>}
      <small>{[rule, source].filter(Boolean).join("，")}</small>
    </Flex>
  );
}

/** In full only when asked for: it leaves a row in the audit. */
function Customer({ ticket: { row } }: { ticket: Ticket }) {
  const [shown, setShown] = useState<Contact>();
  const show = useAct<Contact>([], setShown);
  const { phone, address, description } = shown ?? row;
  return (
    <>
      {phone} {address}
      <p>{description}</p>
      {!shown && (
        <Button
          type="link"
          size="small"
          loading={show.isPending}
          onClick={() => show.mutate({ path: `/tickets/${row.number}/contact` })}
        >
          显示完整信息（记入审计）
        </Button>
      )}
    </>
  );
}
