/** The chat on the page: React and ChatUI come when it is opened, not before. */

import { el } from "./dom";

/** A button, and the panel that it opens. */
export function talk(operator: string): HTMLElement {
  const place = el("div", { class: "talk-chat" });
  const failed = el("p", { class: "talk-failed", role: "alert" });
  const close = el("button", { type: "button", class: "talk-close" }, "收起客服");
  const panel = el("div", { class: "talk-panel" }, close, failed, place);
  const open = el("button", { type: "button", class: "talk-open", "aria-expanded": "false" }, "在线客服");
  let mounted: Promise<unknown> | undefined;

  function show(isOpen: boolean): void {
    panel.hidden = !isOpen;
    open.hidden = isOpen;
    (isOpen ? close : open).focus();
  }

  open.addEventListener("click", async () => {
    show(true);
    mounted ??= import("../chat").then(({ mount }) => mount(place, { operator }));
    try {
      await mounted;
    } catch {
      failed.textContent = "客服窗口没有打开，请检查网络，刷新页面后再试一次。"; // browsers keep a failed import
    }
  });
  close.addEventListener("click", () => show(false));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(false);
  });
  panel.hidden = true;
  return el("aside", { class: "talk", "aria-label": "在线客服" }, open, panel);
}
