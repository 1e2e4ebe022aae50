/** What goes on whatever page an agent looks at: who waits, whether they take customers, what they began to write. */

import { App } from "antd";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useSession } from "../session";
import type { Conversation } from "./conversations";
import { type Live, useLive } from "./live";
import { type Presence, usePresence } from "./presence";
import { type Shelves, shelved } from "./shelves";

interface Attending {
  live: Live;
  presence: Presence;
  shelves: Shelves;
  drafts: Readonly<Record<string, string>>;
  write: (conversation: string, draft: string) => void;
}

const AttendingContext = createContext<Attending | null>(null);

export function AttendingProvider({ children }: { children: ReactNode }) {
  const session = useSession();
  const live = useLive();
  const presence = usePresence(session.role !== "supervisor");
  const shelves = useMemo(() => shelved(live.conversations, session.job_number), [live, session]);
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  useCalledWhenSomebodyWaits(shelves.queued, presence.present);

  const write = (conversation: string, draft: string) => setDrafts((before) => ({ ...before, [conversation]: draft }));
  return (
    <AttendingContext.Provider value={{ live, presence, shelves, drafts, write }}>{children}</AttendingContext.Provider>
  );
}

export function useAttending(): Attending {
  const attending = useContext(AttendingContext);
  if (!attending) throw new Error("outside of the frame");
  return attending;
}

/** Says it in the title of the page and, to who takes customers, on it and to screen readers. */
function useCalledWhenSomebodyWaits(queued: Conversation[], present: boolean) {
  const { notification } = App.useApp();
  const before = useRef(0);
  useEffect(() => {
    document.title = queued.length ? `（${queued.length} 人排队）坐席工作台` : "坐席工作台";
    if (present && queued.length > before.current) {
      notification.info({
        title: "有客户在等人工（Alt+J 接下一位）",
        key: "queue",
        placement: "bottomLeft",
        duration: 4,
      });
    }
    before.current = queued.length;
  }, [queued.length, present, notification]);
}
