import { List, Tag } from "antd";
import { time } from "../clock";
import { useLabels } from "../words";
import type { Order, Ticket, Visit } from "./tickets";

/** To whom it was sent, and whom of the customer's side was reached since. */
export function Tried({ ticket: { orders, visits, visit_tries } }: { ticket: Ticket }) {
  const outcomeName = useLabels("visits");
  const conductName = useLabels("conduct");
  return (
    <>
      {orders.length > 0 && (
        <List
          size="small"
          header={<strong>派单</strong>}
          dataSource={orders}
          rowKey={({ staff, sent_at }) => `${staff}${sent_at}`}
          renderItem={(order) => <List.Item>{sent(order)}</List.Item>}
        />
      )}
      {visits.length > 0 && (
        <List
          size="small"
          header={<strong>回访{visit_tries !== null && `（联系不上时最多 ${visit_tries} 次）`}</strong>}
          dataSource={visits}
          rowKey="at"
          renderItem={(visit) => (
            <List.Item>
              <div>
                {`第 ${visit.attempt} 次，${time(visit.at)}${staff(visit.by)}：${outcomeName(visit.outcome)}`}
                {visit.satisfaction !== null && `，${visit.satisfaction} 分`} {conductOf(visit, conductName)}
                {visit.remark && <div>{visit.remark}</div>}
              </div>
            </List.Item>
          )}
        />
      )}
    </>
  );
}

function sent({ staff, sent_at, received_at, contacted_at, visit_at }: Order): string {
  const steps = [
    `${time(sent_at)} 派给工号 ${staff}`,
    received_at && `${time(received_at)} 接单`,
    contacted_at && `${time(contacted_at)} 联系客户`,
    visit_at && `约 ${time(visit_at)} 上门`,
  ];
  return steps.filter(Boolean).join("，");
}

/** Nobody's number where the customer was asked by the assistant. */
function staff(by: string): string {
  return /^\d+$/.test(by) ? ` 工号 ${by}` : "";
}

function conductOf({ conduct }: Visit, name: (key: string) => string) {
  return Object.entries(conduct ?? {}).map(([key, done]) => (
    <Tag key={key} color={done ? "success" : "error"}>
      {name(key)} {done ? "做到了" : "没做到"}
    </Tag>
  ));
}
