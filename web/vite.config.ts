import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // Nothing inline: the pages' content security policy allows neither inline scripts nor data: images.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
