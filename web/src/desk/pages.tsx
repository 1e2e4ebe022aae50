import { BarChartOutlined, BookOutlined, BulbOutlined, CommentOutlined, ShopOutlined } from "@ant-design/icons";
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
  {
    path: "/hall",
    label: "营业厅",
    icon: <ShopOutlined />,
    roles: EVERYBODY,
    Page: lazy(() => import("./hall/Hall")),
  },
  {
    path: "/gaps",
    label: "知识缺口",
    icon: <BulbOutlined />,
    roles: ABOVE_AGENTS,
    Page: lazy(() => import("./gaps/Gaps")),
  },
  {
    path: "/handbook",
    label: "服务手册",
    icon: <BookOutlined />,
    roles: EVERYBODY,
    Page: lazy(() => import("./handbook/Handbook")),
  },
];

/** What the bot answers this role; it checks for itself. */
export function pagesFor(role: Role): Page[] {
  return PAGES.filter((page) => page.roles.includes(role));
}
