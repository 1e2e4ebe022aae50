/** Small parts that every section is made of. */

import { type Child, el } from "./dom";
import type { Mark, Member, Stated } from "./publicity";
import silhouette from "./silhouette.svg";

const MARKS: Record<Mark, string> = { source: "公开承诺", configured: "由运营商设定", product: "本系统规则" };

/** An entry that the search finds by its text, or by `words`: they are in what is asked, or it is in them. */
export const item = (words: string[], ...children: Child[]): HTMLLIElement =>
  el("li", { class: "item", "data-words": words.join(" ") }, ...children);

/** Null: there is nothing to list. */
export const list = (name: "rows" | "cards", items: HTMLLIElement[]): HTMLElement | null =>
  items.length > 0 ? el("ul", { class: name }, ...items) : null;

export const head = (name: string, ...badges: Child[]): HTMLElement => el("h3", {}, name, ...badges);

export const badge = (text: string, kind = "plain"): HTMLElement => el("span", { class: `badge ${kind}` }, text);

export const sample = (is: boolean): HTMLElement | null => (is ? badge("示例", "sample") : null);

export const note = (...told: Child[]): HTMLElement => el("p", { class: "note" }, ...told);

/** What stands where the operator has published nothing. */
export const silent = (text: string): HTMLElement => el("p", { class: "silent" }, text);

/** Who says it: published, or the operator's own value; and where it stands. */
export const said = ({ mark, source }: Stated): HTMLElement | null =>
  mark && el("p", { class: "said" }, badge(MARKS[mark], mark), source && ` 出处：${source}`);

export const from = (...source: (string | null)[]): HTMLElement | null =>
  source[0] ? el("p", { class: "said" }, `出处：${source.filter(Boolean).join("，")}`) : null;

/** Numbers to press, with 、 between; what follows 转 is dialled by hand. */
export function phone(numbers: string): HTMLElement {
  const parts = numbers.split("、").flatMap((number, place) => {
    const dialled = number.match(/^[\d-]+/)?.[0];
    return [place > 0 && "、", dialled ? el("a", { href: `tel:${dialled}` }, number) : number];
  });
  return el("span", {}, ...parts);
}

export function person(member: Member, role = member.role): HTMLElement {
  const photo: Record<string, string> = member.has_photo
    ? { src: `/api/publicity/photos/${member.job_number}`, alt: `工号 ${member.job_number} 的照片`, loading: "lazy" }
    : { src: silhouette, alt: "" };
  return el(
    "div",
    { class: "person" },
    el("img", { ...photo, width: "48", height: "60" }),
    el(
      "div",
      {},
      el("p", {}, el("strong", {}, `工号 ${member.job_number}`), sample(member.sample)),
      el("p", {}, role),
      el("p", {}, phone(member.phone)),
    ),
  );
}

/** Terms, and what each is. */
export const facts = (...pairs: [string, Node | string][]): HTMLElement =>
  el("dl", {}, ...pairs.flatMap(([term, what]) => [el("dt", {}, term), el("dd", {}, what)]));
