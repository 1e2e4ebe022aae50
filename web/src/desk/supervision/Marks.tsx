import { Button, Empty, Flex, theme } from "antd";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from "recharts";

/** How often each mark was given. */
export function Marks({ marks, open }: { marks: number[]; open: (mark: number) => void }) {
  const { token } = theme.useToken();
  const bars = marks.map((times, place) => ({ name: `${place + 1} 分`, mark: place + 1, times }));
  if (!marks.some(Boolean)) return <Empty description="还没有评分" image={Empty.PRESENTED_IMAGE_SIMPLE} />;
  return (
    <>
      <figure aria-label={bars.map((bar) => `${bar.name} ${bar.times} 次`).join("，")}>
        <ResponsiveContainer width="100%" height={180}>
          <BarChart data={bars} accessibilityLayer={false}>
            <CartesianGrid stroke={token.colorSplit} vertical={false} />
            <XAxis dataKey="name" stroke={token.colorTextSecondary} />
            <YAxis allowDecimals={false} width={32} stroke={token.colorTextSecondary} />
            <Bar
              dataKey="times"
              fill={token.colorPrimary}
              isAnimationActive={false}
              onClick={({ payload }) => open(payload.mark)}
              label={{ position: "top", fill: token.colorTextSecondary }}
            />
          </BarChart>
        </ResponsiveContainer>
      </figure>
      <Flex wrap gap="small">
        {bars.map(({ name, times, mark }) => (
          <Button key={mark} type="link" size="small" onClick={() => open(mark)}>
            {name}：{times}
          </Button>
        ))}
      </Flex>
    </>
  );
}
