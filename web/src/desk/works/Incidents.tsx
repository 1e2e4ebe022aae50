import { useQuery } from "@tanstack/react-query";
import { Button, Card, DatePicker, Empty, Flex, Form, Tag } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { time } from "../clock";
import { get } from "../server";
import { useSession } from "../session";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { Words } from "../Words";
import { useLabels } from "../words";

interface Incident {
  number: number;
  area: string;
  service: string;
  state: string;
  proposed_at: string;
  cause: string | null;
  outcome: string | null;
  tickets: string[];
}

const STEPS: Record<string, { label: string; words: string; from: string[]; leaders: boolean }> = {
  confirm: { label: "确认为片区故障", words: "原因", from: ["proposed"], leaders: true },
  dismiss: { label: "不是片区故障", words: "理由", from: ["proposed"], leaders: true },
  mend: { label: "已修复", words: "处理结果", from: ["confirmed"], leaders: false },
};

/** Proposed by the system out of several reports; a leader confirms. */
export function Incidents() {
  const found = useQuery({
    queryKey: ["incidents"],
    queryFn: ({ signal }) => get<Incident[]>("/incidents", signal),
    refetchInterval: 30_000,
  });
  return (
    <Told of={found}>
      {(incidents) =>
        incidents.length === 0 ? (
          <Empty description="没有片区故障" />
        ) : (
          <Flex vertical gap="small">
            {incidents.map((each) => (
              <One key={each.number} incident={each} />
            ))}
          </Flex>
        )
      }
    </Told>
  );
}

function One({ incident }: { incident: Incident }) {
  const session = useSession();
  const [asked, setAsked] = useState<string>();
  const act = useAct(["incidents", "board", "ticket"], () => setAsked(undefined));
  const [areaName, serviceName, stateName] = [useLabels("areas"), useLabels("services"), useLabels("incidents")];
  const able = Object.entries(STEPS).filter(
    ([, step]) =>
      step.from.includes(incident.state) && (step.leaders ? session.role === "leader" : session.role !== "supervisor"),
  );
  const step = asked ? STEPS[asked] : undefined;
  return (
    <Card
      size="small"
      title={`第 ${incident.number} 号：${areaName(incident.area)}，${serviceName(incident.service)}`}
      extra={<Tag>{stateName(incident.state)}</Tag>}
    >
      <p>
        {time(incident.proposed_at)} 起，{incident.tickets.length} 张工单：
        {incident.tickets.map((number) => (
          <span key={number}>
            <a href={`#/tickets/${number}`}>{number}</a>{" "}
          </span>
        ))}
        {incident.cause && `；原因：${incident.cause}`}
        {incident.outcome && `；结果：${incident.outcome}`}
      </p>
      <Flex gap="small">
        {able.map(([verb, { label }]) => (
          <Button key={verb} size="small" onClick={() => setAsked(verb)}>
            {label}
          </Button>
        ))}
      </Flex>
      {step && (
        <Words
          title={step.label}
          label={step.words}
          busy={act.isPending}
          close={() => setAsked(undefined)}
          say={(given) => act.mutate({ path: `/incidents/${incident.number}/${asked}`, body: given })}
        >
          {asked === "confirm" && (
            <Form.Item name="expected_until" label="预计什么时候修好（会告诉客户，没有把握就不填）">
              <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" minDate={dayjs()} />
            </Form.Item>
          )}
        </Words>
      )}
    </Card>
  );
}
