import { useQuery } from "@tanstack/react-query";
import { Alert, Card, Flex, Input } from "antd";
import { time } from "../clock";
import { get } from "../server";
import { useSession } from "../session";
import { Told } from "../Told";
import { useAct } from "../useAct";

interface Visit {
  number: number;
  account: string;
  planned_on: string;
  staff: string;
  made_at: string | null;
  made_by: string | null;
  said: string | null;
}

interface Plan {
  every_days: number | null;
  rule: string | null;
  source: string | null;
  due: Visit[];
  made: Visit[];
}

/** 大客户回访 (R5.5). */
export function KeyVisits() {
  const session = useSession();
  const plan = useQuery({ queryKey: ["key-visits"], queryFn: ({ signal }) => get<Plan>("/key-visits/", signal) });
  const made = useAct(["key-visits"]);
  return (
    <Told of={plan}>
      {({ every_days, rule, source, due, made: done }) => (
        <Flex vertical gap="small">
          <Alert
            type="info"
            title={every_days === null ? "公司没有公布定期走访大客户" : `每 ${every_days} 天走访一次`}
            description={[rule, source].filter(Boolean).join("，")}
          />
          {due.map((visit) => (
            <Card key={visit.number} size="small" title={`${visit.account}，${visit.planned_on}，工号 ${visit.staff}`}>
              {session.role !== "supervisor" && (
                <Input.Search
                  placeholder="客户怎么说"
                  enterButton="记下回访"
                  loading={made.isPending}
                  onSearch={(said) => said && made.mutate({ path: `/key-visits/${visit.number}`, body: { said } })}
                />
              )}
            </Card>
          ))}
          {done.map((visit) => (
            <Card key={visit.number} size="small" title={`${visit.account}，工号 ${visit.made_by}`}>
              {visit.made_at && time(visit.made_at)} {visit.said}
            </Card>
          ))}
        </Flex>
      )}
    </Told>
  );
}
