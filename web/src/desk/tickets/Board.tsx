import "./board.css";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert, Empty, Flex, Grid, Select, Table, type TableColumnsType, Tabs, Tag } from "antd";
import { useState } from "react";
import { useLocation, useRoute } from "wouter";
import { time } from "../clock";
import { Due } from "../Due";
import { get, told } from "../server";
import { options, useWords } from "../words";
import { TicketDrawer } from "./TicketDrawer";
import { type Board as Found, type Row, VIEWS, type View } from "./tickets";

const AT_A_TIME = 50;
const REFRESH = 30_000; // milliseconds

/** empty: all */
interface Only {
  type: string;
  area: string;
}

const VIEW_OPTIONS = Object.entries(VIEWS).map(([value, label]) => ({ value, label }));
const COLUMNS: TableColumnsType<Row> = [
  { title: "工单号", render: (_, row) => <TicketNumber row={row} /> },
  { title: "事项", render: (_, row) => <Matter row={row} /> },
  { title: "状态", dataIndex: "status_label" },
  { title: "下一个时限", render: (_, row) => <Next row={row} /> },
  { title: "片区", dataIndex: "area_name" },
  { title: "首问责任人", dataIndex: "owner" },
  { title: "经办人", dataIndex: "handler" },
  { title: "客户", render: (_, row) => `${row.phone} ${row.address ?? ""}` },
  { title: "受理", render: (_, row) => time(row.accepted_at) },
];
const ON_A_PHONE: TableColumnsType<Row> = [
  {
    title: "工单",
    render: (_, row) => (
      <>
        <Flex justify="space-between" gap="small">
          <TicketNumber row={row} />
          {row.status_label}
        </Flex>
        <div>
          <Matter row={row} />
        </div>
        <Next row={row} />
        <div>
          {row.area_name} {row.phone} {row.address}
        </div>
        <small>
          首问 {row.owner}，经办 {row.handler}，{time(row.accepted_at)} 受理
        </small>
      </>
    ),
  },
];

/** 工单: what is to be kept next stands first. */
export default function Board() {
  const [, go] = useLocation();
  const [, found] = useRoute("/tickets/:number");
  const { lg: isWide = true } = Grid.useBreakpoint();
  const [view, setView] = useState<View>("mine");
  const [only, setOnly] = useState<Only>({ type: "", area: "" });
  const [page, setPage] = useState(1);
  const words = useWords();
  const board = useQuery({
    queryKey: ["board", view, only, page],
    queryFn: ({ signal }) => get<Found>(`/tickets/?${query(view, only, page)}`, signal),
    refetchInterval: REFRESH,
    placeholderData: keepPreviousData,
  });

  const look = (chosen: string) => {
    setView(chosen as View);
    setPage(1);
  };
  const narrow = (chosen: Partial<Only>) => {
    setOnly({ ...only, ...chosen });
    setPage(1);
  };

  return (
    <div className="page">
      <h1>工单</h1>
      {isWide ? (
        <Tabs
          activeKey={view}
          onChange={look}
          items={VIEW_OPTIONS.map(({ value, label }) => ({ key: value, label }))}
        />
      ) : (
        <Select aria-label="看哪些工单" value={view} onChange={look} options={VIEW_OPTIONS} />
      )}
      <Flex gap="small">
        <Select
          className="narrow"
          aria-label="类别"
          value={only.type}
          onChange={(type) => narrow({ type })}
          options={[{ value: "", label: "全部类别" }, ...options(words.data?.types)]}
        />
        <Select
          className="narrow"
          aria-label="片区"
          showSearch={{ optionFilterProp: "label" }}
          value={only.area}
          onChange={(area) => narrow({ area })}
          options={[{ value: "", label: "全部片区" }, ...options(words.data?.areas)]}
        />
      </Flex>
      {board.isError && <Alert type="error" showIcon title={told(board.error)} />}
      <Table<Row>
        size="small"
        rowKey="number"
        loading={board.isPending}
        dataSource={board.data?.rows}
        scroll={isWide ? { x: "max-content" } : undefined}
        pagination={{
          current: page,
          pageSize: AT_A_TIME,
          total: board.data?.total,
          onChange: setPage,
          showSizeChanger: false,
          showTotal: (total) => `共 ${total} 张`,
        }}
        showHeader={isWide}
        columns={isWide ? COLUMNS : ON_A_PHONE}
        locale={{ emptyText: <Empty description="没有工单" image={Empty.PRESENTED_IMAGE_SIMPLE} /> }}
      />
      <TicketDrawer number={found?.number} close={() => go("/tickets")} />
    </div>
  );
}

function query(view: View, { type, area }: Only, page: number): string {
  const asked = new URLSearchParams({ view, offset: `${(page - 1) * AT_A_TIME}`, limit: `${AT_A_TIME}` });
  if (type) asked.set("type", type);
  if (area) asked.set("area", area);
  return asked.toString();
}

function TicketNumber({ row }: { row: Row }) {
  return (
    <a href={`#/tickets/${row.number}`}>
      {row.number} {row.urges > 0 && <Tag color="warning">催 {row.urges}</Tag>}
    </a>
  );
}

function Matter({ row }: { row: Row }) {
  return (
    <>
      {row.subject_label} {row.grade === "major" && <Tag color="error">重大</Tag>}
    </>
  );
}

function Next({ row: { next } }: { row: Row }) {
  if (!next) return "没有在走的时限";
  return (
    <>
      {next.label} <Due at={next.due} />
    </>
  );
}
