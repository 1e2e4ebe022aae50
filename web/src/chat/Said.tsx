import { Bubble, Button } from "@chatui/core";
import { saidTime } from "./clock";
import type { Conversation, Pending } from "./conversation";
import { isTicket, type Message, speaker } from "./messages";
import { Photo } from "./Photo";
import { Ticket } from "./Ticket";

interface Props {
  message: Message;
  conversation: Conversation;
  /** nothing was said to it yet: its choices are still offered */
  isOpen: boolean;
  onSay: (text: string) => void;
}

/** One message of the log. */
export function Said({ message, conversation, isOpen, onSay }: Props) {
  const { attachment, card, buttons } = message;
  return (
    <Row who={speaker(message)} mine={message.from === "customer"} system={message.from === "system"} at={message.at}>
      {attachment ? (
        <Bubble type="image">
          <Photo
            alt={message.from === "customer" ? "您发的照片" : "坐席发的照片"}
            load={(signal) => conversation.photo(attachment, signal)}
          />
        </Bubble>
      ) : (
        <Bubble content={message.text} />
      )}
      {isTicket(card) && <Ticket card={card} onSay={onSay} />}
      {isOpen && buttons && (
        <fieldset className="chat-choices">
          <legend>可以选</legend>
          {buttons.map(({ title, payload }) => (
            <Button key={payload} onClick={() => onSay(payload)}>
              {title}
            </Button>
          ))}
        </fieldset>
      )}
    </Row>
  );
}

/** What the customer has written and we do not know to be accepted. */
export function Unsent({ pending, onDrop }: { pending: Pending; onDrop: () => void }) {
  const { photo, refused } = pending;
  return (
    <Row who="我" mine at={pending.at}>
      {photo && !refused ? (
        <Bubble type="image">
          <Photo alt="您发的照片" load={async () => photo} />
        </Bubble>
      ) : (
        <Bubble content={pending.text} />
      )}
      {refused ? (
        <p className="chat-refused">
          没有发出：{refused}
          <Button size="sm" onClick={onDrop}>
            删除
          </Button>
        </p>
      ) : (
        <p className="chat-sending">发送中…</p>
      )}
    </Row>
  );
}

interface RowProps {
  who: string;
  at?: string;
  mine?: boolean;
  system?: boolean;
  children: React.ReactNode;
}

export function Row({ who, at, mine, system, children }: RowProps) {
  const side = mine ? "right" : "left";
  return (
    <div className={`Message ${side} ${system ? "chat-system" : ""}`}>
      <p className="chat-who">
        <span>{who}</span>
        {at && <time dateTime={at}>{saidTime(new Date(at), new Date())}</time>}
      </p>
      {children}
    </div>
  );
}
