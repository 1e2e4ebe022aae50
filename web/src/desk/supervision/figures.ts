/** What bot/desk/supervision.py says. */

import type { Dayjs } from "dayjs";

export interface Rate {
  part: number;
  of: number;
  /** null: nothing happened that it could be a part of */
  percent: number | null;
}

export interface Group {
  /** "": of what lies in none that is listed */
  key: string;
  name: string;
  tickets: number;
  on_time: Rate;
  /** null: the operator does not measure it */
  replied: Rate | null;
  satisfied: Rate;
  complaint_rate: Rate | null;
  at_risk: number | null;
  overdue: number | null;
  ticket_type: string | null;
  subject: string | null;
}

export interface AnswerTimes {
  ticket_type: string | null;
  name: string;
  answered: number;
  unanswered: number;
  /** minutes */
  median: number | null;
  ninth: number | null;
}

export interface Coverage {
  visit_rule: string;
  name: string;
  /** of a hundred; null: the charter has no such rule */
  published: number | null;
  rule: string | null;
  source: string | null;
  mark: string | null;
  settled: number;
  drawn: number;
  visited: number;
  waits: number;
  not_reached: number;
  covered: Rate;
}

export interface Figures {
  since: string;
  until: string;
  now: string;
  whole: Group;
  by_matter: Group[];
  by_area: Group[];
  by_department: Group[];
  answer_times: AnswerTimes[];
  /** how often each mark was given, from 1 to 5 */
  marks: number[];
  upheld: number;
  return_visits: Coverage[];
  reply_minutes: number | null;
  warn_at_percent: number | null;
  unpublished: string[];
}

export interface Row {
  number: string;
  ticket_type: string;
  subject: string;
  name: string;
  status: string;
  area: string | null;
  owner: string;
  handler: string;
  accepted_at: string;
}

/** Which tickets stand behind a figure, with what narrows them. */
export interface Behind {
  behind: string;
  title: string;
  ticket_type?: string | null;
  subject?: string | null;
  area?: string;
  department?: string;
  handler?: string;
  visit_rule?: string;
  /** given at a return visit */
  mark?: number;
}

/** What a figure counts, where it is not tickets; one ticket may have several. */
const UNITS: Record<string, string> = {
  kept: "项承诺",
  late: "项承诺",
  at_risk: "项承诺",
  overdue: "项承诺",
  marked: "个评分",
  held_to_account: "件追究",
  settled: "次处理",
  visited: "次回访",
  visit_waits: "次回访",
  not_reached: "次回访",
};

/** 共 3 张工单，4 项承诺. */
export function counted(behind: string, total: number, things: number): string {
  const unit = UNITS[behind];
  return unit ? `共 ${total} 张工单，${things} ${unit}` : `共 ${total} 张工单`;
}

/** Of a rate, how many of how many. */
export function missed({ part, of }: Rate): string {
  return `${of - part} / ${of}`;
}

export type Span = [Dayjs, Dayjs];

export function spanQuery([first, last]: Span): string {
  const until = last.add(1, "day");
  return new URLSearchParams({ since: first.format("YYYY-MM-DD"), until: until.format("YYYY-MM-DD") }).toString();
}

export function behindQuery(span: Span, { title: _, ...asked }: Behind, more: Record<string, string> = {}): string {
  const narrowed = Object.entries(asked).filter(([, value]) => value !== undefined && value !== null);
  return `${spanQuery(span)}&${new URLSearchParams([...narrowed, ...Object.entries(more)] as [string, string][])}`;
}

export function percent(rate: Rate | null): string {
  if (rate === null) return "不考核";
  return rate.percent === null ? "—" : `${rate.percent}%`;
}
