import { Tabs } from "antd";
import { Incidents } from "./Incidents";
import { Outages } from "./Outages";

/** 片区: what hits an area as a whole, and what is announced to it. */
export default function Works() {
  return (
    <div className="page">
      <h1>片区</h1>
      <Tabs
        items={[
          { key: "incidents", label: "片区故障", children: <Incidents /> },
          { key: "outages", label: "停机和维护公告", children: <Outages /> },
        ]}
      />
    </div>
  );
}
