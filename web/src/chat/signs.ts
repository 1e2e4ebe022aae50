/** What is told without words while an agent serves: the customer is typing, and has read what was said. */

import type { Memory } from "./memory";
import { isServedBy, type Message } from "./messages";
import type { Server } from "./server";

const AT_MOST_EVERY = 3_000; // milliseconds

/** Whether an agent has the conversation, as far as it was told. */
export function isServed(messages: readonly Message[]): boolean {
  for (const { from, card } of [...messages].reverse()) {
    if (from === "agent") return true;
    if (from === "bot") return false;
    if (isServedBy(card)) return card.agent !== null;
  }
  return false;
}

export class Signs {
  private told = 0;
  private readUpTo = 0;

  constructor(
    private readonly server: Server,
    private readonly memory: Memory,
  ) {}

  typing(): void {
    if (!this.memory.token || Date.now() - this.told < AT_MOST_EVERY) return;
    this.told = Date.now();
    this.server.tell("/chat/typing", this.memory.token, {}).catch(() => undefined); // only a courtesy
  }

  read(seq: number): void {
    if (!this.memory.token || seq <= this.readUpTo || document.visibilityState !== "visible") return;
    const before = this.readUpTo;
    this.readUpTo = seq;
    this.server.tell("/chat/read", this.memory.token, { seq }).catch(() => {
      if (this.readUpTo === seq) this.readUpTo = before; // said again with the next, or when the line is back
    });
  }
}
