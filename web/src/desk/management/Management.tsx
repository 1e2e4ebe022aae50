import { Tabs } from "antd";
import { Staff } from "./Staff";

/** 管理: who may sign in. */
export default function Management() {
  return (
    <div className="page">
      <h1>管理</h1>
      <Tabs items={[{ key: "staff", label: "人员", children: <Staff /> }]} />
    </div>
  );
}
