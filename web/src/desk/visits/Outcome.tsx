import { Alert } from "antd";
import { spokenTime } from "../clock";
import type { Ticket } from "../tickets/tickets";

/** What became of the call before, and what the customer is owed by it. */
export function Outcome({ ticket, contentFrom }: { ticket: Ticket; contentFrom: number | null }) {
  const { row, promises, visits } = ticket;
  const last = visits.at(-1);
  if (row.status === "closed") return <Alert type="success" showIcon title={`工单 ${row.number} 已办结。`} />;
  if (row.status === "resolved") {
    const discontent = contentFrom !== null && last?.satisfaction != null && last.satisfaction < contentFrom;
    return (
      <Alert
        type={discontent ? "warning" : "info"}
        showIcon
        title={
          discontent
            ? `客户打 ${last.satisfaction} 分：已通知首问责任人 工号 ${row.owner} 马上联系客户，工单 ${row.number} 先不办结。`
            : `工单 ${row.number} 没有联系上，过一会儿再打。`
        }
      />
    );
  }
  const promised = promises.filter(({ due, breached }) => due && !breached);
  return (
    <Alert
      type="warning"
      showIcon
      title={`工单 ${row.number} 已重新打开，请告诉客户：还是工号 ${row.owner} 负责。`}
      description={promised.map(({ label, due }) => `${label}，最迟 ${due && spokenTime(due)} 前`).join("；")}
    />
  );
}
