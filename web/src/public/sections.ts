/** The sections that the charter fills, in the order of the page. What the operator has not published is said so. */

import { el } from "./dom";
import { badge, facts, from, head, item, list, note, person, phone, said, sample, silent } from "./parts";
import type { Area, Publicity } from "./publicity";

export interface Section {
  id: string;
  title: string;
  body: (Node | null)[];
}

export const sections = (posted: Publicity): Section[] => [
  { id: "commitments", title: "服务承诺", body: commitments(posted) },
  { id: "fees", title: "收费项目和标准", body: fees(posted) },
  { id: "processes", title: "办理流程和材料", body: processes(posted) },
  { id: "outlets", title: "营业厅", body: outlets(posted) },
  { id: "areas", title: "片区和客户经理", body: areas(posted) },
  { id: "staff", title: "服务人员", body: staff(posted) },
  { id: "departments", title: "部门名录", body: departments(posted) },
  { id: "visits", title: "回访制度", body: visits(posted) },
  { id: "changes", title: "变动公示", body: changes(posted) },
];

export function hotlines({ hotlines, operator }: Publicity): Section {
  const rows = hotlines.map((each) =>
    item([], head(each.label, sample(each.sample)), el("p", { class: "big" }, phone(each.phone))),
  );
  return {
    id: "hotlines",
    title: "服务电话",
    body: [list("cards", rows), note(`服务范围：${operator.services.join("、")}`)],
  };
}

function commitments({ limits, pledges }: Publicity) {
  const timed = limits.map((each) =>
    item(
      [],
      head(each.label),
      el("p", { class: each.limit ? "value" : "silent" }, each.told),
      each.remark && note(each.remark),
      said(each),
    ),
  );
  const others = pledges.map((each) => item([], head(each.label), el("p", {}, each.text), said(each)));
  return [
    el("h3", { class: "part" }, "限时办结"),
    list("rows", timed),
    note("工作日按国务院公布的放假安排算，受理当天不算；小时昼夜连续算。手续、材料齐全后开始计时。"),
    el("h3", { class: "part" }, "其他承诺和规则"),
    list("rows", others) ?? silent("运营商没有公布其他承诺。"),
  ];
}

function fees({ fees, fee_policy: policy, fees_not_posted: missing }: Publicity) {
  const rows = fees.map((fee) =>
    item(
      fee.words,
      head(fee.label, sample(fee.sample)),
      el("p", { class: fee.price === null ? "silent" : "value" }, fee.text),
      fee.note && note(fee.note),
      from(fee.source, fee.as_of),
    ),
  );
  return [
    ...policy.map((each) => el("p", {}, each.text)),
    list("rows", rows) ?? silent("运营商没有公布收费项目和标准。办理前请先问清楚，以营业厅公示为准。"),
    rows.length > 0 && missing.length > 0 ? silent(`没有公布的收费项目：${missing.join("、")}。`) : null,
  ];
}

function processes({ processes }: Publicity) {
  const rows = processes.map((each) =>
    item(
      each.words,
      head(each.label, sample(each.sample)),
      el("p", { class: "label" }, "流程"),
      el("ol", {}, ...each.steps.map((step) => el("li", {}, step))),
      el("p", { class: "label" }, "全部材料"),
      each.materials.length > 0
        ? el("ul", {}, ...each.materials.map((material) => el("li", {}, material)))
        : silent("没有公布要带的材料，请先打电话问清楚。"),
      each.note && note(each.note),
      from(each.source, each.as_of),
    ),
  );
  return [list("cards", rows) ?? silent("运营商没有公布办理流程。")];
}

function outlets({ outlets }: Publicity) {
  const rows = outlets.map((each) =>
    item(
      [],
      head(each.name, sample(each.sample)),
      facts(["区域", each.district], ["地址", each.address], ["电话", phone(each.phone)], ["时间", each.hours]),
    ),
  );
  return [list("cards", rows) ?? silent("运营商没有公布营业厅。")];
}

function areas({ areas, staff, hotlines }: Publicity) {
  const members = new Map(staff.map((member) => [member.job_number, member]));
  const [service, supervision] = hotlines;
  const rows = areas.map((area) =>
    item(
      area.words,
      head(area.name, badge(area.city), area.district && badge(area.district), sample(area.sample)),
      el("p", { class: "coverage", "data-area": area.key }, ...coverage(area.is_open)),
      ...area.people.map((number, place) => {
        const member = members.get(number);
        return member ? person(member, place === 0 ? `${member.role}（负责本片区）` : member.role) : null;
      }),
      service && supervision
        ? note(service.label, " ", phone(service.phone), "，", supervision.label, " ", phone(supervision.phone))
        : null,
    ),
  );
  if (rows.length === 0) return [silent("运营商没有公布片区和客户经理。")];
  return [
    note("每个片区由谁负责：客户经理和维护人员的工号、电话。运营商还没有提供照片的，先用剪影代替（示例）。"),
    reach(areas),
    list("cards", rows),
  ];
}

/** Where it is not open, no money is taken and no limit promised (R2.11). */
export const coverage = (isOpen: boolean): (Node | string)[] =>
  isOpen
    ? [badge("可以安装", "open")]
    : [badge("暂未开通安装", "closed"), " 不收费，也不承诺安装时限；可以登记安装意向。"];

/** Open and not yet open for installation, at one glance. */
export function reach(areas: Area[]): HTMLElement {
  const names = (open: boolean) => areas.filter((area) => area.is_open === open).map((area) => area.name);
  const told = facts(["可以安装", names(true).join("、") || "没有"], ["暂未开通", names(false).join("、") || "没有"]);
  return el("div", { id: "reach" }, told);
}

function staff({ staff }: Publicity) {
  const rows = staff.map((member) => {
    const where = [member.department, member.areas.length > 0 && `片区：${member.areas.join("、")}`].filter(Boolean);
    return item([], person(member), where.length > 0 && note(where.join("；")));
  });
  return [list("cards", rows) ?? silent("运营商没有公布服务人员。")];
}

function departments({ departments }: Publicity) {
  const rows = departments.map((each) =>
    item(
      [],
      head(each.name, sample(each.sample)),
      facts(
        ["办什么", each.handles.join("、")],
        ["地点", each.place],
        ["电话", phone(each.phone)],
        ["负责人", `工号 ${each.head}`],
      ),
    ),
  );
  return [list("cards", rows) ?? silent("运营商没有公布部门名录。")];
}

function visits({ visits }: Publicity) {
  const rows = visits.map((each) => item([], el("p", { class: "value" }, each.text), said(each)));
  return [list("rows", rows) ?? silent("运营商没有公布回访制度。")];
}

function changes({ changes }: Publicity) {
  const rows = changes.map((each) =>
    item([], head(each.label, sample(each.sample)), el("p", {}, `${each.day} 起：${each.text}`), from(each.source)),
  );
  return [list("rows", rows) ?? silent("运营商没有公布分公司负责人、片区划分和片区客户经理的变动。")];
}
