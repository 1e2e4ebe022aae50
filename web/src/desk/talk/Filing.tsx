import { useQuery } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, Select } from "antd";
import { spokenTime } from "../clock";
import { get } from "../server";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { options, useWords } from "../words";
import { sentWithControl } from "./keys";

export interface Draft {
  matter_id: string;
  ticket_type: string | null;
  subject: string | null;
  service: string | null;
  description: string;
  address: string | null;
  /** the last four digits of the phone that the channel knows */
  phone_known: string | null;
  /** said in the conversation */
  contact_phone: string | null;
  attachments: string[];
  owner: string;
}

interface Receipt {
  ticket_number: string;
  already_filed: boolean;
  already_open: boolean;
  owner: { job_number: string; phone: string };
  promises: { label: string; due: string | null }[];
}

interface Given {
  conversation: string;
  close: () => void;
  /** puts what the customer is to be told before the agent */
  tell?: (words: string) => void;
}

/** 建单, with everything already known; the same draft sent twice is one ticket. */
export function Filing({ conversation, close, tell }: Given) {
  const { message } = App.useApp();
  const [form] = Form.useForm();
  const type = Form.useWatch("ticket_type", form);
  const draft = useQuery({
    queryKey: ["draft", conversation],
    queryFn: ({ signal }) => get<Draft>(`/conversations/${conversation}/draft`, signal),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY, // what is filled in stays one draft, however long it takes
  });
  const words = useWords();
  const missing = draft.data && firstMissing(draft.data);
  const file = useAct<Receipt>(["customer", "board"], (receipt) => {
    const { ticket_number, already_filed, already_open } = receipt;
    message.success(
      already_filed || already_open ? `已有工单 ${ticket_number}，没有重复建单` : `已建单 ${ticket_number}`,
    );
    close();
    tell?.(toTell(receipt));
  });
  return (
    <Modal open title="建单" footer={null} onCancel={close} destroyOnHidden>
      <Told of={draft}>
        {(known) => (
          <Told of={words}>
            {({ types, subjects, services }) => (
              <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                scrollToFirstError={{ focus: true }}
                onKeyDown={sentWithControl}
                initialValues={known}
                onFinish={({ contact_phone, address, service, ...given }) =>
                  file.mutate({
                    path: `/conversations/${conversation}/tickets`,
                    body: {
                      ...given,
                      matter_id: known.matter_id,
                      attachments: known.attachments,
                      contact_phone: contact_phone || null,
                      address: address || null,
                      service: given.ticket_type === "fault" ? service || null : null,
                    },
                  })
                }
              >
                <Form.Item name="ticket_type" label="类别" rules={[{ required: true, message: "请选类别" }]}>
                  <Select
                    autoFocus={missing === "ticket_type"}
                    options={options(types)}
                    onChange={() => form.setFieldValue("subject", undefined)}
                  />
                </Form.Item>
                <Form.Item name="subject" label="事由" rules={[{ required: true, message: "请选事由" }]}>
                  <Select
                    autoFocus={missing === "subject"}
                    options={options(subjects[type ?? known.ticket_type ?? ""] ?? {})}
                  />
                </Form.Item>
                {type === "fault" && (
                  <Form.Item name="service" label="哪项服务" rules={[{ required: true, message: "请选服务" }]}>
                    <Select autoFocus={missing === "service"} options={options(services)} />
                  </Form.Item>
                )}
                <Form.Item name="description" label="客户说" rules={[{ required: true, message: "请写内容" }]}>
                  <Input.TextArea rows={3} maxLength={2000} />
                </Form.Item>
                <Form.Item name="address" label="地址">
                  <Input />
                </Form.Item>
                <Form.Item
                  name="contact_phone"
                  label={known.phone_known ? `联系电话（空着就用尾号 ${known.phone_known}）` : "联系电话"}
                  rules={[{ required: !known.phone_known, message: "请填电话" }]}
                >
                  <Input autoFocus={missing === "contact_phone"} inputMode="tel" />
                </Form.Item>
                <p>首问责任人 工号 {known.owner}</p>
                <Button autoFocus={!missing} type="primary" htmlType="submit" block loading={file.isPending}>
                  建单
                </Button>
              </Form>
            )}
          </Told>
        )}
      </Told>
    </Modal>
  );
}

function firstMissing(known: Draft): keyof Draft | undefined {
  if (!known.ticket_type) return "ticket_type";
  if (!known.subject) return "subject";
  if (known.ticket_type === "fault" && !known.service) return "service";
  return known.contact_phone || known.phone_known ? undefined : "contact_phone";
}

/** The number, by when, and who is answerable. */
function toTell({ ticket_number, already_filed, already_open, owner, promises }: Receipt): string {
  const filed = already_filed || already_open ? "您的事已经有工单" : "已经为您登记，工单号";
  const due = promises.flatMap(({ label, due }) => (due ? `${label}最迟 ${spokenTime(due)}` : []));
  const number = [ticket_number.slice(0, 6), ticket_number.slice(6, 10), ticket_number.slice(10)].join(" ");
  return `${[`${filed} ${number}`, ...due].join("，")}。首问责任人工号 ${owner.job_number}，电话 ${owner.phone}。`;
}
