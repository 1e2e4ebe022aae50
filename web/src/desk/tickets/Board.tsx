import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert, Table, Tabs, Tag } from "antd";
import { useState } from "react";
import { useLocation, useRoute } from "wouter";
import { time } from "../clock";
import { Due } from "../Due";
import { get, told } from "../server";
import { TicketDrawer } from "./TicketDrawer";
import { type Board as Found, type Row, VIEWS, type View } from "./tickets";

const AT_A_TIME = 50;
const REFRESH = 30_000; // milliseconds

/** 工单: what is to be kept next stands first. */
export default function Board() {
  const [, go] = useLocation();
  const [, found] = useRoute("/tickets/:number");
  const [view, setView] = useState<View>("mine");
  const [page, setPage] = useState(1);
  const board = useQuery({
    queryKey: ["board", view, page],
    queryFn: ({ signal }) =>
      get<Found>(`/tickets/?view=${view}&offset=${(page - 1) * AT_A_TIME}&limit=${AT_A_TIME}`, signal),
    refetchInterval: REFRESH,
    placeholderData: keepPreviousData,
  });

  return (
    <div className="page">
      <h1>工单</h1>
      <Tabs
        activeKey={view}
        onChange={(key) => {
          setView(key as View);
          setPage(1);
        }}
        items={Object.entries(VIEWS).map(([key, label]) => ({ key, label }))}
      />
      {board.isError && <Alert type="error" showIcon title={told(board.error)} />}
      <Table<Row>
        size="small"
        rowKey="number"
        loading={board.isPending}
        dataSource={board.data?.rows}
        scroll={{ x: "max-content" }}
        pagination={{
          current: page,
          pageSize: AT_A_TIME,
          total: board.data?.total,
          onChange: setPage,
          showSizeChanger: false,
          showTotal: (total) => `共 ${total} 张`,
        }}
        columns={[
          {
            title: "工单号",
            render: (_, row) => (
              <a href={`#/tickets/${row.number}`}>
                {row.number}
                {row.urges > 0 && <Tag color="warning">催 {row.urges}</Tag>}
              </a>
            ),
          },
          {
            title: "事项",
            render: (_, row) => (
              <>
                {row.subject_label} {row.grade === "major" && <Tag color="error">重大</Tag>}
              </>
            ),
          },
          { title: "状态", dataIndex: "status_label" },
          {
            title: "下一个时限",
            render: (_, row) =>
              row.next ? (
                <>
                  {row.next.label} <Due at={row.next.due} />
                </>
              ) : (
                "没有在走的时限"
              ),
          },
          { title: "片区", dataIndex: "area_name" },
          { title: "首问责任人", dataIndex: "owner" },
          { title: "经办人", dataIndex: "handler" },
          { title: "客户", render: (_, row) => `${row.phone} ${row.address ?? ""}` },
          { title: "受理", render: (_, row) => time(row.accepted_at) },
        ]}
      />
      <TicketDrawer number={found?.number} close={() => go("/tickets")} />
    </div>
  );
}
