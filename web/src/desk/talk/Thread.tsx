import { Image, Spin, Tag, Tooltip } from "antd";
import { useEffect, useRef } from "react";
import { isTicket, speaker } from "../../chat/messages";
import { time } from "../clock";
import { Due } from "../Due";
import { meaningOf } from "../intents";
import { address } from "../server";
import { useWords } from "../words";
import type { Conversation, Message, Understood } from "./conversations";

interface Given {
  conversation: Conversation;
  messages: Message[];
  ready: boolean;
  typing: boolean;
  read: (seq: number) => void;
}

/** What was said, with what the assistant understood of it. */
export function Thread({ conversation, messages, ready, typing, read }: Given) {
  const end = useRef<HTMLDivElement>(null);
  const last = messages.at(-1)?.seq ?? 0;

  useEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
    if (last > conversation.read.agent) read(last);
  }, [last, conversation.read.agent, read]);

  return (
    <div className="thread" role="log" aria-label="对话内容" aria-live="polite">
      {!ready && <Spin />}
      {messages.map((message) => (
        <article key={message.seq} className={`said-by ${message.from}`}>
          <header>
            {message.from === "customer" ? "客户" : speaker(message)} <time>{time(message.at)}</time>
            {message.from === "agent" && (message.seq <= conversation.read.customer ? " 已读" : " 未读")}
          </header>
          {message.attachment ? (
            <Image
              alt="照片"
              width={160}
              src={address(`/conversations/${conversation.conversation}/photos/${message.attachment}`)}
            />
          ) : (
            <p>{message.text}</p>
          )}
          {isTicket(message.card) && (
            <p className="card">
              工单 {message.card.number}，首问责任人 工号 {message.card.owner}{" "}
              {message.card.promises.map(({ label, due, reason }) => (
                <span key={label}>
                  {label} {due ? <Due at={due} /> : (reason ?? "没有公布时限")}
                </span>
              ))}
            </p>
          )}
          {message.understood && <Meaning understood={message.understood} />}
        </article>
      ))}
      {typing && <p className="typing">客户正在输入…</p>}
      <div ref={end} />
    </div>
  );
}

function Meaning({ understood: { intent, confidence, entities } }: { understood: Understood }) {
  const services = useWords().data?.services;
  if (!intent) return null;
  const sure = typeof confidence === "number" ? ` ${Math.round(confidence * 100)}%` : "";
  return (
    <Tooltip title="机器人的理解和把握">
      <span className="meaning">
        <Tag>
          {meaningOf(intent)}
          {sure}
        </Tag>
        {entities?.map(({ entity, value }) => (
          <Tag key={`${entity}:${value}`}>{(entity === "service" && services?.[value]) || value}</Tag>
        ))}
      </span>
    </Tooltip>
  );
}
