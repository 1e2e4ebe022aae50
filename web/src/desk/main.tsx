/** desk.html: the workplace of agents, heads, leaders and supervisors. */

import "antd/dist/reset.css";
import "./desk.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { Desk } from "./Desk";
import { Refused } from "./server";
import { themed } from "./theme";

dayjs.locale("zh-cn");

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: (times, error) => times < 3 && !(error instanceof Refused && error.status < 500) },
  },
});

function Themed() {
  const isDark = useSyncExternalStore(
    (changed) => {
      dark.addEventListener("change", changed);
      return () => dark.removeEventListener("change", changed);
    },
    () => dark.matches,
  );
  return (
    <ConfigProvider locale={zhCN} button={{ autoInsertSpace: false }} theme={themed(isDark)}>
      <App>
        <Desk />
      </App>
    </ConfigProvider>
  );
}

const place = document.getElementById("desk");
if (!place) throw new Error("desk.html has no #desk");
createRoot(place).render(
  <QueryClientProvider client={queries}>
    <Themed />
  </QueryClientProvider>,
);
