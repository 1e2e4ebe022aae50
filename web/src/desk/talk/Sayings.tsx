import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Input, type InputRef, Tag } from "antd";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { get } from "../server";
import { Told } from "../Told";

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
  insert: (text: string) => void;
}

const SHOWN = 12;

/** 话术: what fits what the customer said last, else what the charter is searched for; its figures are filled in. */
export function Sayings({ conversation, last, insert }: Given) {
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const box = useRef<InputRef>(null);
  const found = useQuery({
    queryKey: query ? ["charter", query] : ["suggestions", conversation, last],
    queryFn: ({ signal }) => sayings(conversation, query, signal),
    placeholderData: (before) => before,
  });

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.altKey || event.code !== "KeyS") return;
      event.preventDefault();
      box.current?.focus();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);

  function pick(saying: Saying | undefined) {
    if (!saying) return;
    insert(saying.text);
    setTyped("");
  }

  return (
    <section>
      <h2>话术</h2>
      <Input
        ref={box}
        allowClear
        aria-label="在服务章程里找"
        placeholder="在服务章程里找（Alt+S，回车用第一条）"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={() => pick(found.data?.[0])}
      />
      <Told of={found}>
        {(sayings) =>
          sayings.length === 0 ? (
            <Empty description={query ? "章程里没有" : "没有合适的话术"} image={Empty.PRESENTED_IMAGE_SIMPLE} />
          ) : (
            <ul>
              {sayings.slice(0, SHOWN).map((saying) => (
                <li key={saying.id} className="saying">
                  <Button type="link" size="small" onClick={() => pick(saying)}>
                    {saying.topic} · {saying.title}
                  </Button>
                  {saying.sample && <Tag>示例</Tag>}
                  <div className="why">{saying.text}</div>
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
