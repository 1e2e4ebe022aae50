import { Tabs } from "antd";
import { useSession } from "../session";
import { Audit } from "./Audit";
import { Staff } from "./Staff";

/** 管理: who may sign in, and who did what. */
export default function Management() {
  const session = useSession();
  return (
    <div className="page">
      <h1>管理</h1>
      <Tabs
        items={[
          ...(session.role === "leader" ? [{ key: "staff", label: "人员", children: <Staff /> }] : []),
          { key: "audit", label: "审计", children: <Audit /> },
        ]}
      />
    </div>
  );
}
