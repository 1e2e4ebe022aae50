/** The conversations live: the list, then every change of it, from where the list ended. */

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { address, get } from "../server";
import type { Conversation } from "./conversations";

const AGAIN_AFTER = 3_000; // milliseconds

export interface Live {
  conversations: Conversation[];
  /** ids of conversations whose customer is typing */
  typing: ReadonlySet<string>;
  lost: boolean;
  ready: boolean;
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

  useEffect(() => {
    const ending = new AbortController();
    let source: EventSource | undefined;
    let timer = 0;

    const take = (changed: Conversation[]) =>
      setKnown((before) => {
        const after = new Map(before);
        for (const each of changed) {
          if (each.change >= (after.get(each.conversation)?.change ?? 0)) after.set(each.conversation, each);
        }
        return after;
      });

    async function begin() {
      try {
        const [live, latest] = await Promise.all([
          get<Listed>("/conversations/", ending.signal),
          get<Listed>("/conversations/?all=1", ending.signal),
        ]);
        take([...live.conversations, ...latest.conversations]);
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
  }, [queries]);

  return { conversations: [...known.values()], typing, lost, ready };
}
