import { BarChartOutlined, CommentOutlined } from "@ant-design/icons";
import { type ComponentType, lazy, type ReactNode } from "react";
import type { Role } from "./session";

interface Page {
  path: string;
  label: string;
  icon: ReactNode;
  roles: readonly Role[];
  Page: ComponentType;
}

const EVERYBODY: readonly Role[] = ["agent", "head", "leader", "supervisor"];
const ABOVE_AGENTS: readonly Role[] = ["head", "leader", "supervisor"];

const PAGES: readonly Page[] = [
  {
    path: "/talk",
    label: "会话",
    icon: <CommentOutlined />,
    roles: EVERYBODY,
    Page: lazy(() => import("./talk/Talk")),
  },
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
