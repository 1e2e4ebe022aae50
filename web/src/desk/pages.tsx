import { BarChartOutlined } from "@ant-design/icons";
import { type ComponentType, lazy, type ReactNode } from "react";
import type { Role } from "./session";

interface Page {
  path: string;
  label: string;
  icon: ReactNode;
  roles: readonly Role[];
  Page: ComponentType;
}

const ABOVE_AGENTS: readonly Role[] = ["head", "leader", "supervisor"];

const PAGES: readonly Page[] = [
  {
    path: "/supervision",
    label: "督查",
    icon: <BarChartOutlined />,
    roles: ABOVE_AGENTS,
    Page: lazy(() => import("./supervision/Supervision")),
  },
];

/** What the bot answers this role; it checks for itself. */
export function pagesFor(role: Role): Page[] {
  return PAGES.filter((page) => page.roles.includes(role));
}
