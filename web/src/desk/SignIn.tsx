import "./door.css";
import { Alert, Button, Card, Form, Input } from "antd";
import { useState } from "react";
import { send, told } from "./server";
import type { Session } from "./session";

interface Given {
  job_number: string;
  password: string;
}

interface Door {
  opened: (session: Session) => void;
  /** whose session has ended */
  again?: string;
}

export function SignIn({ opened, again }: Door) {
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function signIn(given: Given) {
    setBusy(true);
    setWrong(undefined);
    try {
      opened(await send<Session>("POST", "/session", given));
    } catch (error) {
      setWrong(told(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className="door">
      <Card title={<h1>坐席工作台</h1>}>
        <Form
          layout="vertical"
          onFinish={signIn}
          requiredMark={false}
          disabled={busy}
          initialValues={{ job_number: again }}
        >
          {again && <Alert type="info" showIcon title="登录已经过期，请再登录一次；写到一半的都还在。" />}
          {wrong && <Alert type="error" showIcon title={wrong} role="alert" />}
          <Form.Item name="job_number" label="工号" rules={[{ required: true, message: "请填工号" }]}>
            <Input autoFocus={!again} autoComplete="username" inputMode="numeric" />
          </Form.Item>
          <Form.Item name="password" label="密码" rules={[{ required: true, message: "请填密码" }]}>
            <Input.Password autoFocus={Boolean(again)} autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={busy}>
            登录
          </Button>
        </Form>
      </Card>
    </main>
  );
}
