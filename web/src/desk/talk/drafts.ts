/** What agents began to write, for each conversation; kept while they look at something else. */

import { useSyncExternalStore } from "react";
import { newId } from "../../chat/ids";

export class Drafts {
  private readonly texts = new Map<string, string>();
  private readonly sending = new Map<string, { id: string; text: string }>();
  private readonly watchers = new Set<() => void>();

  of(conversation: string): string {
    return this.texts.get(conversation) ?? "";
  }

  write(conversation: string, text: string): void {
    this.texts.set(conversation, text);
    for (const each of this.watchers) each();
  }

  /** a line more */
  add(conversation: string, text: string): void {
    this.write(conversation, [this.of(conversation), text].filter(Boolean).join("\n"));
  }

  /** A text keeps its id until it is accepted, so sending it twice says it once. */
  toSend(conversation: string, text: string): { id: string; text: string } {
    const before = this.sending.get(conversation);
    const now = before?.text === text ? before : { id: newId(), text };
    this.sending.set(conversation, now);
    return now;
  }

  /** It is said; what was written meanwhile stays. */
  sent(conversation: string, text: string): void {
    this.sending.delete(conversation);
    if (this.of(conversation).trim() === text) this.write(conversation, "");
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };
}

export function useDraft(drafts: Drafts, conversation: string): string {
  return useSyncExternalStore(drafts.watch, () => drafts.of(conversation));
}
