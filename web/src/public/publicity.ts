/** What the bot tells of the operator's charter (bot/posted.py) and of now (bot/publicity.py). */

export type Mark = "source" | "product" | "configured";

export interface Stated {
  source: string | null;
  mark: Mark | null;
}

export interface Hotline {
  label: string;
  phone: string;
  sample: boolean;
}

/** `limit` null: none is published, and `told` says so. */
export interface Limit extends Stated {
  label: string;
  limit: string | null;
  told: string;
  remark: string | null;
}

export interface Pledge extends Stated {
  label: string;
  text: string;
}

/** `price` null: its amount is not published, and `text` says so. */
export interface Fee {
  label: string;
  words: string[];
  price: string | null;
  unit: string;
  text: string;
  note: string | null;
  as_of: string | null;
  source: string | null;
  sample: boolean;
}

export interface Process {
  label: string;
  words: string[];
  steps: string[];
  materials: string[];
  note: string | null;
  as_of: string | null;
  source: string | null;
  sample: boolean;
}

export interface Outlet {
  name: string;
  district: string;
  address: string;
  phone: string;
  hours: string;
  sample: boolean;
}

/** `head`: job number. */
export interface Department {
  name: string;
  handles: string[];
  place: string;
  phone: string;
  head: string;
  sample: boolean;
}

/** `people`: job numbers, the manager first. */
export interface Area {
  key: string;
  name: string;
  city: string;
  words: string[];
  district: string | null;
  is_open: boolean;
  people: string[];
  sample: boolean;
}

export interface Member {
  job_number: string;
  role: string;
  phone: string;
  department: string | null;
  areas: string[];
  has_photo: boolean;
  sample: boolean;
}

export interface Visit extends Stated {
  text: string;
}

/** `day`: YYYY-MM-DD, from which it holds. */
export interface Change {
  day: string;
  label: string;
  text: string;
  source: string | null;
  sample: boolean;
}

export interface Publicity {
  operator: { name: string; short_name: string; services: string[]; source: string; version: string };
  hotlines: Hotline[];
  limits: Limit[];
  pledges: Pledge[];
  fees: Fee[];
  fee_policy: Pledge[];
  fees_not_posted: string[];
  processes: Process[];
  outlets: Outlet[];
  departments: Department[];
  areas: Area[];
  staff: Member[];
  visits: Visit[];
  changes: Change[];
  notice_ahead: (Stated & { hours: number }) | null;
}

export interface Notice {
  number: number;
  kind: string;
  area: string;
  words: string[];
  services: string[];
  cause: string;
  starts_at: string;
  expected_until: string | null;
  is_ahead: boolean;
}

/** `areas`: whether it can be installed there, by the area's key. */
export interface Now {
  at: string;
  notices: Notice[];
  areas: Record<string, boolean>;
}

const PATIENCE = 10_000; // milliseconds

/** Rejects where there is no answer in time, or one that is no success. */
async function asked<T>(path: string): Promise<T> {
  const response = await fetch(path, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export const publicity = () => asked<Publicity>("/api/publicity");
export const now = () => asked<Now>("/api/publicity/now");
