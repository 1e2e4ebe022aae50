import { Tabs } from "antd";
import { useWords } from "../words";
import { ForceMajeure } from "./ForceMajeure";
import { Incidents } from "./Incidents";
import { Outages } from "./Outages";

/** 片区: what hits an area as a whole, what is announced to it, and what is excused there. */
export default function Works() {
  const words = useWords();
  const excepted = Object.values(words.data?.force_majeure ?? {});
  return (
    <div className="page">
      <h1>片区</h1>
      <Tabs
        items={[
          { key: "incidents", label: "片区故障", children: <Incidents /> },
          { key: "outages", label: "停机和维护公告", children: <Outages /> },
          ...(excepted.length
            ? [{ key: "force-majeure", label: "不可抗力", children: <ForceMajeure excepted={excepted} /> }]
            : []),
        ]}
      />
    </div>
  );
}
