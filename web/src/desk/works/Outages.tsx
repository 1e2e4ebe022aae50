import { useQuery } from "@tanstack/react-query";
import { App, Button, Card, DatePicker, Empty, Flex, Form, Input, Modal, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { spokenTime, time, useSince } from "../clock";
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

const FAULT = "known_outage";

/** What customers of the area are told at once; planned work is announced 24 hours ahead. */
export function Outages() {
  const session = useSession();
  const [form] = Form.useForm<Given>();
  const announces = session.role === "head" || session.role === "leader";
  const found = useQuery({ queryKey: ["outages"], queryFn: ({ signal }) => get<Outage[]>("/outages", signal) });
  const announce = useAct(["outages"], () => form.resetFields());
  const { modal } = App.useApp();
  const words = useWords();
  const [kindName, areaName, serviceName] = [useLabels("outages"), useLabels("areas"), useLabels("services")];

  // Enter in a field sends the form, too; what goes out to customers is asked for once more.
  const ask = ({ starts_at, expected_until, ...given }: Given) => {
    const [from, until] = [starts_at.toISOString(), expected_until?.toISOString() ?? null];
    const toWhom = given.kind === FAULT ? "这个片区的客户一问就会听到。" : "这个片区的客户会收到短信。";
    modal.confirm({
      title: `发布${areaName(given.area)}的${kindName(given.kind)}？`,
      content: `${given.services.map(serviceName).join("、")}，${given.cause}，${spokenTime(from)} 起${
        until ? `，预计 ${spokenTime(until)} 恢复` : ""
      }。${toWhom}`,
      okText: "确认发布",
      autoFocusButton: "cancel",
      onOk: () => announce.mutate({ path: "/outages", body: { ...given, starts_at: from, expected_until: until } }),
    });
  };
  return (
    <Flex vertical gap="middle">
      {announces && (
        <Card title="发公告">
          <Form<Given>
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={{ kind: "maintenance" }}
            onFinish={ask}
          >
            <Form.Item name="kind" label="哪一类">
              <Radio.Group options={options(words.data?.outages)} />
            </Form.Item>
            <Form.Item name="area" label="片区" rules={[{ required: true, message: "请选片区" }]}>
              <Select showSearch={{ optionFilterProp: "label" }} options={options(words.data?.areas)} />
            </Form.Item>
            <Form.Item name="services" label="影响哪些服务" rules={[{ required: true, message: "请选服务" }]}>
              <Select
                mode="multiple"
                showSearch={{ optionFilterProp: "label" }}
                options={options(words.data?.services)}
              />
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
            outages.map((each) => <Announced key={each.number} outage={each} ends={announces} />)
          )
        }
      </Told>
    </Flex>
  );
}

function Announced({ outage, ends }: { outage: Outage; ends: boolean }) {
  const { number, kind, area, services, cause, starts_at, expected_until } = outage;
  const { modal } = App.useApp();
  const [kindName, areaName, serviceName] = [useLabels("outages"), useLabels("areas"), useLabels("services")];
  const end = useAct(["outages"]);
  const [moving, setMoving] = useState(false);
  const begun = useSince(starts_at) >= 0;
  const label = !begun ? "取消" : kind === "change" ? "撤下" : "已恢复";
  const isTold = kind !== FAULT && !begun;
  const ask = () =>
    modal.confirm({
      title: `${areaName(area)}的${kindName(kind)}${label}？`,
      content: isTold ? "收到过短信的客户会再收到一条，说已经取消。" : "以后不再告诉客户。",
      okText: `确认${label}`,
      autoFocusButton: "cancel",
      onOk: () => end.mutate({ path: `/outages/${number}/end` }),
    });
  return (
    <Card size="small" title={`${kindName(kind)}：${areaName(area)}`}>
      <Flex justify="space-between" wrap gap="small">
        <span>
          {services.map(serviceName).join("、")}，{cause}，{time(starts_at)} 起
          {expected_until && `，预计 ${time(expected_until)} 恢复`}
        </span>
        {ends && (
          <Flex gap="small">
            {isTold && (
              <Button size="small" onClick={() => setMoving(true)}>
                改期
              </Button>
            )}
            <Button size="small" loading={end.isPending} onClick={ask}>
              {label}
            </Button>
          </Flex>
        )}
      </Flex>
      {moving && <Moving outage={outage} close={() => setMoving(false)} />}
    </Card>
  );
}

type Moved = Pick<Given, "starts_at" | "expected_until">;

function Moving({ outage, close }: { outage: Outage; close: () => void }) {
  const { number, kind, area, starts_at, expected_until } = outage;
  const [form] = Form.useForm<Moved>();
  const [kindName, areaName] = [useLabels("outages"), useLabels("areas")];
  const move = useAct(["outages"], close);
  return (
    <Modal
      open
      title={`${areaName(area)}的${kindName(kind)}改期`}
      okText="确认改期"
      confirmLoading={move.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form<Moved>
        name="moving"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          starts_at: dayjs(starts_at),
          expected_until: expected_until ? dayjs(expected_until) : undefined,
        }}
        onFinish={(given) =>
          move.mutate({
            path: `/outages/${number}/move`,
            body: {
              starts_at: given.starts_at.toISOString(),
              expected_until: given.expected_until?.toISOString() ?? null,
            },
          })
        }
      >
        <p>收到过短信的客户会再收到一条，说改到什么时候。</p>
        <Form.Item name="starts_at" label="改到什么时候开始" rules={[{ required: true, message: "请选时间" }]}>
          <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" />
        </Form.Item>
        <Form.Item name="expected_until" label="预计什么时候恢复">
          <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
