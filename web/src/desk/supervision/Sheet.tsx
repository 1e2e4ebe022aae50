import { useQuery } from "@tanstack/react-query";
import { Alert, Table } from "antd";
import { get, told } from "../server";
import { percent, type Rate, type Span, spanQuery } from "./figures";

interface Line {
  whose: string;
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
  how: string;
  unpublished: string[];
  lines: Line[];
}

/** The assessment sheet 考核表, as the charter assesses. */
export function Sheet({ span }: { span: Span }) {
  const found = useQuery({
    queryKey: ["assessment", spanQuery(span)],
    queryFn: ({ signal }) => get<Assessment>(`/supervision/sheet?${spanQuery(span)}`, signal),
  });
  if (found.isError) return <Alert type="error" showIcon title={told(found.error)} />;
  return (
    <>
      {found.data?.how && <p>{found.data.how}</p>}
      <Table<Line>
        size="small"
        loading={found.isPending}
        rowKey={(line) => `${line.whose}:${line.key}`}
        dataSource={found.data?.lines}
        scroll={{ x: "max-content" }}
        pagination={{ hideOnSinglePage: true, pageSize: 20 }}
        columns={[
          { title: "对象", dataIndex: "name" },
          { title: "工单", dataIndex: "tickets", align: "right" },
          { title: "按期率", align: "right", render: (_, line) => percent(line.on_time) },
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
