/** What bot/desk/tickets.py says: the board, a ticket in full, what this member of staff may do with it. */

export type View = "mine" | "area" | "overdue" | "at_risk" | "materials" | "visits" | "complaints" | "unfinished";

export const VIEWS: Record<View, string> = {
  mine: "我的",
  area: "我的片区",
  overdue: "已逾期",
  at_risk: "临期",
  materials: "等材料",
  visits: "待回访",
  complaints: "投诉",
  unfinished: "全部未办结",
};

export interface Row {
  number: string;
  ticket_type: string;
  type_label: string;
  subject_label: string;
  status: string;
  status_label: string;
  grade: string;
  area_name: string | null;
  accepted_at: string;
  /** null: nothing that has a due time is to be kept */
  next: { kind: string; label: string; due: string } | null;
  overdue: boolean;
  owner: string;
  handler: string;
  urges: number;
  wished: string | null;
  /** masked, as phone and address are */
  description: string;
  phone: string;
  address: string | null;
}

export interface Board {
  rows: Row[];
  total: number;
}

export interface Promised {
  kind: string;
  label: string;
  limit: string | null;
  rule: string | null;
  source: string | null;
  remark: string | null;
  due: string | null;
  told_due: string | null;
  kept_at: string | null;
  late: boolean;
  excused: string | null;
  reason: string | null;
  /** of an earlier round */
  breached: boolean;
}

export interface Entry {
  at: string;
  /** as people read it */
  who: string;
  event: string;
  label: string;
  reason: string | null;
}

export interface Order {
  staff: string;
  sent_at: string;
  received_at: string | null;
  contacted_at: string | null;
  visit_at: string | null;
}

export interface Visit {
  attempt: number;
  at: string;
  by: string;
  outcome: string;
  satisfaction: number | null;
  conduct: Record<string, boolean> | null;
  remark: string | null;
}

export interface Offer {
  verb: string;
  label: string;
  needs_reason: boolean;
}

export interface Ticket {
  row: Row;
  owner_role: string;
  owner_phone: string;
  handler_role: string | null;
  area_manager: string | null;
  reported_to: string | null;
  channel: string;
  conversation: string;
  /** ids of the customer's photos */
  attachments: string[];
  requested_at: string | null;
  status_reason: string | null;
  outcome: string | null;
  times_reopened: number;
  awaits_materials: boolean;
  papers: string[];
  promises: Promised[];
  orders: Order[];
  /** of this round; tried so often until nobody need be reached */
  visits: Visit[];
  visit_tries: number | null;
  extension: { told: string; wished_due: string; reason: string; words: string | null; asked_by: string } | null;
  history: Entry[];
  offers: Offer[];
}

export interface Contact {
  phone: string;
  address: string | null;
  description: string;
}
