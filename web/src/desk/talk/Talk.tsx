import "./talk.css";
import { ArrowLeftOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Empty, Flex, type InputRef, Select, Skeleton, Switch } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLocation, useRoute } from "wouter";
import { get, send, told } from "../server";
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
import { isKeptFromMe, longestWaiting, type Shelf } from "./shelves";
import { Thread } from "./Thread";

const CAPACITIES = [1, 2, 3, 4, 5, 6, 8, 10];

/** 会话: who waits, what is said, whom it is with. */
export default function Talk() {
  const { live, presence, shelves } = useAttending();
  const session = useSession();
  const [, go] = useLocation();
  const [, found] = useRoute("/talk/:conversation");
  const [shelf, setShelf] = useState<Shelf>("queued");
  const listed = live.conversations.find((each) => each.conversation === found?.conversation);
  const old = useQuery({
    queryKey: ["conversation", found?.conversation],
    queryFn: ({ signal }) => get<Conversation>(`/conversations/${found?.conversation}`, signal),
    enabled: live.ready && !listed && Boolean(found),
  });
  const chosen = listed ?? (found ? old.data : undefined);
  const choose = (conversation: string) => go(`/talk/${conversation}`);
  const mine = chosen?.state === "agent" && chosen.agent === session.job_number;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when a conversation becomes mine, or no longer is
  useEffect(() => {
    if (mine) setShelf("mine");
    else if (!shelves.mine.length) setShelf("queued");
  }, [mine]);

  const [down, up] = [() => move(+1), () => move(-1)];
  useAltKeys({ KeyJ: next, KeyU: answerNext, ArrowDown: down, ArrowUp: up });

  function next(): boolean {
    const kept = (each: Conversation) => isKeptFromMe(each, session.job_number, session.department);
    const first = shelves.queued.find((each) => each.kind === "chat" && !kept(each)) ?? shelves.queued[0];
    if (!first || chosen?.state === "queued") return false; // who is chosen already is claimed by its own step
    setShelf("queued");
    choose(first.conversation);
    return true;
  }

  function answerNext(): boolean {
    const first = longestWaiting(shelves.mine);
    if (!first) return false;
    setShelf("mine");
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
      <h1 className="unseen">会话</h1>
      <div className="left">
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
            earlier={live.earlier}
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
              <p>{old.isError ? told(old.error) : "选一个对话"}</p>
              <p>Alt+J 接下一位，Alt+U 回复等得最久的，Alt+↑ Alt+↓ 换对话</p>
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
  const { drafts } = useAttending();
  const box = useRef<InputRef>(null);
  const channelName = useLabels("channels");
  const id = conversation.conversation;
  const mine = conversation.state === "agent" && conversation.agent === session.job_number;
  const { messages, ready, masked, reveal } = useMessages(id, conversation.last_seq, mine);
  const read = useCallback(
    (seq: number) => {
      if (mine) send("POST", `/conversations/${id}/read`, { seq }).catch(() => undefined); // said again with the next
    },
    [id, mine],
  );

  function insert(saying: string) {
    drafts.add(id, saying);
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
          {conversation.owner && <span>首问 工号 {conversation.owner}</span>}
          {conversation.kind === "call" && <span>电话请在话机上接听</span>}
          <Steps
            conversation={conversation}
            seats={presence.seats}
            left={() => box.current?.focus()}
            insert={mine ? insert : undefined}
          />
        </Flex>
        {masked && <Hidden key={id} reveal={reveal} />}
        <Thread conversation={conversation} messages={messages} ready={ready} typing={typing} read={read} />
        {mine && <Composer key={id} conversation={id} drafts={drafts} box={box} />}
      </section>
      <Aside conversation={conversation} choose={(other) => go(`/talk/${other}`)} insert={mine ? insert : undefined} />
    </>
  );
}

/** 原文: phones and houses are hidden from whoever does not serve the customer. */
function Hidden({ reveal }: { reveal: () => Promise<void> }) {
  const show = useMutation({ mutationFn: reveal });
  return (
    <Alert
      type="info"
      banner
      title={show.isError ? told(show.error) : "电话、门牌已隐去"}
      action={
        <Button size="small" loading={show.isPending} onClick={() => show.mutate()}>
          显示原文（会记录）
        </Button>
      }
    />
  );
}

function Here({ presence: { present, setPresent, capacity, setCapacity, seats } }: { presence: Presence }) {
  const session = useSession();
  if (session.role === "supervisor") return null;
  return (
    <Flex align="center" gap="small" className="here">
      <Switch checked={present} onChange={setPresent} aria-label="接待客户" />
      {present ? `在线接待，共 ${Math.max(1, seats.length)} 人` : "离线，不接新客户"}
      <Select
        size="small"
        aria-label="同时接待几个对话"
        value={capacity}
        onChange={setCapacity}
        options={CAPACITIES.map((value) => ({ value, label: `最多 ${value} 个` }))}
      />
    </Flex>
  );
}
