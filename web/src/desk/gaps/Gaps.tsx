import { useQuery } from "@tanstack/react-query";
import { App, Button, Card, Empty, Flex, Tabs, Tag } from "antd";
import { Cut } from "../Cut";
import { time } from "../clock";
import { meaningOf } from "../intents";
import { call, get, told } from "../server";
import { useSession } from "../session";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { Group, type Heard, type Intent } from "./Group";

interface Phrase {
  id: number;
  intent: string;
  text: string;
  marked_by: string;
  marked_at: string;
  reviewed_by: string | null;
  approved: boolean | null;
  taken_at: string | null;
}

const MOST = 200; // of groups, and of phrases, that bot/desk/gaps.py tells

/** 知识缺口: what the assistant did not understand, turned into training phrases. */
export default function Gaps() {
  return (
    <div className="page">
      <h1>知识缺口</h1>
      <Tabs
        items={[
          { key: "heard", label: "没听懂的话", children: <NotUnderstood /> },
          { key: "phrases", label: "待复核的说法", children: <Phrases /> },
        ]}
      />
    </div>
  );
}

function NotUnderstood() {
  const heard = useQuery({ queryKey: ["gaps"], queryFn: ({ signal }) => get<Heard[]>("/gaps/", signal) });
  const intents = useQuery({
    queryKey: ["intents"],
    queryFn: ({ signal }) => get<Intent[]>("/gaps/intents", signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Told of={heard}>
      {(groups) =>
        groups.length === 0 ? (
          <Empty description="近三十天没有听不懂的话" />
        ) : (
          <Flex vertical gap="small">
            {groups.map((group) => (
              <Group key={group.digests[0]} group={group} intents={intents.data ?? []} />
            ))}
            {groups.length >= MOST && <Cut shown={groups.length} which="说得最多的" unit="组" />}
          </Flex>
        )
      }
    </Told>
  );
}

function Phrases() {
  const session = useSession();
  const { message } = App.useApp();
  const reviews = session.role === "leader" || session.role === "supervisor";
  const found = useQuery({ queryKey: ["phrases"], queryFn: ({ signal }) => get<Phrase[]>("/gaps/phrases", signal) });
  const review = useAct(["phrases"]);

  async function take() {
    try {
      const patch = await (
        await call("POST", "/gaps/patch", { headers: { "Content-Type": "application/json" }, body: "{}" })
      ).blob();
      const link = document.createElement("a");
      link.href = URL.createObjectURL(patch);
      link.download = "shouwen-nlu.patch";
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      message.error(told(error));
    }
  }

  return (
    <Told of={found}>
      {(phrases) => (
        <Flex vertical gap="small">
          {reviews && (
            <Button
              className="alone"
              onClick={take}
              disabled={!phrases.some((each) => each.approved && !each.taken_at)}
            >
              取走已复核的补丁
            </Button>
          )}
          {phrases.length === 0 && <Empty description="还没有说法" />}
          {phrases.map((each) => (
            <Card key={each.id} size="small">
              <Flex wrap gap="small" align="center" justify="space-between">
                <span>
                  <Tag>{meaningOf(each.intent)}</Tag>
                  {each.text}{" "}
                  <small>
                    工号 {each.marked_by}，{time(each.marked_at)}
                  </small>
                </span>
                {each.approved === null ? (
                  reviews &&
                  each.marked_by !== session.job_number && (
                    <Flex gap="small">
                      {[true, false].map((approved) => (
                        <Button
                          key={String(approved)}
                          size="small"
                          type={approved ? "primary" : "default"}
                          onClick={() => review.mutate({ path: `/gaps/phrases/${each.id}`, body: { approved } })}
                        >
                          {approved ? "通过" : "不用"}
                        </Button>
                      ))}
                    </Flex>
                  )
                ) : (
                  <Tag color={each.approved ? "success" : "default"}>
                    {each.taken_at ? "已取走" : each.approved ? "已复核" : "不用"}
                  </Tag>
                )}
              </Flex>
            </Card>
          ))}
          {phrases.length >= MOST && <Cut shown={phrases.length} which="待复核的和最近的" unit="条" />}
        </Flex>
      )}
    </Told>
  );
}
