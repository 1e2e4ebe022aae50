import {
  AuditOutlined,
  BarChartOutlined,
  BookOutlined,
  BulbOutlined,
  CommentOutlined,
  EnvironmentOutlined,
  PhoneOutlined,
  SafetyOutlined,
  ShopOutlined,
  SwapOutlined,
  UnorderedListOutlined,
} from "@ant-design/icons";
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
const WHO_SERVES: readonly Role[] = ["agent", "head", "leader"];
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
    path: "/tickets",
    label: "工单",
    icon: <UnorderedListOutlined />,
    roles: EVERYBODY,
    Page: lazy(() => import("./tickets/Board")),
  },
  {
    path: "/visits",
    label: "回访",
    icon: <PhoneOutlined />,
    roles: WHO_SERVES,
    Page: lazy(() => import("./visits/Visits")),
  },
  {
    path: "/works",
    label: "片区",
    icon: <EnvironmentOutlined />,
    roles: EVERYBODY,
    Page: lazy(() => import("./works/Works")),
  },
  {
    path: "/shift",
    label: "交接班",
    icon: <SwapOutlined />,
    roles: EVERYBODY,
    Page: lazy(() => import("./shift/Shift")),
  },
  {
    path: "/cases",
    label: "问责",
    icon: <AuditOutlined />,
    roles: EVERYBODY,
    Page: lazy(() => import("./cases/Cases")),
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
  {
    path: "/management",
    label: "管理",
    icon: <SafetyOutlined />,
    roles: ["leader", "supervisor"],
    Page: lazy(() => import("./management/Management")),
  },
];

/** What the bot answers this role; it checks for itself. */
export function pagesFor(role: Role): Page[] {
  return PAGES.filter((page) => page.roles.includes(role));
}
