import { Card, Flex, Statistic } from "antd";
import { type Behind, type Figures, missed, percent } from "./figures";

/** The figures of everything, as large as they deserve. */
export function Headline({ figures, open }: { figures: Figures; open: (behind: Behind) => void }) {
  const { whole } = figures;
  const risk = figures.warn_at_percent === null ? "" : `（已用 ${figures.warn_at_percent}% 时限）`;
  const told = [
    { title: "受理", value: whole.tickets, behind: "tickets" },
    { title: "按期率", value: percent(whole.on_time), behind: "late", of: `逾期 ${missed(whole.on_time)} 项承诺` },
    { title: `现在临期的承诺${risk}`, value: whole.at_risk ?? 0, behind: "at_risk" },
    { title: "现在逾期未兑现的承诺", value: whole.overdue ?? 0, behind: "overdue", alarms: true },
    { title: "满意率", value: percent(whole.satisfied), behind: "marked" },
    { title: "投诉属实（已追究）", value: figures.upheld, behind: "upheld" },
  ];
  return (
    <Flex wrap gap="middle">
      {told.map(({ title, value, behind, of, alarms }) => (
        <Card key={title} size="small" className="figure">
          <button type="button" onClick={() => open({ behind, title: of ?? title })}>
            <Statistic
              title={title}
              value={value}
              styles={alarms && value ? { content: { color: "var(--ant-color-error-text)" } } : undefined}
            />
          </button>
        </Card>
      ))}
    </Flex>
  );
}
