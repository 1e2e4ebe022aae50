/** The messages of one conversation: read once, then what is new whenever the conversation changed. */

import { useEffect, useState } from "react";
import { get } from "../server";
import type { Message } from "./conversations";

const AGAIN_AFTER = 3_000; // milliseconds

export function useMessages(conversation: string, lastSeq: number): { messages: Message[]; ready: boolean } {
  const [held, setHeld] = useState<{ of: string; messages: Message[]; ready: boolean }>();
  const messages = held?.of === conversation ? held.messages : [];
  const seen = messages.at(-1)?.seq ?? 0;
  const ready = held?.of === conversation && held.ready;
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks once more
  useEffect(() => {
    if (ready && seen >= lastSeq) return;
    const ending = new AbortController();
    let timer = 0;
    get<{ messages: Message[]; more: boolean }>(`/conversations/${conversation}/messages?after=${seen}`, ending.signal)
      .then(({ messages: fresh, more }) =>
        setHeld((before) => {
          const earlier = before?.of === conversation ? before.messages : [];
          const last = earlier.at(-1)?.seq ?? 0;
          return {
            of: conversation,
            messages: [...earlier, ...fresh.filter((each) => each.seq > last)],
            ready: !more,
          };
        }),
      )
      .catch(() => {
        if (!ending.signal.aborted) timer = window.setTimeout(() => setTries((times) => times + 1), AGAIN_AFTER);
      });
    return () => {
      ending.abort();
      window.clearTimeout(timer);
    };
  }, [conversation, lastSeq, seen, ready, tries]);

  return { messages, ready };
}
