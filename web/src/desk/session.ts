/** Who is signed in at this page. */

import { createContext, useContext } from "react";

export type Role = "agent" | "head" | "leader" | "supervisor";

export interface Session {
  job_number: string;
  role: Role;
  title: string;
  department: string | null;
  department_name: string | null;
  areas: string[];
  must_change_password: boolean;
  ends_at: string;
  csrf: string;
  /** it ended in the middle: whoever signs in again goes on where they were */
  ended?: boolean;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("outside of a session");
  return session;
}
