import "./management.css";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Alert, Button, Empty, Flex, Form, Grid, Input, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { exactTime } from "../clock";
import { get, told } from "../server";
import { options, useLabels, useWords } from "../words";
import { About } from "./About";

const AT_A_TIME = 50;
const BY_COMMAND = "command";

export interface Row {
  id: number;
  at: string;
  /** a job number, or BY_COMMAND */
  who: string;
  act: string;
  about: string;
  reason: string;
}

interface Wanted {
  who?: string;
  act?: string;
  about?: string;
}

/** 审计: who did what or looked at whom, the newest first. */
export function Audit() {
  const { lg: isWide = true } = Grid.useBreakpoint();
  const [wanted, setWanted] = useState<Wanted>({});
  const words = useWords();
  const [deedName, reasonName] = [useLabels("deeds"), useLabels("contact_reasons")];
  const found = useInfiniteQuery({
    queryKey: ["audit", wanted],
    queryFn: ({ pageParam, signal }) => get<Row[]>(`/audit?${query(wanted, pageParam)}`, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (rows) => (rows.length === AT_A_TIME ? rows.at(-1)?.id : undefined),
  });
  const who = ({ who }: Row) => (who === BY_COMMAND ? "命令行" : `工号 ${who}`);
  const columns: TableColumnsType<Row> = isWide
    ? [
        { title: "时间", render: (_, row) => exactTime(row.at) },
        { title: "谁", render: (_, row) => who(row) },
        { title: "做了什么", render: (_, row) => deedName(row.act) },
        { title: "关于", render: (_, row) => <About row={row} /> },
        { title: "用途", render: (_, row) => row.reason && reasonName(row.reason) },
      ]
    : [
        {
          title: "审计",
          render: (_, row) => (
            <>
              <div>
                {who(row)} {deedName(row.act)}
                {row.reason && `（${reasonName(row.reason)}）`}
              </div>
              <Flex justify="space-between" gap="small">
                <About row={row} />
                <small>{exactTime(row.at)}</small>
              </Flex>
            </>
          ),
        },
      ];

  return (
    <Flex vertical gap="middle">
      <Form<Wanted> className="filter" onFinish={setWanted} aria-label="筛选">
        <Form.Item name="who" label="工号">
          <Input allowClear />
        </Form.Item>
        <Form.Item name="act" label="做了什么">
          <Select showSearch={{ optionFilterProp: "label" }} allowClear options={options(words.data?.deeds)} />
        </Form.Item>
        <Form.Item name="about" label="关于（工单号、工号）">
          <Input allowClear />
        </Form.Item>
        <Flex gap="small">
          <Button type="primary" htmlType="submit" loading={found.isFetching && !found.isFetchingNextPage}>
            查
          </Button>
          <Button htmlType="reset" onClick={() => setWanted({})}>
            全部
          </Button>
        </Flex>
      </Form>
      {found.isError && <Alert type="error" showIcon title={told(found.error)} />}
      <Table<Row>
        size="small"
        rowKey="id"
        loading={found.isPending}
        dataSource={found.data?.pages.flat()}
        columns={columns}
        showHeader={isWide}
        pagination={false}
        locale={{ emptyText: <Empty description="没有记录" image={Empty.PRESENTED_IMAGE_SIMPLE} /> }}
      />
      {found.hasNextPage && (
        <Button className="alone" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          更早的
        </Button>
      )}
    </Flex>
  );
}

function query(wanted: Wanted, before: number | undefined): string {
  const asked = new URLSearchParams({ limit: `${AT_A_TIME}` });
  for (const [name, value] of Object.entries(wanted)) if (value?.trim()) asked.set(name, value.trim());
  if (before !== undefined) asked.set("before", `${before}`);
  return asked.toString();
}
