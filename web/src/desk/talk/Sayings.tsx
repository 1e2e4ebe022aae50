import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Empty, Input, type InputRef, Tag } from "antd";
import { type KeyboardEvent, useDeferredValue, useRef, useState } from "react";
import { get } from "../server";
import { Told } from "../Told";
import { useAltKeys } from "./keys";

interface Saying {
  id: string;
  topic: string;
  title: string;
  text: string;
  source: string | null;
  sample: boolean;
}

interface Given {
  conversation: string;
  /** the seq of what was said last: the suggestions are for it */
  last: number;
  /** none: what is chosen is read out on the telephone */
  insert?: (text: string) => void;
}

const SHOWN = 12;
const FRESH = 60_000; // milliseconds

/** 话术: what fits what the customer said last, else what the charter is searched for; its figures are filled in. */
export function Sayings({ conversation, last, insert }: Given) {
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const box = useRef<InputRef>(null);
  const queries = useQueryClient();
  const asked = (query: string) => ({
    queryKey: query ? ["charter", query] : ["suggestions", conversation, last],
    queryFn: ({ signal }: { signal: AbortSignal }) => sayings(conversation, query, signal),
    staleTime: FRESH,
  });
  const found = useQuery({ ...asked(query), placeholderData: (before) => before });

  const rows = useRef<HTMLUListElement>(null);
  useAltKeys({ KeyS: search });

  function search(): boolean {
    box.current?.focus();
    return true;
  }

  /** ↓ and ↑ go from the search through what it found, and back. */
  function walk(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.altKey) return;
    event.preventDefault();
    const found = [...(rows.current?.querySelectorAll("button") ?? [])];
    const next = found.indexOf(document.activeElement as HTMLButtonElement) + by;
    if (next < 0) box.current?.focus();
    else found[next]?.focus();
  }

  function pick(saying: Saying | undefined) {
    if (!saying || !insert) return;
    insert(saying.text);
    setTyped("");
  }

  /** What is found for what stands there now, however quickly it was typed; a search that fails is told of below. */
  function pickFirst() {
    queries.fetchQuery(asked(typed.trim())).then(
      ([first]) => pick(first),
      () => undefined,
    );
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of what stands in it
    <section onKeyDown={walk}>
      <h2>话术</h2>
      <Input
        ref={box}
        allowClear
        aria-label="在服务章程里找"
        placeholder={insert ? "在章程里找（Alt+S，↓ 选，回车用）" : "在章程里找（Alt+S）"}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={pickFirst}
      />
      <Told of={found}>
        {(sayings) =>
          sayings.length === 0 ? (
            <Empty description={query ? "章程里没有" : "没有合适的话术"} image={Empty.PRESENTED_IMAGE_SIMPLE} />
          ) : (
            <ul ref={rows}>
              {sayings.slice(0, SHOWN).map((saying) => (
                <li key={saying.id} className="saying">
                  {insert ? (
                    <Button type="link" size="small" onClick={() => pick(saying)}>
                      {saying.topic} · {saying.title}
                    </Button>
                  ) : (
                    <strong>
                      {saying.topic} · {saying.title}
                    </strong>
                  )}
                  {saying.sample && <Tag>示例</Tag>}
                  <div className={insert ? "why" : "why whole"}>{saying.text}</div>
                  {saying.source && <small>{saying.source}</small>}
                </li>
              ))}
            </ul>
          )
        }
      </Told>
    </section>
  );
}

async function sayings(conversation: string, query: string, signal: AbortSignal): Promise<Saying[]> {
  if (query) return get<Saying[]>(`/charter?q=${encodeURIComponent(query)}`, signal);
  return (await get<{ replies: Saying[] }>(`/conversations/${conversation}/suggestions`, signal)).replies;
}
