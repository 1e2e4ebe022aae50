import { PictureOutlined, SendOutlined } from "@ant-design/icons";
import { Alert, App, Button, Flex, Input, type InputRef } from "antd";
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { newId } from "../../chat/ids";
import { call, Refused, send, told } from "../server";
import { type Drafts, useDraft } from "./drafts";
import { useTyping } from "./typing";

interface Given {
  conversation: string;
  /** also what was chosen elsewhere to be said, to be looked over first */
  drafts: Drafts;
  box: RefObject<InputRef>;
}

const PICTURES = ["image/jpeg", "image/png", "image/webp"];

/** What the agent says. */
export function Composer({ conversation, drafts, box }: Given) {
  const { message } = App.useApp();
  const draft = useDraft(drafts, conversation);
  const setDraft = (text: string) => drafts.write(conversation, text);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const file = useRef<HTMLInputElement>(null);
  const types = useTyping(conversation);

  useEffect(() => box.current?.focus(), [box]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was refused is no longer there
  useEffect(() => setRefused(undefined), [draft]);

  async function say() {
    const text = draft.trim();
    if (!text || busy) return;
    box.current?.focus();
    setBusy(true);
    try {
      await send("POST", `/conversations/${conversation}/messages`, drafts.toSend(conversation, text));
      drafts.sent(conversation, text);
    } catch (error) {
      if (error instanceof Refused && error.status === 422) setRefused(error);
      else message.error(told(error));
    } finally {
      setBusy(false);
    }
  }

  async function show(photo: File) {
    setBusy(true);
    try {
      await call("POST", `/conversations/${conversation}/photos/?id=${newId()}`, { body: photo });
    } catch (error) {
      message.error(told(error));
    } finally {
      setBusy(false);
    }
  }

  function pasted(event: ClipboardEvent) {
    const photo = [...event.clipboardData.files].find((each) => PICTURES.includes(each.type));
    if (!photo) return;
    event.preventDefault();
    void show(photo);
  }

  function pressed(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void say();
  }

  return (
    <div className="composer">
      {refused && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={refused.message}
          action={
            refused.details.better && (
              <Button
                size="small"
                onClick={() => {
                  setDraft(refused.details.better ?? "");
                  box.current?.focus();
                }}
              >
                换成这句
              </Button>
            )
          }
        />
      )}
      <Flex gap="small" align="end">
        <Input.TextArea
          ref={box}
          aria-label="回复客户"
          autoSize={{ minRows: 2, maxRows: 6 }}
          value={draft}
          placeholder="回车发送，Shift+回车换行，可以粘贴图片"
          onChange={(event) => {
            setDraft(event.target.value);
            types();
          }}
          onKeyDown={pressed}
          onPaste={pasted}
        />
        <input
          ref={file}
          type="file"
          accept={PICTURES.join()}
          hidden
          onChange={(event) => {
            const [photo] = event.target.files ?? [];
            if (photo) void show(photo);
            event.target.value = "";
          }}
        />
        <Button icon={<PictureOutlined />} aria-label="发照片" onClick={() => file.current?.click()} />
        <Button type="primary" icon={<SendOutlined />} loading={busy} onClick={say}>
          发送
        </Button>
      </Flex>
    </div>
  );
}
