import "./supervision.css";
import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, DatePicker, Flex, Segmented, Skeleton } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { address, get, told } from "../server";
import { AnswerTimesTable } from "./AnswerTimesTable";
import { BehindDrawer } from "./BehindDrawer";
import { type Behind, type Figures, type Span, spanQuery } from "./figures";
import { GroupsCard } from "./GroupsCard";
import { Headline } from "./Headline";
import { Marks } from "./Marks";
import { Sheet } from "./Sheet";
import { Visits } from "./Visits";

const REFRESH = 60_000; // milliseconds
const BY = { matters: "按事项", areas: "按片区", departments: "按部门" } as const;
type By = keyof typeof BY;

/** 督查: how promises are kept. Each figure opens the tickets behind it. */
export default function Supervision() {
  const [span, setSpan] = useState<Span>(lastDays(30)); // also on the first of a month something is seen
  const [by, setBy] = useState<By>("matters");
  const [behind, setBehind] = useState<Behind>();
  const found = useQuery({
    queryKey: ["supervision", spanQuery(span)],
    queryFn: ({ signal }) => get<Figures>(`/supervision/?${spanQuery(span)}`, signal),
    refetchInterval: REFRESH,
  });
  const figures = found.data;

  return (
    <div className="page">
      <Flex wrap gap="small" align="center" justify="space-between">
        <h1>督查</h1>
        <DatePicker.RangePicker
          aria-label="受理日期"
          allowClear={false}
          value={span}
          onChange={(chosen) => chosen?.[0] && chosen[1] && setSpan([chosen[0], chosen[1]])}
          presets={[
            { label: "本月", value: [dayjs().startOf("month"), dayjs()] },
            { label: "上月", value: lastMonth() },
            { label: "近七天", value: lastDays(7) },
            { label: "近三十天", value: lastDays(30) },
          ]}
        />
      </Flex>
      {found.isError && <Alert type="error" showIcon title={told(found.error)} />}
      {figures ? (
        <>
          <Headline figures={figures} open={setBehind} />
          <Card
            title={<Segmented options={options(BY)} value={by} onChange={setBy} aria-label="分组" />}
            extra={<Export span={span} table={by} />}
          >
            <GroupsCard groups={groups(figures, by)} by={by} open={setBehind} />
          </Card>
          <Flex wrap gap="middle">
            <Card title="首次响应" extra={<Export span={span} table="answer-times" />} className="half">
              <AnswerTimesTable times={figures.answer_times} open={setBehind} />
            </Card>
            <Card title="满意度" extra={<Export span={span} table="marks" />} className="half">
              <Marks
                marks={figures.marks}
                open={(mark) => setBehind({ behind: "marked", title: `满意度 ${mark} 分`, mark })}
              />
            </Card>
          </Flex>
          <Card title="回访" extra={<Export span={span} table="return-visits" />}>
            <Visits visits={figures.return_visits} open={setBehind} />
          </Card>
          <Card title="考核表" extra={<Export span={span} table="sheet" />}>
            <Sheet span={span} open={setBehind} />
          </Card>
          {figures.unpublished.length > 0 && (
            <Alert type="info" showIcon title="没有公示，所以不考核" description={figures.unpublished.join("；")} />
          )}
        </>
      ) : (
        !found.isError && <Skeleton active />
      )}
      <BehindDrawer span={span} behind={behind} close={() => setBehind(undefined)} />
    </div>
  );
}

function Export({ span, table }: { span: Span; table: string }) {
  return (
    <Button
      size="small"
      icon={<DownloadOutlined />}
      href={address(`/supervision/csv/${table}?${spanQuery(span)}`)}
      download
    >
      导出 CSV
    </Button>
  );
}

function groups(figures: Figures, by: By) {
  return { matters: figures.by_matter, areas: figures.by_area, departments: figures.by_department }[by];
}

function options(labels: Record<string, string>) {
  return Object.entries(labels).map(([value, label]) => ({ value: value as By, label }));
}

function lastDays(days: number): Span {
  return [dayjs().subtract(days - 1, "day"), dayjs()];
}

function lastMonth(): Span {
  const month = dayjs().subtract(1, "month");
  return [month.startOf("month"), month.endOf("month")];
}
