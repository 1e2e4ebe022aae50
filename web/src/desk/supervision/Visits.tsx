import { Button, Empty, Table, Tag } from "antd";
import { type Behind, type Coverage, percent } from "./figures";

/** Return visits beside the rate that the charter gives. */
export function Visits({ visits, open }: { visits: Coverage[]; open: (behind: Behind) => void }) {
  if (!visits.length) return <Empty description="服务章程没有公布回访比例" image={Empty.PRESENTED_IMAGE_SIMPLE} />;
  const figure = (value: number, behind: string, each: Coverage, what: string) => (
    <Button
      type="link"
      size="small"
      onClick={() => open({ behind, title: `${each.name}：${what}`, visit_rule: each.visit_rule })}
    >
      {value}
    </Button>
  );
  return (
    <Table<Coverage>
      size="small"
      rowKey="visit_rule"
      dataSource={visits}
      pagination={false}
      scroll={{ x: "max-content" }}
      columns={[
        { title: "回访规则", dataIndex: "name" },
        {
          title: "章程比例",
          align: "right",
          render: (_, each) => (
            <>
              {each.published === null ? "没有公布" : `${each.published}%`} {each.rule && <Tag>{each.rule}</Tag>}
            </>
          ),
        },
        {
          title: "实际覆盖",
          align: "right",
          render: (_, { covered, published }) => {
            const short = covered.percent !== null && published !== null && covered.percent < published;
            return short ? <Tag color="error">{percent(covered)} 未达到</Tag> : percent(covered);
          },
        },
        { title: "已处理", align: "right", render: (_, each) => figure(each.settled, "settled", each, "已处理") },
        { title: "已回访", align: "right", render: (_, each) => figure(each.visited, "visited", each, "已回访") },
        { title: "待回访", align: "right", render: (_, each) => figure(each.waits, "visit_waits", each, "待回访") },
        {
          title: "没联系上",
          align: "right",
          render: (_, each) => figure(each.not_reached, "not_reached", each, "没有联系上"),
        },
      ]}
    />
  );
}
