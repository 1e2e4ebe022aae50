import react from "@vitejs/plugin-react";
import type { Plugin, Rule } from "postcss";
import { defineConfig } from "vite";

/** ChatUI styles the whole page it stands in, and fetches fonts of another host: here it styles the chat. */
const onlyTheChat: Plugin = {
  postcssPlugin: "only-the-chat",
  AtRule: {
    "font-face": (face) => {
      if (face.toString().includes("http")) face.remove();
    },
  },
  Rule: (rule: Rule) => {
    if (!rule.source?.input.file?.includes("@chatui")) return;
    if (rule.selectors.every((selector) => selector === ":root")) rule.selector = ".shouwen";
    else if (rule.selectors.some((selector) => /:root|^html|^body|^#root/.test(selector))) rule.remove();
  },
};

export default defineConfig({
  plugins: [react()],
  css: { postcss: { plugins: [onlyTheChat] } },
  build: {
    // Nothing inline: the pages' content security policy allows neither inline scripts nor data: images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900, // the desk: antd, and the plots of its supervision
    rollupOptions: {
      input: ["index.html", "chat.html", "desk.html", "src/embed/embed.ts"],
      // Sites of others name it, so its name stays.
      output: { entryFileNames: ({ name }) => (name === "embed" ? "embed.js" : "assets/[name]-[hash].js") },
    },
  },
});
