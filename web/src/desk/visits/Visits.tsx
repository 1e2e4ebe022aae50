import "./visits.css";
import { useQuery } from "@tanstack/react-query";
import { Alert, Card, Empty, Flex, Select, Tag } from "antd";
import { useEffect, useState } from "react";
import { useLocation, useRoute } from "wouter";
import { Cut } from "../Cut";
import { spokenTime, time } from "../clock";
import { Due } from "../Due";
import { get } from "../server";
import { Told } from "../Told";
import type { Ticket } from "../tickets/tickets";
import { options, useLabels, useWords } from "../words";
import { Calling } from "./Calling";
import { Outcome } from "./Outcome";
import { type Call, isForLater, type Sheet } from "./sheet";

const REFRESH = 30_000; // milliseconds

/** 回访: whom to call now, what to ask, and the next one. */
export default function Visits() {
  const [area, setArea] = useState("");
  const words = useWords();
  const sheet = useQuery({
    queryKey: ["visits", area],
    queryFn: ({ signal }) => get<Sheet>(`/visits/${area ? `?${new URLSearchParams({ area })}` : ""}`, signal),
    refetchInterval: REFRESH,
  });

  return (
    <div className="page">
      <Flex wrap gap="small" align="center" justify="space-between">
        <h1>回访</h1>
        <Select
          className="narrow"
          aria-label="片区"
          showSearch={{ optionFilterProp: "label" }}
          value={area}
          onChange={setArea}
          options={[{ value: "", label: "全部片区" }, ...options(words.data?.areas)]}
        />
      </Flex>
      <Told of={sheet}>{(told) => <CallSheet sheet={told} />}</Told>
    </div>
  );
}

/** Whoever is on the phone stays there, whatever is filed meanwhile. */
function CallSheet({ sheet }: { sheet: Sheet }) {
  const [, go] = useLocation();
  const [, found] = useRoute("/visits/:number");
  const [done, setDone] = useState<Ticket>();
  const [held, setHeld] = useState<string>();
  const named = (number?: string) => sheet.rows.find(({ row }) => row.number === number);
  const call = named(found?.number) ?? named(held) ?? next(sheet, done?.row.number);
  const current = call?.row.number;
  useEffect(() => setHeld(current), [current]);

  return (
    <>
      {sheet.published && sheet.quiet_until && (
        <Alert type="warning" showIcon title={`现在是静默时段，${spokenTime(sheet.quiet_until)} 以后再打电话。`} />
      )}
      {done && <Outcome ticket={done} contentFrom={sheet.content_from} />}
      {call ? (
        <div className="sheet">
          <Calling
            key={`${call.row.number}:${call.tried}`}
            call={call}
            times={sheet.times}
            colleague={sheet.calling[call.row.number]}
            done={(ticket) => {
              setDone(ticket);
              setHeld(undefined);
              go("/visits");
            }}
          />
          <Waiting sheet={sheet} current={call.row.number} />
        </div>
      ) : (
        <Empty description={sheet.published ? "没有要回访的客户" : "公司没有公布回访，没有要回访的客户"} />
      )}
    </>
  );
}

/** The first whom nobody else is calling and who was not called just now; who is better called later comes last. */
function next({ rows, calling }: Sheet, justCalled?: string): Call | undefined {
  const free = rows.filter(({ row }) => !calling[row.number] && row.number !== justCalled);
  return free.find((each) => !isForLater(each)) ?? free[0] ?? rows[0];
}

function Waiting({ sheet: { rows, total, calling }, current }: { sheet: Sheet; current: string }) {
  const [now, later] = [rows.filter((each) => !isForLater(each)), rows.filter(isForLater)];
  return (
    <Card size="small" title={`待回访 ${total} 户`} className="waiting">
      <nav aria-label="待回访">
        <People calls={now} calling={calling} current={current} />
        {later.length > 0 && <strong>过一会儿再打</strong>}
        <People calls={later} calling={calling} current={current} />
        <Cut shown={rows.length} total={total} which="最先到期的" unit="户" />
      </nav>
    </Card>
  );
}

function People({ calls, calling, current }: { calls: Call[]; calling: Sheet["calling"]; current: string }) {
  const outcomeName = useLabels("visits");
  return (
    <ul>
      {calls.map((call) => {
        const { row, tried, last, again_at } = call;
        return (
          <li key={row.number} aria-current={row.number === current}>
            <a href={`#/visits/${row.number}`}>
              {row.phone} {row.subject_label}
            </a>{" "}
            {row.next && <Due at={row.next.due} />}
            {calling[row.number] && <Tag color="processing">工号 {calling[row.number]} 在打</Tag>}
            {last && (
              <small>
                {time(last.at)} 第 {tried} 次：{outcomeName(last.outcome)}
                {isForLater(call) && again_at && `，${spokenTime(again_at)} 再打`}
              </small>
            )}
          </li>
        );
      })}
    </ul>
  );
}
