import { Button, Card, DatePicker, Descriptions, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { newId } from "../../chat/ids";
import { Colleague } from "../Colleague";
import { Due } from "../Due";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { options, useWords } from "../words";
import { keyOf, useGreeting } from "./greeting";
import { MatterSelect } from "./MatterSelect";
import { WhatToTell } from "./WhatToTell";

interface Given {
  matter: string;
  service?: string;
  description: string;
  contact_phone: string;
  address?: string;
  wished_at?: Dayjs;
  present?: string[];
}

interface Receipt {
  ticket_number: string;
  owner: { job_number: string; phone: string };
  promises: { label: string; due: string | null; reason: string | null }[];
}

/** 预受理: accepted at the counter, with the same promises as on any other channel. */
export function Acceptance() {
  const [form] = Form.useForm<Given>();
  const [id, setId] = useState(newId);
  const [receipt, setReceipt] = useState<Receipt>();
  const greets = useGreeting();
  const words = useWords();
  const act = useAct<Receipt>(["greeting", "board"], (filed) => {
    setReceipt(filed);
    setId(newId());
    form.resetFields();
  });
  const key = Form.useWatch("matter", form);

  return (
    <Told of={greets}>
      {({ matters }) => {
        const matter = matters.find((each) => keyOf(each) === key);
        return (
          <Card>
            {receipt && <Filed receipt={receipt} />}
            <Form<Given>
              form={form}
              layout="vertical"
              requiredMark={false}
              onFinish={({ matter: _, ...given }) =>
                matter &&
                act.mutate({
                  path: "/hall/acceptances",
                  body: { id, ticket_type: matter.ticket_type, subject: matter.subject, ...given },
                })
              }
            >
              <Form.Item name="matter" label="事项" rules={[{ required: true, message: "请选事项" }]}>
                <MatterSelect matters={matters} />
              </Form.Item>
              {matter && <WhatToTell matter={matter} />}
              {matter?.ticket_type === "fault" && (
                <Form.Item name="service" label="哪项服务" rules={[{ required: true, message: "请选服务" }]}>
                  <Select showSearch={{ optionFilterProp: "label" }} options={options(words.data?.services)} />
                </Form.Item>
              )}
              <Form.Item name="description" label="客户说" rules={[{ required: true, message: "请记下客户说的" }]}>
                <Input.TextArea rows={3} maxLength={1900} />
              </Form.Item>
              <Form.Item name="contact_phone" label="联系电话" rules={[{ required: true, message: "请填电话" }]}>
                <Input inputMode="tel" />
              </Form.Item>
              <Form.Item name="address" label="地址">
                <Input maxLength={200} />
              </Form.Item>
              <Form.Item name="wished_at" label="客户希望什么时候上门">
                <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" minDate={dayjs()} />
              </Form.Item>
              <Form.Item name="present" label="同在柜台接待的同事（职级最高的人为首问责任人）">
                <Colleague many optional />
              </Form.Item>
              <Button type="primary" htmlType="submit" loading={act.isPending}>
                受理
              </Button>
            </Form>
          </Card>
        );
      }}
    </Told>
  );
}

function Filed({ receipt }: { receipt: Receipt }) {
  return (
    <Descriptions title="已受理，请告诉客户" size="small" column={1} bordered className="tell">
      <Descriptions.Item label="工单号">{receipt.ticket_number}</Descriptions.Item>
      <Descriptions.Item label="首问责任人">
        工号 {receipt.owner.job_number}，{receipt.owner.phone}
      </Descriptions.Item>
      {receipt.promises.map(({ label, due, reason }) => (
        <Descriptions.Item key={label} label={label}>
          {due ? <Due at={due} /> : (reason ?? "没有公布时限")}
        </Descriptions.Item>
      ))}
    </Descriptions>
  );
}
