import { Drawer, Empty, Table, type TableColumnsType } from "antd";

/** What takes points off; `ticket`: of a complaint that was upheld. */
export interface Fault {
  on: string;
  what: string;
  note: string;
  points: number;
  ticket: string | null;
}

export interface Pay {
  why: string;
  yuan: number;
  consequence: string | null;
}

interface Month {
  key: string;
  name: string;
  points: number | null;
  yuan: number | null;
  faults: Fault[];
  paid: Pay[];
}

/** What stands behind somebody's points and yuan of a month. */
export function MonthDrawer({ month, close }: { month?: Month; close: () => void }) {
  return (
    <Drawer
      open={month !== undefined}
      onClose={close}
      size="large"
      title={month && `工号 ${month.key} ${month.name}：得分 ${month.points}，奖扣 ${month.yuan} 元`}
    >
      <h2>扣分的事</h2>
      <Rows
        rows={month?.faults}
        none="没有扣分的事"
        columns={[
          { title: "日期", dataIndex: "on" },
          { title: "事由", render: (_, { what, note }) => (note ? `${what}：${note}` : what) },
          { title: "扣分（扣完为止）", dataIndex: "points", align: "right" },
          { title: "工单", render: (_, { ticket }) => ticket && <a href={`#/tickets/${ticket}`}>{ticket}</a> },
        ]}
      />
      <h2>奖扣的钱</h2>
      <Rows
        rows={month?.paid}
        none="没有奖扣"
        columns={[
          { title: "为什么", dataIndex: "why" },
          { title: "元", dataIndex: "yuan", align: "right" },
          { title: "后果", render: (_, { consequence }) => consequence ?? "—" },
        ]}
      />
    </Drawer>
  );
}

/** All of a month's rows, in their order. */
function Rows<Row extends object>({
  rows = [],
  none,
  columns,
}: {
  rows?: Row[];
  none: string;
  columns: TableColumnsType<Row>;
}) {
  return (
    <Table<Row>
      size="small"
      rowKey={(row) => rows.indexOf(row)}
      dataSource={rows}
      scroll={{ x: "max-content" }}
      pagination={false}
      locale={{ emptyText: <Empty description={none} image={Empty.PRESENTED_IMAGE_SIMPLE} /> }}
      columns={columns}
    />
  );
}
