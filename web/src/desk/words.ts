/** What the charter and the rules call things (bot/desk/words.py). */

import { useQuery } from "@tanstack/react-query";
import { get } from "./server";

export type Labels = Record<string, string>;

export interface Words {
  types: Labels;
  channels: Labels;
  /** those that the operator offers */
  services: Labels;
  outages: Labels;
  grades: Labels;
  statuses: Labels;
  roles: Labels;
  major_rules: Labels;
  conduct: Labels;
  subjects: Record<string, Labels>;
  departments: Labels;
  areas: Labels;
  deemed_grounds: Labels;
  /** the limits that it excepts; none where the charter does not give it */
  force_majeure: Labels;
  /** those that the charter names; none where it has no rules of accountability */
  gravities: Labels;
  heavier: Labels;
  lighter: Labels;
  incidents: Labels;
  cases: Labels;
  opinions: Labels;
  visits: Labels;
  /** what must not be left hanging at the end of a shift */
  events: Labels;
  /** who answers a conversation, and what became of it */
  conversations: Labels;
  steps: Labels;
  /** what the audit tells of: what was done, why customers' data were looked at, which table was saved */
  deeds: Labels;
  contact_reasons: Labels;
  exports: Labels;
}

export function useWords() {
  return useQuery({
    queryKey: ["words"],
    queryFn: ({ signal }) => get<Words>("/words", signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What they are called; a key that nothing is known of stays as it is. */
export function useLabels(of: Exclude<keyof Words, "subjects">): (key: string) => string {
  const { data } = useWords();
  return (key) => data?.[of][key] ?? key;
}

export function options(labels: Labels | undefined) {
  return Object.entries(labels ?? {}).map(([value, label]) => ({ value, label }));
}
