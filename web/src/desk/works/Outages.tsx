import { useQuery } from "@tanstack/react-query";
import { Button, Card, DatePicker, Empty, Flex, Form, Input, Radio, Select } from "antd";
import type { Dayjs } from "dayjs";
import { time } from "../clock";
import { get } from "../server";
import { useSession } from "../session";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { options, useLabels, useWords } from "../words";

interface Outage {
  number: number;
  kind: string;
  area: string;
  services: string[];
  cause: string;
  starts_at: string;
  expected_until: string | null;
}

interface Given {
  kind: string;
  area: string;
  services: string[];
  cause: string;
  starts_at: Dayjs;
  expected_until?: Dayjs;
}

/** What customers of the area are told at once; planned work is announced 24 hours ahead. */
export function Outages() {
  const session = useSession();
  const [form] = Form.useForm<Given>();
  const announces = session.role === "head" || session.role === "leader";
  const found = useQuery({ queryKey: ["outages"], queryFn: ({ signal }) => get<Outage[]>("/outages", signal) });
  const announce = useAct(["outages"], () => form.resetFields());
  const end = useAct(["outages"]);
  const words = useWords();
  const [kindName, areaName, serviceName] = [useLabels("outages"), useLabels("areas"), useLabels("services")];
  return (
    <Flex vertical gap="middle">
      {announces && (
        <Card title="发公告">
          <Form<Given>
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={{ kind: "maintenance" }}
            onFinish={({ starts_at, expected_until, ...given }) =>
              announce.mutate({
                path: "/outages",
                body: {
                  ...given,
                  starts_at: starts_at.toISOString(),
                  expected_until: expected_until?.toISOString() ?? null,
                },
              })
            }
          >
            <Form.Item name="kind" label="哪一类">
              <Radio.Group options={options(words.data?.outages)} />
            </Form.Item>
            <Form.Item name="area" label="片区" rules={[{ required: true, message: "请选片区" }]}>
              <Select showSearch={{ optionFilterProp: "label" }} options={options(words.data?.areas)} />
            </Form.Item>
            <Form.Item name="services" label="影响哪些服务" rules={[{ required: true, message: "请选服务" }]}>
              <Select mode="multiple" options={options(words.data?.services)} />
            </Form.Item>
            <Form.Item name="cause" label="原因（会念给客户听）" rules={[{ required: true, message: "请填原因" }]}>
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item name="starts_at" label="开始" rules={[{ required: true, message: "请选时间" }]}>
              <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" />
            </Form.Item>
            <Form.Item name="expected_until" label="预计恢复">
              <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={announce.isPending}>
              发布
            </Button>
          </Form>
        </Card>
      )}
      <Told of={found}>
        {(outages) =>
          outages.length === 0 ? (
            <Empty description="没有在有效期内的公告" />
          ) : (
            outages.map((each) => (
              <Card key={each.number} size="small" title={`${kindName(each.kind)}：${areaName(each.area)}`}>
                <Flex justify="space-between" wrap gap="small">
                  <span>
                    {each.services.map(serviceName).join("、")}，{each.cause}，{time(each.starts_at)} 起
                    {each.expected_until && `，预计 ${time(each.expected_until)} 恢复`}
                  </span>
                  {announces && (
                    <Button size="small" onClick={() => end.mutate({ path: `/outages/${each.number}/end` })}>
                      已恢复
                    </Button>
                  )}
                </Flex>
              </Card>
            ))
          )
        }
      </Told>
    </Flex>
  );
}
