import { Image, Spin, Tag, Tooltip } from "antd";
import { memo, useEffect, useRef } from "react";
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

const NEAR = 80; // pixels

/** What was said, with what the assistant understood of it. */
export function Thread({ conversation, messages, ready, typing, read }: Given) {
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const last = messages.at(-1)?.seq ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins with what was said last
  useEffect(() => {
    atEnd.current = true;
  }, [conversation.conversation]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: who reads further up is not moved
  useEffect(() => {
    if (atEnd.current) log.current?.scrollTo(0, log.current.scrollHeight);
  }, [last, typing]);

  useEffect(() => {
    if (last > conversation.read.agent) read(last);
  }, [last, conversation.read.agent, read]);

  function scrolled() {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = log.current ?? {};
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
  }

  return (
    <div
      ref={log}
      onScroll={scrolled}
      className="thread"
      role="log"
      aria-label="对话内容"
      aria-live="polite"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by the keyboard
      tabIndex={0}
    >
      {!ready && <Spin />}
      {messages.map((message) => (
        <Said
          key={message.seq}
          conversation={conversation.conversation}
          message={message}
          arrived={arrived(message, conversation)}
          obstacle={isOnItsWay(message, conversation) ? conversation.delivery?.obstacle : null}
        />
      ))}
      {typing && <p className="typing">客户正在输入…</p>}
    </div>
  );
}

function isOnItsWay({ seq, from }: Message, { delivery }: Conversation): boolean {
  return from !== "customer" && delivery !== null && seq > delivery.up_to;
}

/** What an agent wants to know of their own words. */
function arrived(message: Message, conversation: Conversation): string {
  if (message.from !== "agent") return "";
  if (conversation.delivery) return isOnItsWay(message, conversation) ? "发送中" : "已送达";
  return message.seq <= conversation.read.customer ? "已读" : "未读";
}

interface SaidGiven {
  conversation: string;
  message: Message;
  arrived: string;
  /** why it has not arrived */
  obstacle?: string | null;
}

/** Drawn once: a long talk has hundreds of them. */
const Said = memo(function Said({ conversation, message, arrived, obstacle }: SaidGiven) {
  return (
    <article className={`said-by ${message.from}`}>
      <header>
        {message.from === "customer" ? "客户" : speaker(message)} <time>{time(message.at)}</time>
        {obstacle ? <span className="undelivered"> 未送达：{obstacle}</span> : ` ${arrived}`}
      </header>
      {message.attachment ? (
        <Image alt="照片" width={160} src={address(`/conversations/${conversation}/photos/${message.attachment}`)} />
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
  );
});

function Meaning({ understood: { intent, confidence, entities } }: { understood: Understood }) {
  const services = useWords().data?.services;
  if (!intent) return null;
  const sure = typeof confidence === "number" ? ` ${Math.round(confidence * 100)}%` : "";
  return (
    <Tooltip title="机器人的理解和把握">
      <span className="meaning">
        <Tag variant="outlined">
          {meaningOf(intent)}
          {sure}
        </Tag>
        {entities?.map(({ entity, value }) => (
          <Tag key={`${entity}:${value}`} variant="outlined">
            {(entity === "service" && services?.[value]) || value.replace(/^\+86/, "")}
          </Tag>
        ))}
      </span>
    </Tooltip>
  );
}
