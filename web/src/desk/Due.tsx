import { Tag } from "antd";
import { span, time, useSince } from "./clock";

const SOON = 2 * 3600; // seconds

/** A promise as a countdown; past it, by how much. */
export function Due({ at, done = false }: { at: string; done?: boolean }) {
  const late = useSince(at);
  if (done) return <Tag>{time(at)} 前</Tag>;
  if (late > 0) return <Tag color="error">已逾期 {span(late)}</Tag>;
  return (
    <Tag color={-late < SOON ? "warning" : "processing"} title={`${time(at)} 前`}>
      还有 {span(-late)}
    </Tag>
  );
}
