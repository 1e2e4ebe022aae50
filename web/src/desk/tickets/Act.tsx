import { Button, Checkbox, DatePicker, Form, Input, Modal, Radio, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { newId } from "../../chat/ids";
import { Colleague } from "../Colleague";
import { useAct } from "../useAct";
import { options, useWords } from "../words";
import { FIELDS, type Field } from "./fields";
import type { Offer, Ticket } from "./tickets";

const DONE_OR_NOT = [
  { value: true, label: "做到了" },
  { value: false, label: "没做到" },
];

interface Given {
  ticket: Ticket;
  offer: Offer;
  close: () => void;
}

/** One act on the ticket, with the reason where the rule asks for one. Its id makes sending it twice harmless. */
export function Act({ ticket, offer, close }: Given) {
  const [id] = useState(newId);
  const act = useAct(["ticket", "board"], close);
  const [form] = Form.useForm();
  const chosen = Form.useWatch([], form);
  const fields = (FIELDS[offer.verb] ?? []).filter(({ where }) => !where || where.is.includes(chosen?.[where.name]));
  return (
    <Modal open title={offer.label} footer={null} onCancel={close} destroyOnHidden>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(given) =>
          act.mutate({
            path: `/tickets/${ticket.row.number}/acts/${offer.verb}`,
            body: { request_id: id, ...sent(fields, given), reason: given.reason ?? "" },
          })
        }
      >
        {fields.map((field) => (
          <Asked key={field.name} field={field} />
        ))}
        <Form.Item
          name="reason"
          label={offer.needs_reason ? "原因（必填）" : "说明"}
          rules={[{ required: offer.needs_reason, message: "这一步要写明原因" }]}
        >
          <Input.TextArea rows={3} maxLength={1900} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={act.isPending}>
          {offer.label}
        </Button>
      </Form>
    </Modal>
  );
}

function Asked({ field }: { field: Field }) {
  const { name, label, kind, choices, from, optional } = field;
  const words = useWords();
  if (kind === "flag") {
    return (
      <Form.Item name={name} valuePropName="checked" initialValue={false}>
        <Checkbox>{label}</Checkbox>
      </Form.Item>
    );
  }
  if (kind === "each") {
    return options(from && words.data?.[from]).map(({ value, label }) => (
      <Form.Item key={value} name={[name, value]} label={label}>
        <Radio.Group options={DONE_OR_NOT} />
      </Form.Item>
    ));
  }
  return (
    <Form.Item name={name} label={label} rules={[{ required: !optional, message: `请填${label}` }]}>
      {kind === "choice" ? (
        <Select options={from ? options(words.data?.[from]) : choices} allowClear={optional} />
      ) : kind === "moment" || kind === "past" ? (
        <DatePicker
          showTime={{ format: "HH:mm" }}
          format="YYYY-MM-DD HH:mm"
          {...(kind === "past" ? { maxDate: dayjs() } : { minDate: dayjs() })}
        />
      ) : kind === "colleague" ? (
        <Colleague optional={optional} anybody />
      ) : (
        <Input maxLength={1900} />
      )}
    </Form.Item>
  );
}

function sent(fields: Field[], given: Record<string, unknown>): Record<string, unknown> {
  const values = fields.map(({ name, kind, many }) => {
    const value = given[name];
    if (many && value) return [name, [value]];
    if (kind === "list" && value)
      return [
        name,
        String(value)
          .split(/[、,，;；]/)
          .filter(Boolean),
      ];
    return [name, value];
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined && value !== ""));
}
