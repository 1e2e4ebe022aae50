import { Tabs } from "antd";
import { useSession } from "../session";
import { Annotations } from "./Annotations";
import { Handovers } from "./Handovers";
import { KeyVisits } from "./KeyVisits";

/** 交接班, and what is planned: visits of key customers, complaints that wait for an annotation. */
export default function Shift() {
  const session = useSession();
  return (
    <div className="page">
      <h1>交接班和计划</h1>
      <Tabs
        items={[
          { key: "handovers", label: "交接班", children: <Handovers /> },
          { key: "visits", label: "大客户回访", children: <KeyVisits /> },
          ...(session.role === "agent"
            ? []
            : [{ key: "annotations", label: "待批示的投诉", children: <Annotations /> }]),
        ]}
      />
    </div>
  );
}
