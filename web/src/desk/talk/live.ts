/** The conversations live: the list, then every change of it, from where the list ended. */

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { address, get } from "../server";
import type { Conversation } from "./conversations";

const PAGE = 100; // conversations that the bot tells at once
const AGAIN_AFTER = 3_000; // milliseconds

export interface Live {
  conversations: Conversation[];
  /** ids of conversations whose customer is typing */
  typing: ReadonlySet<string>;
  lost: boolean;
  ready: boolean;
  /** reads the next older ones; none: there are no more */
  earlier?: () => Promise<void>;
}

interface Listed {
  change: number;
  conversations: Conversation[];
}

export function useLive(): Live {
  const queries = useQueryClient();
  const [known, setKnown] = useState<ReadonlyMap<string, Conversation>>(new Map());
  const [typing, setTyping] = useState<ReadonlySet<string>>(new Set());
  const [lost, setLost] = useState(false);
  const [ready, setReady] = useState(false);

  const [oldest, setOldest] = useState<number>();

  const take = useCallback((changed: Conversation[]) => {
    setKnown((before) => {
      const after = new Map(before);
      for (const each of changed) {
        if (each.change >= (after.get(each.conversation)?.change ?? 0)) after.set(each.conversation, each);
      }
      return after;
    });
  }, []);

  const takePage = useCallback(
    (page: Conversation[]) => {
      take(page);
      setOldest(page.length < PAGE ? undefined : page.at(-1)?.change);
    },
    [take],
  );

  const earlier = useCallback(async () => {
    takePage((await get<Listed>(`/conversations/?all=1&before=${oldest}`)).conversations);
  }, [oldest, takePage]);

  useEffect(() => {
    const ending = new AbortController();
    let source: EventSource | undefined;
    let timer = 0;

    async function begin() {
      try {
        const [live, latest] = await Promise.all([
          get<Listed>("/conversations/", ending.signal),
          get<Listed>("/conversations/?all=1", ending.signal),
        ]);
        take(live.conversations);
        takePage(latest.conversations);
        setReady(true);
        listen(Math.min(live.change, latest.change));
      } catch {
        if (ending.signal.aborted) return;
        setLost(true);
        timer = window.setTimeout(begin, AGAIN_AFTER);
      }
    }

    function listen(after: number) {
      source = new EventSource(address(`/events?after=${after}`));
      source.onopen = () => setLost(false);
      source.onerror = () => {
        setLost(true);
        if (source?.readyState !== EventSource.CLOSED) return; // else the browser connects again by itself
        void queries.invalidateQueries({ queryKey: ["session"] });
        timer = window.setTimeout(begin, AGAIN_AFTER);
      };
      source.addEventListener("conversation", ({ data }) => take([JSON.parse(data)]));
      source.addEventListener("typing", ({ data }) => {
        const told: { conversation: string; typing: boolean } = JSON.parse(data);
        setTyping((before) => {
          const after = new Set(before);
          if (told.typing) after.add(told.conversation);
          else after.delete(told.conversation);
          return after;
        });
      });
    }

    void begin();
    return () => {
      ending.abort();
      window.clearTimeout(timer);
      source?.close();
    };
  }, [queries, take, takePage]);

  const conversations = useMemo(() => [...known.values()], [known]);
  return useMemo(
    () => ({ conversations, typing, lost, ready, earlier: oldest === undefined ? undefined : earlier }),
    [conversations, typing, lost, ready, oldest, earlier],
  );
}
