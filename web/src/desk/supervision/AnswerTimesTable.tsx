import { Button, Table } from "antd";
import type { AnswerTimes, Behind } from "./figures";

export function AnswerTimesTable({ times, open }: { times: AnswerTimes[]; open: (behind: Behind) => void }) {
  const figure = (each: AnswerTimes, many: number, behind: string, what: string) => (
    <Button
      type="link"
      size="small"
      onClick={() => open({ behind, title: `${each.name}：${what}`, ticket_type: each.ticket_type })}
    >
      {many}
    </Button>
  );
  return (
    <Table<AnswerTimes>
      size="small"
      rowKey="name"
      dataSource={times}
      pagination={false}
      scroll={{ x: "max-content" }}
      columns={[
        { title: "类别", dataIndex: "name" },
        { title: "中位", dataIndex: "median", align: "right", render: minutes },
        { title: "九成以内", dataIndex: "ninth", align: "right", render: minutes },
        { title: "已回复", align: "right", render: (_, each) => figure(each, each.answered, "answered", "已回复") },
        {
          title: "未回复",
          align: "right",
          render: (_, each) => figure(each, each.unanswered, "unanswered", "尚未回复"),
        },
      ]}
    />
  );
}

function minutes(taken: number | null): string {
  if (taken === null) return "—";
  return taken < 120 ? `${Math.round(taken)} 分钟` : `${(taken / 60).toFixed(1)} 小时`;
}
