import { Button, Form, Input, Modal } from "antd";
import type { ReactNode } from "react";

interface Given {
  title: string;
  label: string;
  busy: boolean;
  close: () => void;
  say: (given: { text: string } & Record<string, unknown>) => void;
  children?: ReactNode;
}

/** A step that is taken with a few words. */
export function Words({ title, label, busy, close, say, children }: Given) {
  return (
    <Modal open title={title} footer={null} onCancel={close} destroyOnHidden>
      <Form layout="vertical" requiredMark={false} onFinish={say}>
        {children}
        <Form.Item name="text" label={label} rules={[{ required: true, message: `请填${label}` }]}>
          <Input.TextArea autoFocus rows={3} maxLength={1900} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {title}
        </Button>
      </Form>
    </Modal>
  );
}
