import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button, Card, DatePicker, Empty, Flex, Form, Input, Select, Tag } from "antd";
import type { Dayjs } from "dayjs";
import { time, useSince } from "../clock";
import { get } from "../server";
import { useSession } from "../session";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { options, useLabels, useWords } from "../words";

interface Declaration {
  number: number;
  area: string;
  cause: string;
  starts_at: string;
  until: string;
  declared_by: string;
  declared_at: string;
}

interface Given {
  area: string;
  cause: string;
  starts_at: Dayjs;
  until: Dayjs;
}

/** 不可抗力 (R1.18), where the charter gives it: what ran out in that area and span is not counted as late. */
export function ForceMajeure({ excepted }: { excepted: string[] }) {
  const session = useSession();
  const [form] = Form.useForm<Given>();
  const words = useWords();
  const found = useQuery({
    queryKey: ["force-majeure"],
    queryFn: ({ signal }) => get<Declaration[]>("/force-majeure", signal),
  });
  const { modal } = App.useApp();
  const areaName = useLabels("areas");
  const declare = useAct(["force-majeure", "board", "ticket"], () => form.resetFields());

  // Enter in a field sends the form, too; what can't be taken back is asked for once more.
  const ask = ({ starts_at, until, ...given }: Given) =>
    modal.confirm({
      title: `声明${areaName(given.area)}不可抗力？`,
      content: `${time(starts_at.toISOString())} 至 ${time(until.toISOString())}。声明后不能撤回。`,
      okText: "确认声明",
      autoFocusButton: "cancel",
      onOk: () =>
        declare.mutate({
          path: "/force-majeure",
          body: { ...given, starts_at: starts_at.toISOString(), until: until.toISOString() },
        }),
    });

  return (
    <Flex vertical gap="middle">
      <Alert type="info" showIcon title={`只对${excepted.join("、")}：逾期不计，时限不变。`} />
      {session.role === "leader" && (
        <Card title="声明不可抗力">
          <Form<Given> form={form} layout="vertical" requiredMark={false} onFinish={ask}>
            <Form.Item name="area" label="片区" rules={[{ required: true, message: "请选片区" }]}>
              <Select showSearch={{ optionFilterProp: "label" }} options={options(words.data?.areas)} />
            </Form.Item>
            <Form.Item name="cause" label="原因" rules={[{ required: true, message: "请填原因" }]}>
              <Input maxLength={1900} />
            </Form.Item>
            <Form.Item name="starts_at" label="开始" rules={[{ required: true, message: "请选时间" }]}>
              <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" />
            </Form.Item>
            <Form.Item name="until" label="结束" rules={[{ required: true, message: "请选时间" }]}>
              <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={declare.isPending}>
              声明
            </Button>
          </Form>
        </Card>
      )}
      <Told of={found}>
        {(declarations) =>
          declarations.length === 0 ? (
            <Empty description="没有声明过不可抗力" />
          ) : (
            [...declarations]
              .sort((one, other) => other.number - one.number)
              .map((each) => <Declared key={each.number} declaration={each} />)
          )
        }
      </Told>
    </Flex>
  );
}

function Declared({ declaration }: { declaration: Declaration }) {
  const { area, cause, starts_at, until, declared_by, declared_at } = declaration;
  const areaName = useLabels("areas");
  return (
    <Card size="small" title={areaName(area)} extra={<Standing from={starts_at} until={until} />}>
      {cause}，{time(starts_at)} 至 {time(until)}，工号 {declared_by} 于 {time(declared_at)} 声明
    </Card>
  );
}

function Standing({ from, until }: { from: string; until: string }) {
  const [begun, over] = [useSince(from) >= 0, useSince(until) >= 0];
  if (over) return <Tag>已结束</Tag>;
  return begun ? <Tag color="processing">有效</Tag> : <Tag>未开始</Tag>;
}
