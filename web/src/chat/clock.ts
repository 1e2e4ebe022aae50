/** Times as they are told: in Asia/Shanghai, and what is left until then. */

import { useEffect, useState } from "react";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = { timeZone: "Asia/Shanghai" } as const;

const DUE = new Intl.DateTimeFormat("zh-CN", {
  ...ZONE,
  month: "numeric",
  day: "numeric",
  weekday: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const CLOCK = new Intl.DateTimeFormat("zh-CN", { ...ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DATE = new Intl.DateTimeFormat("zh-CN", { ...ZONE, month: "numeric", day: "numeric" });

/** 11月30日（周一）11:03 */
export function dueTime(at: Date): string {
  const part = Object.fromEntries(DUE.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.month}月${part.day}日（${part.weekday}）${part.hour}:${part.minute}`;
}

/** 11:03, with the date where it is not today's. */
export function saidTime(at: Date, now: Date): string {
  const time = CLOCK.format(at);
  if (DATE.format(at) === DATE.format(now)) return time;
  const part = Object.fromEntries(DUE.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.month}月${part.day}日 ${time}`;
}

/** 23 小时 59 分; seconds only in the last hour. */
export function span(milliseconds: number): string {
  const [days, hours] = [Math.floor(milliseconds / DAY), Math.floor((milliseconds % DAY) / HOUR)];
  const [minutes, seconds] = [Math.floor((milliseconds % HOUR) / MINUTE), Math.floor((milliseconds % MINUTE) / SECOND)];
  if (days) return `${days} 天 ${hours} 小时`;
  if (hours) return `${hours} 小时 ${minutes} 分`;
  return `${minutes} 分 ${seconds} 秒`;
}

/** The present, once a second. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), SECOND);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
