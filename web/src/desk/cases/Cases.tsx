import { useQuery } from "@tanstack/react-query";
import { Button, Card, Empty, Flex, Form, Select, Tag } from "antd";
import { useState } from "react";
import { span, time } from "../clock";
import { get } from "../server";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { Words } from "../Words";
import { options, useLabels, useWords } from "../words";

type Step = "hear" | "decide" | "dismiss";

const STEPS: Record<Step, string> = { hear: "记下陈述", decide: "作决定", dismiss: "不予追究" };

interface Case {
  number: number;
  ticket: string;
  what: string;
  due: string | null;
  late_minutes: number | null;
  answerable: string;
  state: string;
  statement: string | null;
  gravity: string | null;
  measures: string[];
  heavier: string[];
  lighter: string[];
  decided_by: string | null;
  reason: string | null;
  carried_out_from: string | null;
  acts_before: number;
  /** what this member of staff may do about it now */
  offers: Step[];
}

/** 责任追究 (R6): heard first, then decided by whom the charter names. */
export default function Cases() {
  const found = useQuery({ queryKey: ["cases"], queryFn: ({ signal }) => get<Case[]>("/cases/", signal) });
  return (
    <div className="page">
      <h1>责任追究</h1>
      <Told of={found}>
        {(cases) =>
          cases.length === 0 ? (
            <Empty description="没有追究事项" />
          ) : (
            cases.map((each) => <One key={each.number} of={each} />)
          )
        }
      </Told>
    </div>
  );
}

function One({ of: found }: { of: Case }) {
  const [asked, setAsked] = useState<Step>();
  const act = useAct(["cases"], () => setAsked(undefined));
  const words = useWords();
  const [stateName, gravityName] = [useLabels("cases"), useLabels("gravities")];
  const circumstances = [...found.heavier.map(useLabels("heavier")), ...found.lighter.map(useLabels("lighter"))];
  const awaitsStatement = found.offers.includes("dismiss") && !found.offers.includes("decide");
  return (
    <Card
      size="small"
      title={`第 ${found.number} 号，工号 ${found.answerable}`}
      extra={<Tag>{stateName(found.state)}</Tag>}
    >
      <p>
        {found.what}，工单 <a href={`#/tickets/${found.ticket}`}>{found.ticket}</a>
        {found.due && `，时限 ${time(found.due)}`}
        {found.late_minutes !== null && `，超过 ${span(found.late_minutes * 60)}`}
        {found.acts_before > 0 && `，一年内已追究 ${found.acts_before} 次`}
      </p>
      {found.statement && <p>陈述：{found.statement}</p>}
      {found.decided_by && (
        <p>
          工号 {found.decided_by} 决定：{found.gravity && `${gravityName(found.gravity)}，`}
          {found.measures.join("、") || "不予追究"}。
          {circumstances.length > 0 && `考虑到：${circumstances.join("；")}。`}
          {found.reason}
          {found.carried_out_from && `（${time(found.carried_out_from)} 起执行）`}
        </p>
      )}
      <Flex wrap gap="small" align="center">
        {found.offers.map((step) => (
          <Button key={step} size="small" onClick={() => setAsked(step)}>
            {STEPS[step]}
          </Button>
        ))}
        {awaitsStatement && <small>先听陈述和申辩，再作决定。</small>}
      </Flex>
      {asked && (
        <Words
          title={STEPS[asked]}
          label={asked === "hear" ? "本人怎么说" : "理由"}
          busy={act.isPending}
          close={() => setAsked(undefined)}
          say={(given) => act.mutate({ path: `/cases/${found.number}/${asked}`, body: given })}
        >
          {asked === "decide" && (
            <>
              <Form.Item name="gravity" label="情节" rules={[{ required: true, message: "请选情节" }]}>
                <Select options={options(words.data?.gravities)} />
              </Form.Item>
              <Form.Item name="heavier" label="从重的情形">
                <Select mode="multiple" options={options(words.data?.heavier)} />
              </Form.Item>
              <Form.Item name="lighter" label="从轻、减轻的情形">
                <Select mode="multiple" options={options(words.data?.lighter)} />
              </Form.Item>
            </>
          )}
        </Words>
      )}
    </Card>
  );
}
