import type { Conversation } from "./conversations";

export type Shelf = "queued" | "mine" | "all";
export type Shelves = Record<Shelf, Conversation[]>;

/** Who waits, in the order of the queue; who is mine; everybody, the last changed first. */
export function shelved(all: Conversation[], me: string): Shelves {
  const latest = [...all].sort((a, b) => b.change - a.change);
  return {
    queued: all
      .filter((each) => each.state === "queued")
      .sort((a, b) => (a.ahead ?? 0) - (b.ahead ?? 0) || (a.queued_at ?? "").localeCompare(b.queued_at ?? "")),
    mine: latest.filter((each) => each.state === "agent" && each.agent === me),
    all: latest,
  };
}
