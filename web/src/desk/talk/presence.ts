/** Whether this agent takes customers: the page says so every 15 seconds, and the wish survives a reload. */

import { useEffect, useState } from "react";
import { send } from "../server";
import type { Seat } from "./conversations";

const BEAT = 15_000; // milliseconds
const WISH = "shouwen-desk-present";

export interface Presence {
  present: boolean;
  setPresent: (present: boolean) => void;
  seats: Seat[];
}

export function usePresence(serves: boolean): Presence {
  const [present, setPresent] = useState(() => serves && window.localStorage.getItem(WISH) === "1");
  const [seats, setSeats] = useState<Seat[]>([]);

  useEffect(() => {
    window.localStorage.setItem(WISH, present ? "1" : "0");
    if (!present) return;
    const beat = () =>
      send<{ seats: Seat[] }>("PUT", "/presence/", {})
        .then(({ seats }) => setSeats(seats))
        .catch(() => setSeats([]));
    void beat();
    const timer = window.setInterval(beat, BEAT);
    return () => {
      window.clearInterval(timer);
      void send("DELETE", "/presence/").catch(() => undefined); // who stops beating is gone soon anyway
    };
  }, [present]);

  return { present, setPresent, seats };
}
