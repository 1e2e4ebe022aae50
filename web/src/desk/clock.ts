/** Times as people at the desk read them, in Asia/Shanghai. */

import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";
import { useSyncExternalStore } from "react";

dayjs.extend(utc);
dayjs.extend(timezone);

const ZONE = "Asia/Shanghai";
const TICK = 1_000; // milliseconds

export function time(at: string): string {
  const moment = dayjs(at).tz(ZONE);
  return moment.isSame(dayjs().tz(ZONE), "day") ? moment.format("HH:mm") : moment.format("M月D日 HH:mm");
}

/** 2026-12-01 07:27:05, for records. */
export function exactTime(at: string): string {
  return dayjs(at).tz(ZONE).format("YYYY-MM-DD HH:mm:ss");
}

/** 12月1日（周二）07:27, as customers are told. */
export function spokenTime(at: string): string {
  return dayjs(at).tz(ZONE).format("M月D日（周dd）HH:mm");
}

/** 3 分 05 秒, 2 小时 10 分, 3 天 4 小时. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [days, hours, minutes] = [
    Math.floor(whole / 86400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
  ];
  if (days) return `${days} 天 ${hours} 小时`;
  if (hours) return `${hours} 小时 ${minutes} 分`;
  return minutes ? `${minutes} 分 ${String(whole % 60).padStart(2, "0")} 秒` : `${whole} 秒`;
}

const watchers = new Set<() => void>();
let now = Date.now();
let timer = 0;

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  if (watchers.size === 1) {
    timer = window.setInterval(() => {
      now = Date.now();
      for (const each of watchers) each();
    }, TICK);
  }
  return () => {
    watchers.delete(watcher);
    if (!watchers.size) window.clearInterval(timer);
  };
}

/** Seconds since `at`, anew every second; negative before it. */
export function useSince(at: string): number {
  return (useSyncExternalStore(watch, () => now) - Date.parse(at)) / 1000;
}
