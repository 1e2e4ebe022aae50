import { Button, Card } from "@chatui/core";
import { dueTime, span, useNow } from "./clock";
import type { Promised, TicketCard } from "./messages";

/** 261129 0001 4, as it is written everywhere. */
function spaced(number: string): string {
  return number.replace(/^(\d{6})(\d{4})(\d)$/, "$1 $2 $3");
}

export function Ticket({ card, onSay }: { card: TicketCard; onSay: (text: string) => void }) {
  const number = spaced(card.number);
  return (
    <Card className="chat-ticket" role="group" aria-label={`工单 ${number}`}>
      <p className="chat-ticket-number">
        工单 <strong>{number}</strong>
      </p>
      <ul>
        {card.promises.map((promised) => (
          <Limit key={promised.label} promised={promised} />
        ))}
      </ul>
      <p>
        首问责任人：工号 {card.owner}，电话 {card.owner_phone}
        {card.sample && "（示例）"}
      </p>
      <Button size="sm" onClick={() => onSay(`查一下工单 ${number} 的进度`)}>
        查进度
      </Button>
    </Card>
  );
}

function Limit({ promised: { label, due, reason, mark } }: { promised: Promised }) {
  return (
    <li>
      <span className="chat-promise">
        {label}
        {mark}
      </span>
      {due ? <Countdown due={new Date(due)} /> : <span>{reason ?? "没有公布时限"}</span>}
    </li>
  );
}

/** A card stands as it was told: whether it was done in time since then, only the progress says. */
function Countdown({ due }: { due: Date }) {
  const left = due.getTime() - useNow().getTime();
  return (
    <span>
      最迟 {dueTime(due)} 前
      <span role="timer" className={left < 0 ? "chat-countdown chat-overdue" : "chat-countdown"}>
        {left < 0 ? `承诺时间已过 ${span(-left)}，办好没有请查进度` : `还剩 ${span(left)}`}
      </span>
    </span>
  );
}
