/** 公告: planned maintenance, known outages, new services and other changes, as the staff announced them (R1.10). */

import { el } from "./dom";
import { badge, head, item, list, note, phone, said } from "./parts";
import type { Notice, Now, Publicity } from "./publicity";

const TIME = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "long",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const moment = (at: string): string => TIME.format(new Date(at));

/** `now` null: the ticket system can't be reached. */
export function notices({ notice_ahead: ahead, hotlines }: Publicity, now: Now | null): (Node | null)[] {
  return [
    ...(now ? current(now) : away(hotlines[0]?.phone)),
    note(ahead ? `线路维修、新业务等变动，提前 ${ahead.hours} 小时公告。` : "运营商没有公布变动提前多久公告。"),
    ahead && said(ahead),
  ];
}

function current({ at, notices }: Now): (Node | null)[] {
  const listed = list("rows", notices.map(row)) ?? el("p", {}, "现在没有检修、故障和变动的公告。");
  return [listed, note(`截至 ${moment(at)}`)];
}

function away(hotline: string | undefined): Node[] {
  const ask = hotline ? ["急事请打 ", phone(hotline), "。"] : [];
  return [el("p", { class: "silent" }, "现在连不上工单系统，公告暂时显示不出来。", ...ask)];
}

function row(each: Notice): HTMLLIElement {
  const until = each.expected_until ? `，预计到 ${moment(each.expected_until)}` : "";
  return item(
    each.words,
    head(each.area, badge(each.kind, "kind"), each.is_ahead && badge("还没开始")),
    el("p", {}, each.cause),
    note(`${each.services.join("、")}；${moment(each.starts_at)} 开始${until}`),
  );
}
