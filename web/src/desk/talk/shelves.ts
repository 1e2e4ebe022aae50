import type { Conversation } from "./conversations";

export type Shelf = "queued" | "mine" | "all";
export type Shelves = Record<Shelf, Conversation[]>;

/** Who waits, in the order of the queue; who is mine, each in its place as long as I have it; everybody, the last changed
 * first. */
export function shelved(all: Conversation[], me: string): Shelves {
  return {
    queued: all
      .filter((each) => each.state === "queued")
      .sort((a, b) => (a.ahead ?? 0) - (b.ahead ?? 0) || (a.queued_at ?? "").localeCompare(b.queued_at ?? "")),
    mine: all
      .filter((each) => each.state === "agent" && each.agent === me)
      .sort((a, b) => (a.held_at ?? "").localeCompare(b.held_at ?? "")),
    all: [...all].sort((a, b) => b.change - a.change),
  };
}

/** Of mine, who has waited longest for my word; none: nobody waits. */
export function longestWaiting(mine: Conversation[]): Conversation | undefined {
  const waiting = mine.filter((each) => each.waiting_since);
  return waiting.sort((a, b) => (a.waiting_since ?? "").localeCompare(b.waiting_since ?? ""))[0];
}

/** Kept for somebody else, for now: another is to be claimed first. */
export function isKeptFromMe({ wanted, team, wanted_until }: Conversation, me: string, myTeam: string | null): boolean {
  if (!wanted_until || Date.parse(wanted_until) <= Date.now()) return false;
  return wanted !== me && (team === null || team !== myTeam);
}
