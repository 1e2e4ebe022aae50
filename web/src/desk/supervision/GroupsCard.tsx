import { Button, Table, theme } from "antd";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { type Behind, type Group, missed, percent, type Rate } from "./figures";

const ROW_HEIGHT = 34;
const AXIS_HEIGHT = 40;

interface Given {
  groups: Group[];
  by: "matters" | "areas" | "departments";
  open: (behind: Behind) => void;
}

/** On-time rates as bars, and all the figures as a table. */
export function GroupsCard({ groups, by, open }: Given) {
  const { token } = theme.useToken();
  const bars = groups
    .filter((group) => group.on_time.percent !== null)
    .map((group) => ({ ...group, rate: group.on_time.percent }));
  const narrowed = (group: Group): Omit<Behind, "behind" | "title"> => {
    if (by === "matters") return { ticket_type: group.ticket_type, subject: group.subject };
    return by === "areas" ? { area: group.key } : { department: group.key };
  };
  const figure = (shown: string | number, behind: string, group: Group, what: string) => (
    <Button
      type="link"
      size="small"
      onClick={() => open({ behind, title: `${group.name}：${what}`, ...narrowed(group) })}
    >
      {shown}
    </Button>
  );
  // of an area to its households, of a department those upheld to the tickets it handles
  const complaints = (group: Group, rate: Rate) => (
    <Button
      type="link"
      size="small"
      onClick={() =>
        open(
          by === "areas"
            ? { behind: "tickets", title: `${group.name}：投诉`, area: group.key, ticket_type: "complaint" }
            : { behind: "upheld", title: `${group.name}：投诉属实`, department: group.key },
        )
      }
    >
      {percent(rate)}
    </Button>
  );

  return (
    <>
      {bars.length > 0 && (
        <figure aria-label={`按期率：${bars.map((bar) => `${bar.name} ${bar.rate}%`).join("，")}`}>
          <ResponsiveContainer width="100%" height={bars.length * ROW_HEIGHT + AXIS_HEIGHT}>
            <BarChart data={bars} layout="vertical" margin={{ left: 8, right: 40 }} accessibilityLayer={false}>
              <CartesianGrid stroke={token.colorSplit} horizontal={false} />
              <XAxis type="number" domain={[0, 100]} unit="%" stroke={token.colorTextSecondary} />
              <YAxis type="category" dataKey="name" width="auto" fontSize={12} stroke={token.colorTextSecondary} />
              <Tooltip
                formatter={(value) => [`${value}%`, "按期率"]}
                contentStyle={{ background: token.colorBgElevated, borderColor: token.colorBorder }}
                cursor={{ fill: token.colorFillTertiary }}
              />
              <Bar
                dataKey="rate"
                fill={token.colorPrimary}
                isAnimationActive={false}
                minPointSize={2}
                label={{ position: "right", fill: token.colorTextSecondary, formatter: (rate) => `${rate}%` }}
                onClick={({ payload }) =>
                  open({ behind: "late", title: `${payload.name}：逾期`, ...narrowed(payload) })
                }
              />
            </BarChart>
          </ResponsiveContainer>
        </figure>
      )}
      <Table<Group>
        size="small"
        rowKey={(group) => `${group.ticket_type}:${group.key}`}
        dataSource={groups}
        scroll={{ x: "max-content" }}
        pagination={{ hideOnSinglePage: true, pageSize: 20, showSizeChanger: false }}
        columns={[
          { title: "名称", dataIndex: "name" },
          {
            title: "受理",
            align: "right",
            render: (_, group) => figure(group.tickets, "tickets", group, "受理"),
            sorter: (a, b) => a.tickets - b.tickets,
          },
          {
            title: "按期率",
            align: "right",
            render: (_, group) => figure(percent(group.on_time), "late", group, `逾期 ${missed(group.on_time)} 项承诺`),
            sorter: (a, b) => (a.on_time.percent ?? -1) - (b.on_time.percent ?? -1),
          },
          {
            title: "及时回复率",
            align: "right",
            render: (_, group) =>
              group.replied
                ? figure(percent(group.replied), "answered_late", group, `没有及时回复 ${missed(group.replied)}`)
                : percent(null),
          },
          {
            title: "满意率",
            align: "right",
            render: (_, group) => figure(percent(group.satisfied), "marked", group, "有满意度评分"),
          },
          ...(by === "matters"
            ? []
            : [
                {
                  title: "投诉率",
                  align: "right" as const,
                  render: (_: unknown, group: Group) =>
                    group.complaint_rate ? complaints(group, group.complaint_rate) : "—",
                },
                {
                  title: "临期",
                  align: "right" as const,
                  render: (_: unknown, group: Group) => figure(group.at_risk ?? 0, "at_risk", group, "临期"),
                },
                {
                  title: "逾期未兑现",
                  align: "right" as const,
                  render: (_: unknown, group: Group) => figure(group.overdue ?? 0, "overdue", group, "逾期未兑现"),
                },
              ]),
        ]}
      />
    </>
  );
}
