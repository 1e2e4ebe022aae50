/** What the charter and the rules call things (bot/desk/words.py). */

import { useQuery } from "@tanstack/react-query";
import { get } from "./server";

export type Labels = Record<string, string>;

export interface Words {
  types: Labels;
  /** those that the operator offers */
  services: Labels;
  outages: Labels;
  grades: Labels;
  subjects: Record<string, Labels>;
  departments: Labels;
  areas: Labels;
  deemed_grounds: Labels;
  gravities: Labels;
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
