import { meaningOf } from "../intents";
import { useLabels } from "../words";
import type { Row } from "./Audit";

const A_TICKET = /^\d{11}$/;
const OF_AN_ACCOUNT = ["signed_in", "signed_out", "password_changed", "password_issued"];

/** What was acted on: a ticket, a conversation, a colleague, or the number of something else. */
export function About({ row: { act, about } }: { row: Row }) {
  const exportName = useLabels("exports");
  if (A_TICKET.test(about)) return <a href={`#/tickets/${about}`}>工单 {about}</a>;
  if (act === "phone_shown" || act === "words_shown") return <a href={`#/talk/${about}`}>会话</a>;
  if (OF_AN_ACCOUNT.includes(act)) return `工号 ${about}`;
  const key = about.replace(/^[a-z_-]+[:/]/, "");
  if (act === "exported") return exportName(key);
  if (act === "gap_marked") return key === "-" ? "不学" : meaningOf(key);
  return /^\d+$/.test(key) ? `${key} 号` : key;
}
