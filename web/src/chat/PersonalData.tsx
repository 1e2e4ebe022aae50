import { Button } from "@chatui/core";
import { useState } from "react";
import type { Memory } from "./memory";

/** 个人信息: what is kept and why, before the first use; it stays where it can be read again. */
export function PersonalData({ memory, operator }: { memory: Memory; operator?: string }) {
  const [open, setOpen] = useState(!memory.informed);

  function understood() {
    memory.setInformed();
    setOpen(false);
  }

  return (
    <details className="chat-personal" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>个人信息说明</summary>
      <p>
        {operator ?? "我们"}
        会保存您在这里发的文字和照片、发送时间，以及登记时留下的电话和地址，只用来办您的事：上门、联系、回访，有争议时查对。
      </p>
      <p>照片里的拍摄地点等信息不保存。请不要发身份证号、银行卡号和密码。</p>
      <p>本浏览器会记住这次对话，方便您回来接着看。想查看、更正或删除您的信息，请点“转人工”。</p>
      <Button size="sm" onClick={understood}>
        知道了
      </Button>
    </details>
  );
}
