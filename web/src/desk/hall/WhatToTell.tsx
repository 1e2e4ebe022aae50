import { Alert } from "antd";
import type { Matter } from "./greeting";

/** What is promised of the matter, how it goes, and all its papers at one time (R2.4). */
export function WhatToTell({ matter }: { matter: Matter }) {
  const { on_the_spot, promises, steps, materials, sample } = matter;
  const promised = promises.map(({ label, limit, remark }) => `${label}：${limit ?? remark ?? "没有公布时限"}`);
  const told = [
    steps.length > 0 && `怎么办：${steps.join("；")}`,
    materials.length > 0 && `材料一次告知：${materials.join("、")}`,
  ].filter(Boolean);
  return (
    <Alert
      className="tell"
      type="info"
      title={on_the_spot ? "可以当场办结" : promised.join("；") || "没有公布时限"}
      description={
        told.length > 0 && (
          <>
            {told.map((line) => (
              <div key={String(line)}>{line}</div>
            ))}
            {sample && "（示例）"}
          </>
        )
      }
    />
  );
}
