/** The publicity page 服务项目公示: the charter at once, and the notices of now when the backend tells them. */

import { el } from "./dom";
import { notices } from "./notices";
import { personal } from "./personal";
import { type Now, now, type Publicity, publicity } from "./publicity";
import { find } from "./search";
import { coverage, hotlines, reach, type Section, sections } from "./sections";
import { talk } from "./talk";

const place = document.getElementById("page");
if (!place) throw new Error("index.html has no #page");
open(place);

async function open(page: HTMLElement): Promise<void> {
  const told = now().catch(() => null);
  let posted: Publicity;
  try {
    posted = await publicity();
  } catch {
    page.replaceChildren(failed(page));
    return;
  }
  show(page, posted);
  add(page, posted, await told);
}

function failed(page: HTMLElement): HTMLElement {
  const again = el("button", { type: "button" }, "再试一次");
  again.addEventListener("click", () => open(page));
  return el(
    "main",
    { id: "posted", class: "wait" },
    el("p", { role: "alert" }, "公示内容没有打开，请检查网络。"),
    again,
  );
}

function show(page: HTMLElement, posted: Publicity): void {
  const waiting = el("p", { role: "status" }, "正在查看公告…");
  const all: Section[] = [
    hotlines(posted),
    { id: "notices", title: "公告", body: [waiting] },
    ...sections(posted),
    personal(posted),
  ];
  document.title = `${posted.operator.name} · 服务项目公示`;
  page.replaceChildren(
    heading(posted),
    el(
      "div",
      { class: "columns" },
      el("nav", { "aria-label": "目录" }, el("ul", {}, ...all.map(entry))),
      el("main", { id: "posted", tabindex: "-1" }, search(page), ...all.map(drawn)),
    ),
    talk(posted.operator.name),
  );
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function heading({ operator }: Publicity): HTMLElement {
  const from = `依据：${operator.source}。本版：${operator.version}。标“示例”的是样例，运营商公布后以公布的为准。`;
  return el(
    "header",
    {},
    el("h1", {}, el("span", {}, operator.name), " 服务项目公示"),
    el("p", { class: "note" }, from),
  );
}

const entry = ({ id, title }: Section): HTMLElement => el("li", {}, el("a", { href: `#${id}` }, title));

function drawn({ id, title, body }: Section): HTMLElement {
  const name = `${id}-title`;
  return el("section", { id, "aria-labelledby": name }, el("h2", { id: name }, title), ...body);
}

function search(page: HTMLElement): HTMLElement {
  const asked = el("input", { type: "search", id: "asked", autocomplete: "off" });
  const found = el("p", { class: "found", role: "status" });
  asked.addEventListener("input", () => {
    const many = find(page, asked.value);
    found.textContent = many === null ? "" : many > 0 ? `找到 ${many} 条` : "没有找到。请换个词，或者问在线客服。";
  });
  return el("search", {}, el("label", { for: "asked" }, "按小区、街道或者关键字查找"), asked, found);
}

/** `told` null: the backend is away, and of the areas the charter's own word stands. */
function add(page: HTMLElement, posted: Publicity, told: Now | null): void {
  const section = page.querySelector("#notices");
  section?.querySelector("[role=status]")?.remove();
  section?.append(...notices(posted, told).filter((part) => part !== null));
  if (told) {
    const areas = posted.areas.map((area) => ({ ...area, is_open: told.areas[area.key] ?? area.is_open }));
    page.querySelector("#reach")?.replaceWith(reach(areas));
    for (const { key, is_open } of areas)
      page.querySelector(`[data-area="${CSS.escape(key)}"]`)?.replaceChildren(...coverage(is_open));
  }
  page.querySelector("#asked")?.dispatchEvent(new Event("input"));
}
