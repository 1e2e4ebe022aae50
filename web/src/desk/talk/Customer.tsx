import { useQuery } from "@tanstack/react-query";
import { Empty, Tag } from "antd";
import { Cut } from "../Cut";
import { Due } from "../Due";
import { get } from "../server";
import { Told } from "../Told";
import type { Row } from "../tickets/tickets";
import { useLabels } from "../words";

interface Account {
  known_by: "bound" | "channel" | "ticket";
  number: string;
  status_label: string;
  services: string[];
  balance: string;
  arrears: string;
  paid_until: string | null;
  package: string | null;
  address: string | null;
  area_name: string | null;
  important: boolean;
  sample: boolean;
}

interface Area {
  name: string;
  open_for_installation: boolean;
  manager: string;
  manager_title: string | null;
  manager_phone: string | null;
  sample: boolean;
}

interface Panel {
  /** null: the operator's customer system is away */
  accounts: Account[] | null;
  area: Area | null;
  tickets: Row[];
  more_tickets: boolean;
}

const KNOWN_BY = { bound: "已用验证码绑定", channel: "渠道带来的电话", ticket: "工单上的电话，未必是本人" };

/** The accounts, the area and the open matters behind the conversation, as of what was said last; masked. */
export function Customer({ conversation, last }: { conversation: string; last: number }) {
  const found = useQuery({
    queryKey: ["customer", conversation, last],
    queryFn: ({ signal }) => get<Panel>(`/conversations/${conversation}/customer`, signal),
    placeholderData: (before, query) => (query?.queryKey[1] === conversation ? before : undefined), // nobody else's
  });
  const serviceName = useLabels("services");
  return (
    <Told of={found}>
      {({ accounts, area, tickets, more_tickets }) => (
        <>
          <section>
            <h2>账户</h2>
            {accounts === null && <p>客户系统暂时连接不上。</p>}
            {accounts?.length === 0 && <p>没有找到账户。</p>}
            {accounts?.map((account) => (
              <dl key={account.number}>
                <dt>尾号 {account.number}</dt>
                <dd>
                  {account.status_label} {account.important && <Tag color="gold">重要客户</Tag>}
                  {account.sample && <Tag>示例</Tag>}
                </dd>
                <dt>业务</dt>
                <dd>
                  {account.services.map(serviceName).join("、")} {account.package}
                </dd>
                <dt>欠费 / 余额</dt>
                <dd>
                  {account.arrears} / {account.balance} 元{account.paid_until && `，交到 ${account.paid_until}`}
                </dd>
                <dt>地址</dt>
                <dd>{account.address ?? "—"}</dd>
                <dt>依据</dt>
                <dd>{KNOWN_BY[account.known_by]}</dd>
              </dl>
            ))}
          </section>
          {area && (
            <section>
              <h2>片区</h2>
              <p>
                {area.name}：片区经理工号 {area.manager}
                {area.manager_phone && `，${area.manager_phone}`} {area.sample && <Tag>示例</Tag>}
                {!area.open_for_installation && <Tag color="warning">暂未开通安装</Tag>}
              </p>
            </section>
          )}
          <section>
            <h2>工单</h2>
            {tickets.length === 0 && <Empty description="没有工单" image={Empty.PRESENTED_IMAGE_SIMPLE} />}
            <ul>
              {tickets.map((row) => (
                <li key={row.number}>
                  <a href={`#/tickets/${row.number}`}>{row.number}</a> {row.subject_label} {row.status_label}{" "}
                  {row.next && <Due at={row.next.due} />}
                  <small>
                    {" "}
                    首问 {row.owner}，经办 {row.handler}
                  </small>
                </li>
              ))}
            </ul>
            {more_tickets && <Cut shown={tickets.length} which="最近的" unit="张" />}
          </section>
        </>
      )}
    </Told>
  );
}
