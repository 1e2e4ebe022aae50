import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Empty, Skeleton, Timeline } from "antd";
import { useState } from "react";
import { span, time } from "../clock";
import { get, send, told } from "../server";
import { useSession } from "../session";
import { useLabels } from "../words";
import { Customer } from "./Customer";
import type { Conversation, Detail, Step } from "./conversations";
import { Known } from "./Known";
import { Sayings } from "./Sayings";

interface Given {
  conversation: Conversation;
  choose: (conversation: string) => void;
  /** puts a text before the agent, to be looked over and sent */
  insert?: (text: string) => void;
}

/** Whom the conversation is with, and what became of it so far. */
export function Aside({ conversation, choose, insert }: Given) {
  const found = useQuery({
    queryKey: ["conversation", conversation.conversation, conversation.change],
    queryFn: ({ signal }) => get<Detail>(`/conversations/${conversation.conversation}`, signal),
    placeholderData: (before) => (before?.conversation === conversation.conversation ? before : undefined),
  });
  const detail = found.data;
  const channelName = useLabels("channels");
  const session = useSession();
  const isCall = conversation.kind === "call" && (conversation.state === "queued" || conversation.state === "agent");

  return (
    <aside aria-label="客户和经过" className="aside">
      {found.isError && <Alert type="error" showIcon title={told(found.error)} />}
      <section>
        <h2>客户</h2>
        <dl>
          <dt>渠道</dt>
          <dd>{channelName(conversation.channel)}</dd>
          <dt>电话</dt>
          <dd>
            <Phone key={conversation.conversation} conversation={conversation} />
          </dd>
          <dt>首问责任人</dt>
          <dd>{conversation.owner ? `工号 ${conversation.owner}` : "还没有人工接待"}</dd>
          <dt>接待人</dt>
          <dd>{conversation.agent ? `工号 ${conversation.agent}` : "—"}</dd>
        </dl>
      </section>
      {isCall && session.role !== "supervisor" && <Known conversation={conversation} />}
      {(insert || (isCall && session.role !== "supervisor")) && (
        <Sayings
          key={conversation.conversation}
          conversation={conversation.conversation}
          last={conversation.last_seq}
          insert={insert}
        />
      )}
      <Customer conversation={conversation.conversation} last={conversation.last_seq} />
      <section>
        <h2>经过</h2>
        {!detail && !found.isError && <Skeleton active />}
        {detail && detail.events.length === 0 && (
          <Empty description="一直由机器人接待" image={Empty.PRESENTED_IMAGE_SIMPLE} />
        )}
        {detail && (
          <Timeline
            items={detail.events.map((event) => ({
              key: `${event.at}:${event.act}`,
              content: <Passed step={event} />,
            }))}
          />
        )}
      </section>
      {detail && detail.history.length > 0 && (
        <section>
          <h2>这位客户的其他对话</h2>
          <ul>
            {detail.history.map((each) => (
              <li key={each.conversation}>
                <Button type="link" size="small" onClick={() => choose(each.conversation)}>
                  {channelName(each.channel)} {each.last && time(each.last.at)}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}

function Passed({ step }: { step: Step }) {
  const stepName = useLabels("steps");
  const who = { customer: "客户", assistant: "机器人" }[step.who] ?? `工号 ${step.who}`;
  return (
    <>
      {time(step.at)} {who}：{stepName(step.act)}
      {step.seconds !== null && `，接待了 ${span(step.seconds)}`}
      {step.why && <p className="why">{step.why}</p>}
    </>
  );
}

/** In full only when asked for: it leaves a row in the audit. */
function Phone({ conversation }: { conversation: Conversation }) {
  const session = useSession();
  const [shown, setShown] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string>();
  if (!conversation.phone) return "未留";
  if (shown) return shown.replace("+86", "");

  async function show() {
    try {
      setShown(
        (await send<{ phone: string | null }>("POST", `/conversations/${conversation.conversation}/phone`)).phone,
      );
    } catch (error) {
      setWrong(told(error));
    }
  }

  return (
    <>
      {conversation.phone}
      {session.role !== "supervisor" && (
        <Button type="link" size="small" onClick={show}>
          显示（记入审计）
        </Button>
      )}
      {wrong}
    </>
  );
}
