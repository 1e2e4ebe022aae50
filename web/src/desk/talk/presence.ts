/** Whether this agent takes customers and how many at a time: the page says so every 15 seconds, and the wish survives a
 * reload. */

import { useEffect, useMemo, useState } from "react";
import { send } from "../server";
import type { Seat } from "./conversations";

const WISH = "shouwen-desk-present";
const CAPACITY_WISH = "shouwen-desk-capacity";
const CAPACITY = 5;

export interface Presence {
  present: boolean;
  setPresent: (present: boolean) => void;
  /** conversations at the same time */
  capacity: number;
  setCapacity: (capacity: number) => void;
  seats: Seat[];
}

export function usePresence(serves: boolean): Presence {
  const [present, setPresent] = useState(() => serves && window.localStorage.getItem(WISH) === "1");
  const [capacity, setCapacity] = useState(() => Number(window.localStorage.getItem(CAPACITY_WISH)) || CAPACITY);
  const [seats, setSeats] = useState<Seat[]>([]);

  useEffect(() => {
    window.localStorage.setItem(WISH, present ? "1" : "0");
    if (!present) return;
    return () => void send("DELETE", "/presence/").catch(() => undefined); // who stops beating is gone soon anyway
  }, [present]);

  useEffect(() => {
    window.localStorage.setItem(CAPACITY_WISH, String(capacity));
    if (!present) return;
    const beat = () =>
      send<{ seats: Seat[] }>("PUT", "/presence/", { capacity })
        .then(({ seats }) => setSeats(seats))
        .catch(() => setSeats([]));
    void beat();
    const timer = new Worker(new URL("./beat.ts", import.meta.url), { type: "module" });
    timer.onmessage = beat;
    return () => timer.terminate();
  }, [present, capacity]);

  return useMemo(() => ({ present, setPresent, capacity, setCapacity, seats }), [present, capacity, seats]);
}
