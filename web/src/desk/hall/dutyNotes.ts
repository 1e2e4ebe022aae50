export interface DutyNote {
  number: number;
  at: string;
  by: string;
  text: string;
  event: boolean;
  ended_at: string | null;
  ended_by: string | null;
  outcome: string | null;
}
