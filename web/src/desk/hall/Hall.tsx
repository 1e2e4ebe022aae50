import "./hall.css";
import { Tabs } from "antd";
import { useSession } from "../session";
import { Acceptance } from "./Acceptance";
import { DutyLog } from "./DutyLog";
import { Greeting } from "./Greeting";
import { Opinions } from "./Opinions";

/** 营业厅: who greets, what is accepted at the counter, the duty log and the opinion book. */
export default function Hall() {
  const serves = useSession().role !== "supervisor";
  return (
    <div className="page">
      <h1>营业厅</h1>
      <Tabs
        items={[
          { key: "greeting", label: "迎宾", children: <Greeting /> },
          ...(serves ? [{ key: "acceptance", label: "预受理", children: <Acceptance /> }] : []),
          { key: "log", label: "值班日志", children: <DutyLog /> },
          { key: "opinions", label: "意见簿", children: <Opinions /> },
        ]}
      />
    </div>
  );
}
