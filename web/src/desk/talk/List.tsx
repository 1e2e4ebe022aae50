import { PhoneOutlined } from "@ant-design/icons";
import { App, Badge, Button, Empty, Segmented, Tag } from "antd";
import { span, useSince } from "../clock";
import { told } from "../server";
import { useLabels } from "../words";
import type { Conversation } from "./conversations";
import type { Shelf, Shelves } from "./shelves";

interface Given {
  shelf: Shelf;
  setShelf: (shelf: Shelf) => void;
  shelves: Shelves;
  chosen?: string;
  choose: (conversation: string) => void;
  typing: ReadonlySet<string>;
  earlier?: () => Promise<void>;
}

export function List({ shelf, setShelf, shelves, chosen, choose, typing, earlier }: Given) {
  const { message } = App.useApp();
  const channelName = useLabels("channels");
  const unread = shelves.mine.reduce((sum, each) => sum + each.unread, 0);
  return (
    <nav aria-label="对话" className="list">
      <Segmented<Shelf>
        block
        value={shelf}
        onChange={setShelf}
        options={[
          { value: "queued", label: `排队 ${shelves.queued.length}` },
          {
            value: "mine",
            label: (
              <Badge count={unread} size="small" offset={[8, 0]}>
                我的 {shelves.mine.length}
              </Badge>
            ),
          },
          { value: "all", label: "全部" },
        ]}
      />
      {shelves[shelf].length === 0 && <Empty description="没有对话" image={Empty.PRESENTED_IMAGE_SIMPLE} />}
      <ul>
        {shelves[shelf].map((each) => (
          <li key={each.conversation}>
            <button type="button" aria-current={each.conversation === chosen} onClick={() => choose(each.conversation)}>
              <span className="line">
                <strong>
                  {each.kind === "call" && <PhoneOutlined />} {each.phone ?? "未留电话"}
                </strong>
                <small>{channelName(each.channel)}</small>
                <Standing conversation={each} />
                {each.unread > 0 && <Badge count={each.unread} size="small" />}
              </span>
              <span className="said">{typing.has(each.conversation) ? "正在输入…" : each.last?.text}</span>
              {each.state === "queued" && <Waiting conversation={each} />}
              {shelf === "mine" && each.waiting_since && (
                <Unanswered since={each.waiting_since} late={each.nudged_at !== null} />
              )}
            </button>
          </li>
        ))}
      </ul>
      {shelf === "all" && earlier && (
        <Button block onClick={() => earlier().catch((error) => message.error(told(error)))}>
          更早的对话
        </Button>
      )}
    </nav>
  );
}

export function Standing({ conversation }: { conversation: Conversation }) {
  const { state, agent } = conversation;
  const stateName = useLabels("conversations");
  const colour = { bot: "default", queued: "warning", agent: "processing", closed: "default" }[state];
  return <Tag color={colour}>{state === "agent" && agent ? `工号 ${agent}` : stateName(state)}</Tag>;
}

/** `late`: the agent was nudged, and will lose the customer to somebody else. */
function Unanswered({ since, late }: { since: string; late: boolean }) {
  return <small className={late ? "late" : undefined}>等您回复 {span(useSince(since))}</small>;
}

function Waiting({ conversation: { queued_at, ahead, reason_text, wanted, team } }: { conversation: Conversation }) {
  const waited = useSince(queued_at ?? new Date().toISOString());
  const place = ahead === null ? "" : `第 ${ahead + 1} 位，`;
  const whom = wanted ? `，先留给工号 ${wanted}` : team ? "，先留给指定部门" : "";
  return (
    <small>
      {place}已等 {span(waited)}
      {reason_text && `，${reason_text}`}
      {whom}
    </small>
  );
}
