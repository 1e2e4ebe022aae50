/** One line in an operator's site: `<script src="https://…/embed.js" async></script>`. A button, and the chat in a frame.
 *
 * Styles are set one by one, which every content security policy of the site allows.
 */
(() => {
  const script = document.currentScript as HTMLScriptElement;
  const label = script.dataset.label ?? "在线客服";
  const phone = window.matchMedia("(max-width: 480px)");
  const button = document.createElement("button");
  const frame = document.createElement("iframe");

  Object.assign(button.style, {
    position: "fixed",
    right: "16px",
    bottom: "16px",
    zIndex: "2147483000",
    height: "48px",
    padding: "0 20px",
    border: "2px solid #fff",
    borderRadius: "26px",
    background: "#0b5cad",
    color: "#fff",
    font: "500 16px/1 system-ui, sans-serif",
    boxShadow: "0 2px 8px rgba(0, 0, 0, .3)",
    cursor: "pointer",
  });
  Object.assign(frame.style, {
    position: "fixed",
    zIndex: "2147483000",
    bottom: "80px",
    border: "0",
    background: "Canvas",
    boxShadow: "0 4px 24px rgba(0, 0, 0, .3)",
  });
  button.type = "button";
  frame.id = "shouwen-chat";
  frame.title = label;
  button.setAttribute("aria-controls", frame.id);

  function fit(): void {
    const small = { right: "0", width: "100%", height: "calc(100% - 80px)", borderRadius: "0" };
    const large = { right: "16px", width: "400px", height: "min(640px, calc(100% - 96px))", borderRadius: "12px" };
    Object.assign(frame.style, phone.matches ? small : large);
  }

  function show(open: boolean): void {
    if (open && !frame.src) frame.src = new URL("chat.html", script.src).href;
    frame.style.display = open ? "block" : "none";
    button.textContent = open ? "收起客服" : label;
    button.setAttribute("aria-expanded", String(open));
    if (open) frame.focus();
  }

  button.addEventListener("click", () => show(frame.style.display === "none"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && frame.style.display !== "none") {
      show(false);
      button.focus();
    }
  });
  phone.addEventListener("change", fit);
  fit();
  show(false);
  const appear = () => document.body.append(frame, button);
  if (document.body) appear();
  else document.addEventListener("DOMContentLoaded", appear);
})();
