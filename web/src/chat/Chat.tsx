import { Button, ConfigProvider, Navbar, Typing } from "@chatui/core";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Conversation } from "./conversation";
import { Footer } from "./Footer";
import type { Memory } from "./memory";
import { PersonalData } from "./PersonalData";
import { Row, Said, Unsent } from "./Said";
import type { Server } from "./server";
import { isServed, type Signs } from "./signs";

const NEAR = 120; // pixels from the end: who reads further up is not moved
const TOLD_AFTER = 1_500; // milliseconds; a connection that is back at once is not worth a word
const BEGINNINGS = ["查一下进度", "我要投诉", "营业厅在哪里", "客服电话是多少"];

interface Props {
  conversation: Conversation;
  server: Server;
  signs: Signs;
  memory: Memory;
  operator?: string;
}

export function Chat({ conversation, server, signs, memory, operator }: Props) {
  const state = useSyncExternalStore(conversation.subscribe, conversation.snapshot);
  const { messages, pending, answering, ready, ended } = state;
  const [log, content] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const { isBehind, toTheEnd } = useEnd(log, content);
  const isLost = useLasting(state.lost);
  const lastOwn = messages.filter(({ from }) => from === "customer").at(-1)?.seq ?? 0;
  const served = isServed(messages);
  const last = messages.at(-1)?.seq ?? 0;
  const isNew = ready && !messages.length && !pending.length;

  useEffect(() => {
    if (!served) return;
    const read = () => signs.read(last);
    read();
    document.addEventListener("visibilitychange", read);
    window.addEventListener("online", read);
    return () => {
      document.removeEventListener("visibilitychange", read);
      window.removeEventListener("online", read);
    };
  }, [served, last, signs]);

  function say(text: string) {
    conversation.say(text);
    // The button that was pressed goes away; the keyboard must not start anew at the top of the page.
    if (log.current?.contains(document.activeElement)) log.current.focus();
    toTheEnd();
  }

  return (
    <ConfigProvider locale="zh-CN">
      <section className="shouwen" aria-label="在线客服">
        <Navbar title={operator ? `${operator}在线客服` : "在线客服"} />
        <div
          ref={log}
          className="chat-log"
          role="log"
          aria-label="对话"
          aria-live={ready ? "polite" : "off"}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
          tabIndex={0}
        >
          <div ref={content}>
            <PersonalData memory={memory} operator={operator} />
            {ended && (
              <Row who="系统" system>
                <p className="chat-note">
                  {ended}，之前的内容不再显示，现在是新的对话。登记过的工单照常办理，报工单号就能查进度。
                </p>
              </Row>
            )}
            {isNew && <Welcome server={server} onSay={say} />}
            {messages.map((message) => (
              <Said
                key={message.seq}
                message={message}
                conversation={conversation}
                isOpen={message.seq > lastOwn && !pending.length}
                onSay={say}
              />
            ))}
            {pending.map((each) => (
              <Unsent key={each.id} pending={each} onDrop={() => conversation.drop(each.id)} />
            ))}
            {answering && (
              <Row who={served ? "坐席" : "机器人"}>
                <Typing text="正在输入" />
              </Row>
            )}
          </div>
        </div>
        {isBehind && (
          <Button className="chat-to-end" onClick={toTheEnd}>
            回到最新消息
          </Button>
        )}
        <div role="status" className="chat-status">
          {isLost && "连接断开了，正在重连。您写的都留着，连上后自动发出。"}
        </div>
        <Footer
          onSay={say}
          onTyping={() => served && signs.typing()}
          onPhoto={(photo) => void conversation.show(photo).then(toTheEnd)}
        />
      </section>
    </ConfigProvider>
  );
}

function Welcome({ server, onSay }: { server: Server; onSay: (text: string) => void }) {
  const greeting = useGreeting(server);
  return (
    <Row who="系统" system>
      {greeting && <p className="chat-note">{greeting}先由机器人回答，随时可以转人工。</p>}
      <fieldset className="chat-choices">
        <legend>常办的事</legend>
        {BEGINNINGS.map((beginning) => (
          <Button key={beginning} onClick={() => onSay(beginning)}>
            {beginning}
          </Button>
        ))}
      </fieldset>
    </Row>
  );
}

/** The operator's own; one that any could use where it can't be had, nothing until that is known. */
function useGreeting(server: Server): string {
  const [greeting, setGreeting] = useState("");
  useEffect(() => {
    const leaving = new AbortController();
    server
      .greeting(leaving.signal)
      .catch(() => "您好！请直接说您要办的事。")
      .then((text) => leaving.signal.aborted || setGreeting(text));
    return () => leaving.abort();
  }, [server]);
  return greeting;
}

/** Keeps the end of `content` in sight for who is there already: also when a photo unfolds or a keyboard comes up. */
function useEnd(log: React.RefObject<HTMLDivElement>, content: React.RefObject<HTMLDivElement>) {
  const [isBehind, setIsBehind] = useState(false);

  function toTheEnd() {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }

  useEffect(() => {
    const [scroller, inside] = [log.current, content.current];
    if (!scroller || !inside) return;
    let end = scroller.scrollHeight;
    const isNear = () => end - scroller.scrollTop - scroller.clientHeight < NEAR;
    const scrolled = () => setIsBehind(!isNear());
    const observer = new ResizeObserver(() => {
      const wasNear = isNear();
      end = scroller.scrollHeight;
      if (wasNear) scroller.scrollTo({ top: end });
      else scrolled();
    });
    observer.observe(inside);
    scroller.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener("scroll", scrolled);
    };
  }, [log, content]);

  return { isBehind, toTheEnd };
}

/** True once it has been true for a while. */
function useLasting(condition: boolean): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!condition) return setLasts(false);
    const timer = window.setTimeout(() => setLasts(true), TOLD_AFTER);
    return () => window.clearTimeout(timer);
  }, [condition]);
  return lasts;
}
