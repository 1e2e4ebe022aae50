import { useMutation } from "@tanstack/react-query";
import { App, Button, Checkbox, Flex, Form, Input, Modal, Select, Tooltip } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { send, told } from "../server";
import { useSession } from "../session";
import { options, useWords } from "../words";
import type { Conversation, Seat } from "./conversations";
import { Filing } from "./Filing";
import { sentWithControl, useAltKeys } from "./keys";

type Asked = "hand-back" | "transfer" | "note" | "file";

interface Given {
  conversation: Conversation;
  seats: Seat[];
  /** a dialog is over: the agent writes on */
  left: () => void;
  /** puts a text before the agent, to be looked over and sent */
  insert?: (text: string) => void;
}

interface Key {
  key: string;
  label: string;
  able: boolean;
  act: () => void;
}

/** What can be done with the conversation as it stands. Each has a key with Alt. */
export function Steps({ conversation, seats, left, insert }: Given) {
  const session = useSession();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<Asked>();
  const path = `/conversations/${conversation.conversation}`;
  const step = useMutation({
    mutationFn: ({ name, body }: { name: string; body?: unknown }) => send("POST", `${path}/${name}`, body ?? {}),
    onSuccess: () => setAsked(undefined),
    onError: (error) => message.error(told(error)),
  });
  const words = useWords();
  const { state, kind } = conversation;
  const serves = session.role !== "supervisor" && kind === "chat";
  const mine = state === "agent" && conversation.agent === session.job_number;
  const steps: Key[] = [
    { key: "j", label: "接入", able: serves && state === "queued", act: () => step.mutate({ name: "claim" }) },
    {
      key: "i",
      label: "主动接管",
      able: serves && (state === "bot" || state === "closed"),
      act: () => step.mutate({ name: "step-in" }),
    },
    { key: "b", label: "交回机器人", able: mine, act: () => setAsked("hand-back") },
    { key: "t", label: "转接", able: mine, act: () => setAsked("transfer") },
    { key: "n", label: "备注", able: session.role !== "supervisor", act: () => setAsked("note") },
    { key: "f", label: "建单", able: session.role !== "supervisor", act: () => setAsked("file") },
    { key: "e", label: "结束", able: mine, act: () => step.mutate({ name: "close" }) },
  ].filter(({ able }) => able);

  useAltKeys(Object.fromEntries(steps.map(({ key, act }) => [`Key${key.toUpperCase()}`, () => pressed(act)])));

  function pressed(act: () => void): boolean {
    if (!asked) act();
    return !asked;
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when a dialog is over
  useEffect(() => {
    if (!asked) left();
  }, [asked]);

  const dialog = (title: string, name: string, children: ReactNode) => (
    <Modal
      open
      title={title}
      footer={null}
      onCancel={() => setAsked(undefined)}
      destroyOnHidden
      focusTriggerAfterClose={false}
    >
      <Form
        layout="vertical"
        requiredMark={false}
        onKeyDown={sentWithControl}
        onFinish={(body) => step.mutate({ name, body })}
      >
        {children}
        <Button type="primary" htmlType="submit" loading={step.isPending} block>
          {title}
        </Button>
      </Form>
    </Modal>
  );

  return (
    <Flex wrap gap="small">
      {steps.map(({ key, label, act }) => (
        <Tooltip key={label} title={`Alt+${key.toUpperCase()}`}>
          <Button
            size="small"
            type={key === "j" ? "primary" : "default"}
            loading={step.isPending && key === "j"}
            aria-keyshortcuts={`Alt+${key.toUpperCase()}`}
            onClick={act}
          >
            {label}
          </Button>
        </Tooltip>
      ))}
      {asked === "hand-back" &&
        dialog(
          "交回机器人",
          "hand-back",
          <>
            <Form.Item
              name="summary"
              label="交代给机器人（客户已经说过什么、谈到哪里）"
              rules={[{ required: true, message: "请写一句，机器人才不会再问一遍" }]}
            >
              <Input.TextArea autoFocus rows={3} maxLength={1000} />
            </Form.Item>
            <Form.Item name="settled" valuePropName="checked" initialValue={false}>
              <Checkbox>这件事已经办完，机器人不用接着办</Checkbox>
            </Form.Item>
          </>,
        )}
      {asked === "transfer" &&
        dialog(
          "转接",
          "transfer",
          <>
            <Form.Item name="team" label="转给部门（谁在线谁接）">
              <Select allowClear options={options(words.data?.departments)} />
            </Form.Item>
            <Form.Item
              name="to"
              label="或者转给在线同事"
              dependencies={["team"]}
              rules={[
                ({ getFieldValue }) => ({
                  validator: async (_, to) => {
                    if (Boolean(to) === Boolean(getFieldValue("team"))) throw new Error("请选一个部门或一位同事");
                  },
                }),
              ]}
            >
              <Select
                autoFocus
                options={seats
                  .filter((seat) => seat.agent !== session.job_number)
                  .map((seat) => ({ value: seat.agent, label: `工号 ${seat.agent}` }))}
                notFoundContent="没有别的同事在线"
              />
            </Form.Item>
            <Form.Item
              name="note"
              label="交接说明（客户不用再说一遍）"
              rules={[{ required: true, message: "请写清楚谈到哪里" }]}
            >
              <Input.TextArea rows={3} maxLength={1000} />
            </Form.Item>
          </>,
        )}
      {asked === "file" && (
        <Filing conversation={conversation.conversation} close={() => setAsked(undefined)} tell={insert} />
      )}
      {asked === "note" &&
        dialog(
          "备注",
          "notes",
          <Form.Item name="text" label="只有同事看得到" rules={[{ required: true, message: "请写备注" }]}>
            <Input.TextArea autoFocus rows={3} maxLength={1000} />
          </Form.Item>,
        )}
    </Flex>
  );
}
