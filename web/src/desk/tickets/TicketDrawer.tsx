import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Descriptions, Drawer, Flex, Image, List, Tag, Timeline } from "antd";
import { useState } from "react";
import { time } from "../clock";
import { Due } from "../Due";
import { address, get } from "../server";
import { useSession } from "../session";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { useLabels } from "../words";
import { Act } from "./Act";
import { Tried } from "./Tried";
import type { Contact, Offer, Promised, Ticket } from "./tickets";

const TALKED = ["webchat", "wechat", "hotline"];

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
        <Descriptions.Item label="受理">
          <Accepted ticket={ticket} />
        </Descriptions.Item>
        <Descriptions.Item label="客户" span="filled">
          <Customer ticket={ticket} />
        </Descriptions.Item>
        {ticket.papers.length > 0 && (
          <Descriptions.Item label={ticket.awaits_materials ? "还缺材料" : "材料"} span="filled">
            {ticket.papers.join("、")}
          </Descriptions.Item>
        )}
        {(ticket.requested_at || row.wished) && (
          <Descriptions.Item label="客户希望" span="filled">
            {ticket.requested_at && `${time(ticket.requested_at)} `}
            {row.wished}
          </Descriptions.Item>
        )}
        {ticket.attachments.length > 0 && (
          <Descriptions.Item label="照片" span="filled">
            <Photos ticket={ticket} />
          </Descriptions.Item>
        )}
        {ticket.reported_to && (
          <Descriptions.Item label="已报告给" span="filled">
            工号 {ticket.reported_to}
          </Descriptions.Item>
        )}
        {ticket.times_reopened > 0 && (
          <Descriptions.Item label="重新打开" span="filled">
            {ticket.times_reopened} 次
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
          title={`工号 ${ticket.extension.asked_by} 申请从 ${time(ticket.extension.told)} 延期到 ${time(ticket.extension.wished_due)}`}
          description={[
            ticket.extension.reason,
            ticket.extension.words && `客户的话：${ticket.extension.words}`,
            "批准之前，原来的时限不变。",
          ]
            .filter(Boolean)
            .join("；")}
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

/** When and by what; what was said there is open to look at. */
function Accepted({ ticket: { row, channel, conversation } }: { ticket: Ticket }) {
  const channelName = useLabels("channels");
  return (
    <>
      {time(row.accepted_at)} {channelName(channel)}
      {TALKED.includes(channel) && (
        <>
          {" "}
          <a href={`#/talk/${conversation}`}>看对话</a>
        </>
      )}
    </>
  );
}

function Photos({ ticket: { conversation, attachments } }: { ticket: Ticket }) {
  return (
    <Image.PreviewGroup>
      <Flex wrap gap="small">
        {attachments.map((photo, place) => (
          <Image
            key={photo}
            height={96}
            alt={`客户发来的照片 ${place + 1}`}
            src={address(`/conversations/${conversation}/photos/${photo}`)}
          />
        ))}
      </Flex>
    </Image.PreviewGroup>
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
      {kept_at && due && <Tag color={late ? "error" : "success"}>{late ? "逾期兑现" : "按期兑现"}</Tag>}
      {kept_at && !due && <Tag>已办</Tag>}
      {breached && <Tag color="error">上一轮未兑现</Tag>}
      {excused && <Tag>视为按期</Tag>}
      <small>{[rule, source].filter(Boolean).join("，")}</small>
    </Flex>
  );
}

/** In full only when asked for: it leaves a row in the audit. */
function Customer({ ticket: { row } }: { ticket: Ticket }) {
  const session = useSession();
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
          onClick={() =>
            show.mutate({
              path: `/tickets/${row.number}/contact`,
              body: { reason: session.role === "supervisor" ? "checking" : "handling" },
            })
          }
        >
          显示完整信息（记入审计）
        </Button>
      )}
    </>
  );
}
