import "./talk.css";
import { ArrowLeftOutlined } from "@ant-design/icons";
import { Alert, Button, Empty, Flex, type InputRef, Skeleton, Switch } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLocation, useRoute } from "wouter";
import { send } from "../server";
import { useSession } from "../session";
import { useLabels } from "../words";
import { Aside } from "./Aside";
import { useAttending } from "./attending";
import { Composer } from "./Composer";
import type { Conversation } from "./conversations";
import { useAltKeys } from "./keys";
import { List, Standing } from "./List";
import { useMessages } from "./messages";
import type { Presence } from "./presence";
import { Steps } from "./Steps";
import type { Shelf } from "./shelves";
import { Thread } from "./Thread";

/** 会话: who waits, what is said, whom it is with. */
export default function Talk() {
  const { live, presence, shelves } = useAttending();
  const session = useSession();
  const [, go] = useLocation();
  const [, found] = useRoute("/talk/:conversation");
  const [shelf, setShelf] = useState<Shelf>("queued");
  const chosen = live.conversations.find((each) => each.conversation === found?.conversation);
  const choose = (conversation: string) => go(`/talk/${conversation}`);
  const mine = chosen?.state === "agent" && chosen.agent === session.job_number;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when a conversation becomes mine, or no longer is
  useEffect(() => {
    if (mine) setShelf("mine");
    else if (!shelves.mine.length) setShelf("queued");
  }, [mine]);

  const [down, up] = [() => move(+1), () => move(-1)];
  useAltKeys({ KeyJ: next, ArrowDown: down, ArrowUp: up });

  function next(): boolean {
    const [first] = shelves.queued;
    if (!first || chosen?.state === "queued") return false; // who is chosen already is claimed by its own step
    setShelf("queued");
    choose(first.conversation);
    return true;
  }

  function move(by: number): boolean {
    const shown = shelves[shelf];
    const at = shown.findIndex((each) => each.conversation === chosen?.conversation);
    const other = at < 0 ? shown[0] : shown[at + by];
    if (other) choose(other.conversation);
    return true;
  }

  return (
    <div className={chosen ? "talk chosen" : "talk"}>
      <div className="left">
        <h1 className="unseen">会话</h1>
        <Here presence={presence} />
        {live.lost && <Alert type="warning" banner title="连接断了，正在重连，不会漏消息。" />}
        {live.ready ? (
          <List
            shelf={shelf}
            setShelf={setShelf}
            shelves={shelves}
            chosen={chosen?.conversation}
            choose={choose}
            typing={live.typing}
          />
        ) : (
          <Skeleton active />
        )}
      </div>
      {chosen ? (
        <Chosen conversation={chosen} typing={live.typing.has(chosen.conversation)} presence={presence} />
      ) : (
        <Empty
          className="middle"
          description={
            <>
              <p>选一个对话</p>
              <p>Alt+J 接下一位，Alt+↑ Alt+↓ 换对话</p>
            </>
          }
        />
      )}
    </div>
  );
}

interface ChosenGiven {
  conversation: Conversation;
  typing: boolean;
  presence: Presence;
}

function Chosen({ conversation, typing, presence }: ChosenGiven) {
  const session = useSession();
  const [, go] = useLocation();
  const { messages, ready } = useMessages(conversation.conversation, conversation.last_seq);
  const { drafts, write } = useAttending();
  const box = useRef<InputRef>(null);
  const channelName = useLabels("channels");
  const id = conversation.conversation;
  const mine = conversation.state === "agent" && conversation.agent === session.job_number;
  const read = useCallback(
    (seq: number) => {
      if (mine) send("POST", `/conversations/${id}/read`, { seq }).catch(() => undefined); // said again with the next
    },
    [id, mine],
  );

  function insert(saying: string) {
    write(id, [drafts[id], saying].filter(Boolean).join("\n"));
    box.current?.focus();
  }

  return (
    <>
      <section className="middle" aria-label="对话">
        <Flex className="head" align="center" gap="small" wrap>
          <Button
            className="back"
            size="small"
            icon={<ArrowLeftOutlined />}
            aria-label="回到列表"
            onClick={() => go("/talk")}
          />
          <strong>{conversation.phone ?? "未留电话"}</strong>
          <span>{channelName(conversation.channel)}</span>
          <Standing conversation={conversation} />
          {conversation.kind === "call" && <span>电话请在话机上接听</span>}
          <Steps
            conversation={conversation}
            seats={presence.seats}
            left={() => box.current?.focus()}
            insert={mine ? insert : undefined}
          />
        </Flex>
        <Thread conversation={conversation} messages={messages} ready={ready} typing={typing} read={read} />
        {mine && (
          <Composer conversation={id} draft={drafts[id] ?? ""} setDraft={(draft) => write(id, draft)} box={box} />
        )}
      </section>
      <Aside conversation={conversation} choose={(other) => go(`/talk/${other}`)} insert={mine ? insert : undefined} />
    </>
  );
}

function Here({ presence: { present, setPresent, seats } }: { presence: Presence }) {
  const session = useSession();
  if (session.role === "supervisor") return null;
  return (
    <Flex align="center" gap="small" className="here">
      <Switch checked={present} onChange={setPresent} aria-label="接待客户" />
      {present ? `在线接待，共 ${Math.max(1, seats.length)} 人` : "离线，不接新客户"}
    </Flex>
  );
}
