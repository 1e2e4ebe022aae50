import { Button, Input } from "@chatui/core";
import { type ChangeEvent, type FormEvent, type KeyboardEvent, useRef, useState } from "react";

const MOST_CHARACTERS = 1000; // as in bot/channels/webchat.py
const PERSON = "转人工";

interface Props {
  onSay: (text: string) => void;
  onTyping: () => void;
  onPhoto: (photo: File) => void;
}

/** Where the customer writes; a person can be asked for at any time. */
export function Footer({ onSay, onTyping, onPhoto }: Props) {
  const [text, setText] = useState("");
  const file = useRef<HTMLInputElement>(null);

  function send(event: FormEvent | KeyboardEvent) {
    event.preventDefault();
    if (!text.trim()) return;
    onSay(text.trim());
    setText("");
  }

  function typed(input: string) {
    setText(input.slice(0, MOST_CHARACTERS));
    onTyping();
  }

  function pressed(event: KeyboardEvent) {
    // Enter also ends the choice of a character in an input method.
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
  }

  function chosen(event: ChangeEvent<HTMLInputElement>) {
    const [photo] = event.target.files ?? [];
    event.target.value = ""; // so that the same file can be chosen again
    if (photo) onPhoto(photo);
  }

  return (
    <div className="chat-footer">
      <div className="chat-tools">
        <Button onClick={() => onSay(PERSON)}>{PERSON}</Button>
        <Button onClick={() => file.current?.click()}>发照片</Button>
        <input
          ref={file}
          type="file"
          accept="image/jpeg,image/png,image/webp"
          hidden
          aria-label="选择一张照片"
          onChange={chosen}
        />
      </div>
      <form className="chat-form" onSubmit={send}>
        <Input
          autoSize
          rows={1}
          maxRows={5}
          value={text}
          placeholder="请说您要办的事"
          aria-label="请说您要办的事"
          enterKeyHint="send"
          onChange={typed}
          onKeyDown={pressed}
        />
        <Button type="submit" color="primary" disabled={!text.trim()}>
          发送
        </Button>
      </form>
    </div>
  );
}
