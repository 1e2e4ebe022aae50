import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Table } from "antd";
import { get, told } from "../server";
import { type Behind, percent, type Rate, type Span, spanQuery } from "./figures";

interface Line {
  whose: "area" | "person" | "department";
  key: string;
  name: string;
  tickets: number;
  on_time: Rate;
  complaints: Rate;
  replied: Rate | null;
  satisfied: Rate;
  households_each: number | null;
  households_norm: number | null;
  points: number | null;
  yuan: number | null;
  consequences: string[];
}

interface Assessment {
  rule: string;
  source: string;
  /** how the charter assesses */
  steps: string[];
  awards: string[];
  lines: Line[];
}

const NARROWED_BY = { area: "area", person: "handler", department: "department" } as const;

/** The assessment sheet 考核表, as the charter assesses. */
export function Sheet({ span, open }: { span: Span; open: (behind: Behind) => void }) {
  const found = useQuery({
    queryKey: ["assessment", spanQuery(span)],
    queryFn: ({ signal }) => get<Assessment>(`/supervision/sheet?${spanQuery(span)}`, signal),
  });
  const figure = (line: Line, shown: string | number, behind: string, what: string) => (
    <Button
      type="link"
      size="small"
      onClick={() => open({ behind, title: `${line.name}：${what}`, [NARROWED_BY[line.whose]]: line.key })}
    >
      {shown}
    </Button>
  );
  if (found.isError) return <Alert type="error" showIcon title={told(found.error)} />;
  return (
    <>
      {found.data && (
        <p>
          {[...found.data.steps, ...found.data.awards].join("；")}（{found.data.rule}，{found.data.source}）
        </p>
      )}
      <Table<Line>
        size="small"
        loading={found.isPending}
        rowKey={(line) => `${line.whose}:${line.key}`}
        dataSource={found.data?.lines}
        scroll={{ x: "max-content" }}
        pagination={{ hideOnSinglePage: true, pageSize: 20 }}
        columns={[
          { title: "对象", dataIndex: "name" },
          { title: "工单", align: "right", render: (_, line) => figure(line, line.tickets, "tickets", "工单") },
          { title: "按期率", align: "right", render: (_, line) => figure(line, percent(line.on_time), "late", "逾期") },
          { title: "投诉率", align: "right", render: (_, line) => percent(line.complaints) },
          { title: "及时回复率", align: "right", render: (_, line) => percent(line.replied) },
          { title: "满意率", align: "right", render: (_, line) => percent(line.satisfied) },
          { title: "得分", dataIndex: "points", align: "right", render: (points) => points ?? "—" },
          { title: "奖扣（元）", dataIndex: "yuan", align: "right", render: (yuan) => yuan ?? "—" },
          { title: "后果", render: (_, line) => line.consequences.join("；") || "—" },
        ]}
      />
    </>
  );
}
