/** What bot/desk/visit_sheet.py says: whom to call for a return visit, and what to ask. */

import type { Row, Visit } from "../tickets/tickets";

export interface Script {
  opening: string;
  question: string;
  /** what the charter says of who comes; null: nobody came */
  promised: string | null;
  conduct: Record<string, string>;
  mark: string;
  farewell: string;
}

export interface Call {
  row: Row;
  outcome: string | null;
  resolved_at: string | null;
  tried: number;
  last: Visit | null;
  /** when the next try is due; null: nobody has tried yet */
  again_at: string | null;
  script: Script;
}

export interface Sheet {
  /** whether the charter promises visits */
  published: boolean;
  times: number | null;
  /** the mark from which on a customer counts as content */
  content_from: number | null;
  /** null: by day */
  quiet_until: string | null;
  rows: Call[];
  total: number;
  /** by ticket: the colleague who is about to call */
  calling: Record<string, string>;
}

export function isForLater(call: Call): boolean {
  return call.again_at !== null && Date.parse(call.again_at) > Date.now();
}
