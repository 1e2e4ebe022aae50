/** What goes on whatever page an agent looks at: who waits, whether they take customers, what they began to write. */

import { App } from "antd";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useSession } from "../session";
import type { Conversation } from "./conversations";
import { Drafts } from "./drafts";
import { type Live, useLive } from "./live";
import { type Presence, usePresence } from "./presence";
import { type Shelves, shelved } from "./shelves";

interface Attending {
  live: Live;
  presence: Presence;
  shelves: Shelves;
  drafts: Drafts;
}

const AttendingContext = createContext<Attending | null>(null);

export function AttendingProvider({ children }: { children: ReactNode }) {
  const session = useSession();
  const live = useLive();
  const presence = usePresence(session.role !== "supervisor");
  const shelves = useMemo(
    () => shelved(live.conversations, session.job_number),
    [live.conversations, session.job_number],
  );
  const [drafts] = useState(() => new Drafts());
  useTitle(shelves);
  useCalledWhenSomebodyWaits(shelves.queued, presence.present);
  useNudged(shelves.mine);

  const attending = useMemo(() => ({ live, presence, shelves, drafts }), [live, presence, shelves, drafts]);
  return <AttendingContext.Provider value={attending}>{children}</AttendingContext.Provider>;
}

export function useAttending(): Attending {
  const attending = useContext(AttendingContext);
  if (!attending) throw new Error("outside of the frame");
  return attending;
}

/** Who looks at another window reads there what waits here. */
function useTitle({ queued, mine }: Shelves) {
  const unread = mine.reduce((sum, each) => sum + each.unread, 0);
  useEffect(() => {
    const waits = [queued.length && `${queued.length} 人排队`, unread && `${unread} 条未读`].filter(Boolean);
    document.title = waits.length ? `（${waits.join("，")}）坐席工作台` : "坐席工作台";
  }, [queued.length, unread]);
}

/** Where it covers nothing that is being written: under the list, on a phone above. */
function besideTheBox(): { placement: "top" | "bottomLeft"; style?: { width: number } } {
  return window.matchMedia("(max-width: 700px)").matches
    ? { placement: "top" }
    : { placement: "bottomLeft", style: { width: 230 } };
}

/** To who takes customers. */
function useCalledWhenSomebodyWaits(queued: Conversation[], present: boolean) {
  const { notification } = App.useApp();
  const before = useRef(0);
  useEffect(() => {
    if (present && queued.length > before.current) {
      notification.info({
        title: "有客户在等人工（Alt+J 接下一位）",
        key: "queue",
        pauseOnHover: false,
        duration: 4,
        ...besideTheBox(),
      });
    }
    before.current = queued.length;
  }, [queued.length, present, notification]);
}

/** 提醒坐席: the customer waits for a word, and will be given to somebody else. It stays until it is answered. */
function useNudged(mine: Conversation[]) {
  const { notification } = App.useApp();
  const [, go] = useLocation();
  const shown = useRef(new Set<string>());
  useEffect(() => {
    const nudged = new Map(mine.filter((each) => each.nudged_at).map((each) => [each.conversation, each]));
    for (const each of nudged.values()) {
      if (shown.current.has(each.conversation)) continue;
      notification.warning({
        title: `${each.phone ?? "一位客户"} 在等您回复，再不回复就转给别的坐席（Alt+U）`,
        key: `nudge:${each.conversation}`,
        duration: 0,
        ...besideTheBox(),
        onClick: () => go(`/talk/${each.conversation}`),
      });
    }
    for (const each of shown.current) if (!nudged.has(each)) notification.destroy(`nudge:${each}`);
    shown.current = new Set(nudged.keys());
  }, [mine, notification, go]);
}
