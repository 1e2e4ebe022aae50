/** The chat, for whatever page wants it: `mount(element, {operator})`. */

import "@chatui/core/dist/index.css";
import "./chat.css";
import { createRoot } from "react-dom/client";
import { Chat } from "./Chat";
import { Conversation } from "./conversation";
import { Memory } from "./memory";
import { Server } from "./server";
import { Signs } from "./signs";

export interface Options {
  /** where the bot is, if it is not where the page comes from */
  origin?: string;
  /** its name, as customers know it */
  operator?: string;
}

/** Fills `element`, which has a height. Returns what takes it away again. */
export function mount(element: HTMLElement, { origin = "", operator }: Options): () => void {
  const memory = new Memory();
  const server = new Server(origin);
  const conversation = new Conversation(server, memory);
  const signs = new Signs(server, memory);
  const root = createRoot(element);
  root.render(<Chat conversation={conversation} server={server} signs={signs} memory={memory} operator={operator} />);
  conversation.start();
  return () => {
    conversation.stop();
    root.unmount();
  };
}
