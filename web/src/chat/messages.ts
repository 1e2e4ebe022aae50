/** What the chat API of the bot (bot/channels/webchat.py) says and is told. */

export interface Button {
  title: string;
  payload: string;
}

export interface Promised {
  label: string;
  /** ISO 8601; none where nothing is promised, `reason` says why */
  due: string | null;
  reason: string | null;
  mark: string | null;
}

export interface TicketCard {
  kind: "ticket";
  number: string;
  promises: Promised[];
  /** job number 工号 of the first-inquiry owner 首问责任人 */
  owner: string;
  owner_phone: string;
  sample: boolean;
}

/** Who answers from here on. */
export interface ServedBy {
  kind: "served_by";
  /** job number 工号; null: the assistant */
  agent: string | null;
}

export interface Message {
  seq: number;
  from: "customer" | "bot" | "agent" | "system";
  text: string;
  at: string;
  buttons?: Button[];
  /** job number 工号 of the agent who speaks */
  author?: string;
  card?: TicketCard | ServedBy | { kind: string };
  /** id of a photo */
  attachment?: string;
  /** what the customer's side called its message */
  id?: string;
}

export interface News {
  messages: Message[];
  answering: boolean;
}

export function speaker(message: Message): string {
  switch (message.from) {
    case "customer":
      return "我";
    case "bot":
      return "机器人";
    case "agent":
      return message.author ? `坐席 工号 ${message.author}` : "坐席";
    case "system":
      return "系统";
  }
}

export function isServedBy(card: Message["card"]): card is ServedBy {
  return card?.kind === "served_by";
}

export function isTicket(card: Message["card"]): card is TicketCard {
  return card?.kind === "ticket";
}
