import "./talk.css";
import { ArrowLeftOutlined } from "@ant-design/icons";
import { Alert, App, Button, Empty, Flex, Skeleton, Switch } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useLocation, useRoute } from "wouter";
import { send } from "../server";
import { useSession } from "../session";
import { Aside } from "./Aside";
import { Composer } from "./Composer";
import { CHANNELS, type Conversation } from "./conversations";
import { List, type Shelf, Standing } from "./List";
import { useLive } from "./live";
import { useMessages } from "./messages";
import { type Presence, usePresence } from "./presence";
import { Steps } from "./Steps";
import { Thread } from "./Thread";

/** 会话: who waits, what is said, whom it is with. */
export default function Talk() {
  const session = useSession();
  const live = useLive();
  const presence = usePresence(session.role !== "supervisor");
  const [, go] = useLocation();
  const [, found] = useRoute("/talk/:conversation");
  const [shelf, setShelf] = useState<Shelf>("queued");
  const shelves = useMemo(() => shelved(live.conversations, session.job_number), [live, session]);
  const chosen = live.conversations.find((each) => each.conversation === found?.conversation);
  const choose = (conversation: string) => go(`/talk/${conversation}`);
  const mine = chosen?.state === "agent" && chosen.agent === session.job_number;
  useCalledWhenSomebodyWaits(shelves.queued);

  useEffect(() => {
    if (mine) setShelf("mine");
  }, [mine]);

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
        <Empty className="middle" description="选一个对话" />
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
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const id = conversation.conversation;
  const mine = conversation.state === "agent" && conversation.agent === session.job_number;
  const read = useCallback(
    (seq: number) => {
      if (mine) send("POST", `/conversations/${id}/read`, { seq }).catch(() => undefined); // said again with the next
    },
    [id, mine],
  );

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
          <span>{CHANNELS[conversation.channel] ?? conversation.channel}</span>
          <Standing conversation={conversation} />
          {conversation.kind === "call" && <span>电话请在话机上接听</span>}
          <Steps conversation={conversation} seats={presence.seats} />
        </Flex>
        <Thread conversation={conversation} messages={messages} ready={ready} typing={typing} read={read} />
        {mine && (
          <Composer
            conversation={id}
            draft={drafts[id] ?? ""}
            setDraft={(draft) => setDrafts((before) => ({ ...before, [id]: draft }))}
          />
        )}
      </section>
      <Aside
        conversation={conversation}
        choose={(other) => go(`/talk/${other}`)}
        insert={mine ? (draft) => setDrafts((before) => ({ ...before, [id]: draft })) : undefined}
      />
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

function shelved(all: Conversation[], me: string): Record<Shelf, Conversation[]> {
  const latest = [...all].sort((a, b) => b.change - a.change);
  return {
    queued: all
      .filter((each) => each.state === "queued")
      .sort((a, b) => (a.ahead ?? 0) - (b.ahead ?? 0) || (a.queued_at ?? "").localeCompare(b.queued_at ?? "")),
    mine: latest.filter((each) => each.state === "agent" && each.agent === me),
    all: latest,
  };
}

/** Says it in the title of the page, and to screen readers. */
function useCalledWhenSomebodyWaits(queued: Conversation[]) {
  const { notification } = App.useApp();
  const before = useRef(0);
  useEffect(() => {
    document.title = queued.length ? `（${queued.length} 人排队）坐席工作台` : "坐席工作台";
    if (queued.length > before.current) {
      notification.info({ title: "有客户在等人工", key: "queue", placement: "topRight", duration: 4 });
    }
    before.current = queued.length;
  }, [queued.length, notification]);
}
