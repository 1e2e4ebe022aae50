import { useCallback, useRef } from "react";
import { send } from "../server";

const AT_MOST_EVERY = 3_000; // milliseconds

/** Lets the customer know that the agent is typing, now and then. */
export function useTyping(conversation: string): () => void {
  const told = useRef(0);
  return useCallback(() => {
    if (Date.now() - told.current < AT_MOST_EVERY) return;
    told.current = Date.now();
    send("POST", `/conversations/${conversation}/typing`).catch(() => undefined); // only a courtesy
  }, [conversation]);
}
