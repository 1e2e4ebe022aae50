import "./door.css";
import { Alert, Button, Card, Form, Input } from "antd";
import { useState } from "react";
import { send, told } from "./server";
import type { Session } from "./session";

interface Given {
  old: string;
  password: string;
  again: string;
}

/** A one-time password opens nothing but this. */
export function NewPassword({ changed }: { changed: (session: Session) => void }) {
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function change({ old, password }: Given) {
    setBusy(true);
    setWrong(undefined);
    try {
      changed(await send<Session>("POST", "/password", { old, new: password }));
    } catch (error) {
      setWrong(told(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className="door">
      <Card title={<h1>请先改密码</h1>}>
        <Form layout="vertical" onFinish={change} requiredMark={false} disabled={busy}>
          <Alert type="info" showIcon title="一次性密码只能用来登录一次，请换成您自己的密码。" />
          {wrong && <Alert type="error" showIcon title={wrong} role="alert" />}
          <Form.Item name="old" label="现在的密码" rules={[{ required: true, message: "请填现在的密码" }]}>
            <Input.Password autoFocus autoComplete="current-password" />
          </Form.Item>
          <Form.Item name="password" label="新密码" rules={[{ required: true, message: "请填新密码" }]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label="再填一次"
            dependencies={["password"]}
            rules={[
              { required: true, message: "请再填一次" },
              ({ getFieldValue }) => ({
                validator: async (_, value) => {
                  if (value && value !== getFieldValue("password")) throw new Error("两次填的不一样");
                },
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={busy}>
            换密码
          </Button>
        </Form>
      </Card>
    </main>
  );
}
