import { useQuery } from "@tanstack/react-query";
import { get } from "../server";
import type { DutyNote } from "./dutyNotes";

const REFRESH = 60_000; // milliseconds

export interface Member {
  job_number: string;
  title: string;
  phone: string;
  sample: boolean;
}

export interface Matter {
  ticket_type: string;
  subject: string;
  label: string;
  steps: string[];
  materials: string[];
  on_the_spot: boolean;
  sample: boolean;
  promises: { kind: string; label: string; limit: string | null; remark: string | null }[];
}

export function keyOf(matter: Matter): string {
  return `${matter.ticket_type}:${matter.subject}`;
}

export interface Greets {
  operator: string;
  greeting: string;
  farewell: string;
  lobby: Member[];
  /** why nobody of the lobby is named */
  note: string | null;
  heads: Member[];
  on_duty: Member[];
  matters: Matter[];
  unfinished: DutyNote[];
}

export function useGreeting() {
  return useQuery({
    queryKey: ["greeting"],
    queryFn: ({ signal }) => get<Greets>("/hall/greeting", signal),
    refetchInterval: REFRESH,
  });
}
