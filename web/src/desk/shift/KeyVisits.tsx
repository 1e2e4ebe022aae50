import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Flex, Tag } from "antd";
import { useState } from "react";
import { Cut } from "../Cut";
import { time } from "../clock";
import { get } from "../server";
import { useSession } from "../session";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { Words } from "../Words";

interface Visit {
  number: number;
  account: string;
  planned_on: string;
  staff: string;
  made_at: string | null;
  made_by: string | null;
  said: string | null;
  /** masked; null: the customer system does not tell */
  customer: {
    phone: string;
    address: string | null;
    area_name: string | null;
    package: string | null;
    sample: boolean;
  } | null;
}

interface Plan {
  every_days: number | null;
  rule: string | null;
  source: string | null;
  due: Visit[];
  made: Visit[];
  made_in_all: number;
}

/** 大客户回访 (R5.5). */
export function KeyVisits() {
  const session = useSession();
  const plan = useQuery({ queryKey: ["key-visits"], queryFn: ({ signal }) => get<Plan>("/key-visits/", signal) });
  return (
    <Told of={plan}>
      {({ every_days, rule, source, due, made, made_in_all }) => (
        <Flex vertical gap="small">
          <Alert
            type="info"
            title={every_days === null ? "公司没有公布定期走访大客户" : `每 ${every_days} 天走访一次`}
            description={[rule, source].filter(Boolean).join("，")}
          />
          {every_days !== null && due.length === 0 && <p>现在没有要走访的大客户。</p>}
          {due.map((visit) => (
            <ToVisit key={visit.number} visit={visit} serves={session.role !== "supervisor"} />
          ))}
          {made.length > 0 && <h2>走访过的</h2>}
          {made.map((visit) => (
            <Card key={visit.number} size="small" title={`客户 ${visit.account}，工号 ${visit.made_by}`}>
              {visit.made_at && time(visit.made_at)} {visit.said}
            </Card>
          ))}
          <Cut shown={made.length} total={made_in_all} which="最近的" unit="次" />
        </Flex>
      )}
    </Told>
  );
}

function ToVisit({ visit, serves }: { visit: Visit; serves: boolean }) {
  const [asked, setAsked] = useState(false);
  const made = useAct(["key-visits"], () => setAsked(false));
  return (
    <Card size="small" title={`客户 ${visit.account}`} extra={`${visit.planned_on} 计划，由工号 ${visit.staff} 走访`}>
      <Flex wrap gap="small" justify="space-between" align="center">
        <Customer visit={visit} serves={serves} />
        {serves && (
          <Button size="small" type="primary" onClick={() => setAsked(true)}>
            记下走访
          </Button>
        )}
      </Flex>
      {asked && (
        <Words
          title="记下走访"
          label="客户怎么说"
          busy={made.isPending}
          close={() => setAsked(false)}
          say={({ text }) => made.mutate({ path: `/key-visits/${visit.number}`, body: { said: text } })}
        />
      )}
    </Card>
  );
}

/** In full only when asked for: it leaves a row in the audit. */
function Customer({ visit: { number, customer }, serves }: { visit: Visit; serves: boolean }) {
  const [shown, setShown] = useState<{ phone: string; address: string | null }>();
  const show = useAct<{ phone: string; address: string | null }>([], setShown);
  if (!customer) return <span>客户系统没有给出联系方式</span>;
  const { phone, address } = shown ?? customer;
  return (
    <span>
      {shown ? <a href={`tel:${phone}`}>{phone}</a> : phone} {address} {customer.area_name} {customer.package}{" "}
      {customer.sample && <Tag>示例</Tag>}
      {!shown && serves && (
        <Button
          size="small"
          loading={show.isPending}
          onClick={() => show.mutate({ path: `/key-visits/${number}/contact` })}
        >
          显示完整信息（记入审计）
        </Button>
      )}
    </span>
  );
}
