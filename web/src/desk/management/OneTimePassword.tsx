import "./management.css";
import { Alert, Button, Flex, Modal, Typography } from "antd";
import { useAct } from "../useAct";
import type { Member } from "./Staff";

interface Issued {
  job_number: string;
  one_time_password: string;
}

/** Issued and told once: whoever closes this can only issue another. */
export function OneTimePassword({ member, close }: { member: Member; close: () => void }) {
  const { mutate, data: issued, isPending } = useAct<Issued>(["staff", "audit"]);
  return (
    <Modal
      open
      title={`工号 ${member.job_number} 的一次性密码`}
      footer={null}
      mask={{ closable: false }}
      onCancel={close}
      destroyOnHidden
    >
      {issued ? (
        <Flex vertical gap="middle">
          <Alert type="warning" showIcon title="只显示这一次，请当面或打电话告诉本人。" />
          <Typography.Text className="one-time" code copyable>
            {issued.one_time_password}
          </Typography.Text>
          <Button key="told" type="primary" block autoFocus onClick={close}>
            已告诉本人
          </Button>
        </Flex>
      ) : (
        <>
          <p>
            {member.account && "原来的密码马上作废，正在用的登录会退出。"}
            本人用它登录后，要换成自己的密码。
          </p>
          <Button
            key="issue"
            type="primary"
            block
            autoFocus
            loading={isPending}
            onClick={() => mutate({ path: `/staff/${member.job_number}/password` })}
          >
            发密码
          </Button>
        </>
      )}
    </Modal>
  );
}
