import { DownloadOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer, Table } from "antd";
import { useEffect, useState } from "react";
import { time } from "../clock";
import { address, get, told } from "../server";
import { useLabels } from "../words";
import { type Behind, behindQuery, counted, type Row, type Span } from "./figures";

const AT_A_TIME = 50;

/** The tickets behind a figure. */
export function BehindDrawer({ span, behind, close }: { span: Span; behind?: Behind; close: () => void }) {
  const [page, setPage] = useState(1);
  const [statusName, areaName] = [useLabels("statuses"), useLabels("areas")];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another figure begins with its first page
  useEffect(() => setPage(1), [behind]);
  const query = behind && behindQuery(span, behind, { offset: `${(page - 1) * AT_A_TIME}`, limit: `${AT_A_TIME}` });
  const found = useQuery({
    queryKey: ["behind", query],
    queryFn: ({ signal }) =>
      get<{ rows: Row[]; total: number; counted: number }>(`/supervision/tickets?${query}`, signal),
    enabled: query !== undefined,
    placeholderData: keepPreviousData,
  });
  return (
    <Drawer
      open={behind !== undefined}
      onClose={close}
      title={behind?.title}
      size="large"
      extra={
        behind && (
          <Button
            size="small"
            icon={<DownloadOutlined />}
            href={address(`/supervision/csv/tickets?${behindQuery(span, behind)}`)}
            download
          >
            导出 CSV
          </Button>
        )
      }
    >
      {found.isError && <Alert type="error" showIcon title={told(found.error)} />}
      <Table<Row>
        size="small"
        rowKey="number"
        loading={found.isFetching}
        dataSource={found.data?.rows}
        scroll={{ x: "max-content" }}
        pagination={{
          current: page,
          pageSize: AT_A_TIME,
          total: found.data?.total,
          onChange: setPage,
          showSizeChanger: false,
          showTotal: (total) => counted(behind?.behind ?? "", total, found.data?.counted ?? total),
        }}
        columns={[
          { title: "工单号", render: (_, row) => <a href={`#/tickets/${row.number}`}>{row.number}</a> },
          { title: "事项", dataIndex: "name" },
          { title: "状态", render: (_, row) => statusName(row.status) },
          { title: "片区", render: (_, row) => row.area && areaName(row.area) },
          { title: "首问责任人", dataIndex: "owner" },
          { title: "办理人", dataIndex: "handler" },
          { title: "受理", render: (_, row) => time(row.accepted_at) },
        ]}
      />
    </Drawer>
  );
}
