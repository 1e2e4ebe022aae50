import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Table, Tag } from "antd";
import { useState } from "react";
import { get, told } from "../server";
import { type Behind, missed, percent, type Rate, type Span, spanQuery } from "./figures";
import { type Fault, MonthDrawer, type Pay } from "./MonthDrawer";

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
  faults: Fault[];
  paid: Pay[];
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
  const [month, setMonth] = useState<Line>();
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
  // of an area to its households, else those upheld to the tickets handled
  const complaints = (line: Line) => (
    <Button
      type="link"
      size="small"
      onClick={() =>
        open(
          line.whose === "area"
            ? { behind: "tickets", title: `${line.name}：投诉`, area: line.key, ticket_type: "complaint" }
            : { behind: "held_to_account", title: `${line.name}：投诉属实`, [NARROWED_BY[line.whose]]: line.key },
        )
      }
    >
      {percent(line.complaints)}
    </Button>
  );
  const ofMonth = (line: Line, shown: number | null) =>
    shown === null ? (
      "—"
    ) : (
      <Button type="link" size="small" onClick={() => setMonth(line)}>
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
        pagination={{ hideOnSinglePage: true, pageSize: 20, showSizeChanger: false }}
        columns={[
          {
            title: "对象",
            render: (_, line) => (line.whose === "person" ? `工号 ${line.key} ${line.name}` : line.name),
          },
          { title: "工单", align: "right", render: (_, line) => figure(line, line.tickets, "tickets", "工单") },
          {
            title: "按期率",
            align: "right",
            render: (_, line) => figure(line, percent(line.on_time), "late", `逾期 ${missed(line.on_time)} 项承诺`),
          },
          { title: "投诉率", align: "right", render: (_, line) => complaints(line) },
          {
            title: "及时回复率",
            align: "right",
            render: (_, line) =>
              line.replied
                ? figure(line, percent(line.replied), "answered_late", `没有及时回复 ${missed(line.replied)}`)
                : percent(null),
          },
          {
            title: "满意率",
            align: "right",
            render: (_, line) => figure(line, percent(line.satisfied), "marked", "有满意度评分"),
          },
          { title: "每人户数", align: "right", render: (_, line) => load(line) },
          { title: "得分（按整月）", align: "right", render: (_, line) => ofMonth(line, line.points) },
          { title: "奖扣（元，按整月）", align: "right", render: (_, line) => ofMonth(line, line.yuan) },
          { title: "后果", render: (_, line) => line.consequences.join("；") || "—" },
        ]}
      />
      <MonthDrawer month={month} close={() => setMonth(undefined)} />
    </>
  );
}

/** Of an area: households to one of its team, beside the operator's own figure (R4.1). */
function load({ households_each, households_norm }: Line) {
  if (households_each === null) return "—";
  if (households_norm === null) return households_each;
  const shown = `${households_each} / ${households_norm}`;
  return households_each > households_norm ? <Tag color="error">{shown} 超出</Tag> : shown;
}
