/** The messages of one conversation: read once, then what is new whenever the conversation changed.
 *
 *  Whoever does not serve the customer reads them without phones and houses, until they ask for the words. */

import { useEffect, useState } from "react";
import { get, send } from "../server";
import type { Message } from "./conversations";

const AGAIN_AFTER = 3_000; // milliseconds

interface Told {
  messages: Message[];
  more: boolean;
  masked: boolean;
}

interface Held {
  of: string;
  messages: Message[];
  ready: boolean;
  masked: boolean;
}

export interface Messages {
  messages: Message[];
  ready: boolean;
  /** Something in them is hidden. */
  masked: boolean;
  /** Into the audit. */
  reveal: () => Promise<void>;
}

export function useMessages(conversation: string, lastSeq: number, mine: boolean): Messages {
  const of = `${conversation} ${mine}`; // who begins to serve reads them anew
  const [held, setHeld] = useState<Held>();
  const current = held?.of === of ? held : undefined;
  const messages = current?.messages ?? [];
  const seen = messages.at(-1)?.seq ?? 0;
  const ready = current?.ready ?? false;
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks once more
  useEffect(() => {
    if (ready && seen >= lastSeq) return;
    const ending = new AbortController();
    let timer = 0;
    get<Told>(`/conversations/${conversation}/messages?after=${seen}`, ending.signal)
      .then(({ messages: fresh, more, masked }) =>
        setHeld((before) => {
          const earlier = before?.of === of ? before : undefined;
          const last = earlier?.messages.at(-1)?.seq ?? 0;
          return {
            of,
            messages: [...(earlier?.messages ?? []), ...fresh.filter((each) => each.seq > last)],
            ready: !more,
            masked: masked || (earlier?.masked ?? false),
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
  }, [conversation, of, lastSeq, seen, ready, tries]);

  async function reveal(): Promise<void> {
    const words: Message[] = [];
    for (let more = true; more; ) {
      const told: Told = await send("POST", `/conversations/${conversation}/words`, { seq: words.at(-1)?.seq ?? 0 });
      words.push(...told.messages);
      more = told.more;
    }
    const last = words.at(-1)?.seq ?? 0;
    setHeld((before) => {
      if (before?.of !== of) return before; // another conversation was opened meanwhile
      const later = before.messages.filter((each) => each.seq > last);
      return { of, messages: [...words, ...later], ready: true, masked: later.length > 0 };
    });
  }

  return { messages, ready, masked: current?.masked ?? false, reveal };
}
