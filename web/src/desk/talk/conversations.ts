/** What bot/desk/conversations.py says. */

import type { Message as Said } from "../../chat/messages";

export type State = "bot" | "queued" | "agent" | "closed";

export interface Conversation {
  conversation: string;
  kind: "chat" | "call";
  channel: string;
  state: State;
  version: number;
  /** job numbers: who has it, who received the customer first 首问责任人, who had it last */
  agent: string | null;
  owner: string | null;
  last_agent: string | null;
  /** kept for this agent, or for this department, until `wanted_until` */
  wanted: string | null;
  team: string | null;
  wanted_until: string | null;
  reason_text: string | null;
  queued_at: string | null;
  held_at: string | null;
  /** the customer waits for the agent's word */
  waiting_since: string | null;
  nudged_at: string | null;
  /** masked */
  phone: string | null;
  last: { seq: number; from: string; text: string; at: string } | null;
  last_seq: number;
  unread: number;
  read: { agent: number; customer: number };
  /** up to which seq all has arrived, and why no more does; null: the customer's page fetches it */
  delivery: { up_to: number; obstacle: string | null } | null;
  /** how many wait before, and the minutes that it may take */
  ahead: number | null;
  minutes: number | null;
  change: number;
}

export interface Step {
  at: string;
  act: string;
  who: string;
  why: string | null;
  agent: string | null;
  seconds: number | null;
}

export interface Detail extends Conversation {
  events: Step[];
  history: Conversation[];
}

export interface Understood {
  intent?: string | null;
  confidence?: number | null;
  entities?: { entity: string; value: string }[];
}

export interface Message extends Said {
  understood?: Understood;
}

export interface Seat {
  agent: string;
  until: string;
  capacity: number;
  team: string | null;
}
