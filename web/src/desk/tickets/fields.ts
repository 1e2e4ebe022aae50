/** What each act asks for beside the reason. */

export interface Field {
  name: string;
  label: string;
  /** past: a moment that has been; each: done or not, of each of the charter's */
  kind: "text" | "moment" | "past" | "flag" | "choice" | "list" | "each" | "colleague";
  choices?: { value: string | number; label: string }[];
  /** the choices, where the charter has them */
  from?: "deemed_grounds" | "departments" | "grades" | "major_rules" | "conduct";
  optional?: boolean;
  /** asked only where that field has one of those values */
  where?: { name: string; is: string[] };
  /** sent as a list */
  many?: boolean;
}

const REACHED = { name: "outcome", is: ["solved", "unsolved"] };
const COLLEAGUE: Field = { name: "to", label: "谁", kind: "colleague" };

export const FIELDS: Record<string, Field[]> = {
  contacted: [
    { name: "reached", label: "联系上了客户", kind: "flag" },
    { name: "visit_at", label: "约定上门时间", kind: "moment", optional: true },
  ],
  conclude: [
    {
      name: "finding",
      label: "结论",
      kind: "choice",
      choices: [
        { value: "upheld", label: "属实" },
        { value: "not_upheld", label: "不属于公司责任" },
      ],
    },
    { name: "answer", label: "给客户的答复", kind: "text" },
    { name: "remedy", label: "补救", kind: "text", optional: true },
    { name: "staff", label: "责任人", kind: "colleague", optional: true },
  ],
  "missing-materials": [{ name: "missing", label: "缺少的材料（一次写全，用顿号隔开）", kind: "list" }],
  transfer: [COLLEAGUE],
  "change-owner": [COLLEAGUE],
  "name-investigator": [COLLEAGUE],
  annotate: [{ name: "text", label: "批示", kind: "text" }],
  refer: [
    { name: "department", label: "部门", kind: "choice", from: "departments" },
    { name: "contacted", label: "已联系到谁", kind: "colleague", optional: true },
    { name: "contacted_at", label: "联系时间", kind: "past", optional: true },
  ],
  resolve: [{ name: "also", label: "同一次上门一并修好的工单号（几个用顿号隔开）", kind: "list", optional: true }],
  "ask-extension": [
    { name: "wished_due", label: "延到什么时候", kind: "moment" },
    { name: "words", label: "客户自己的话（是客户要求延期的）", kind: "text", optional: true },
  ],
  "decide-extension": [{ name: "approved", label: "同意延期", kind: "flag" }],
  "deem-on-time": [
    { name: "ground", label: "理由", kind: "choice", from: "deemed_grounds" },
    { name: "called_at", label: "打电话没联系上的时间", kind: "past", many: true, optional: true },
    { name: "at_door", label: "上门无人的时间", kind: "past", optional: true },
    { name: "report", label: "书面报告", kind: "text", optional: true },
    { name: "reported_to", label: "报告给谁", kind: "colleague", optional: true },
  ],
  regrade: [
    { name: "grade", label: "级别", kind: "choice", from: "grades" },
    { name: "rule", label: "依据章程哪一条（不选由领导决定）", kind: "choice", from: "major_rules", optional: true },
  ],
  visit: [
    {
      name: "outcome",
      label: "回访结果",
      kind: "choice",
      choices: [
        { value: "solved", label: "已解决" },
        { value: "unsolved", label: "没解决（重新办理）" },
        { value: "not_reached", label: "没联系上" },
      ],
    },
    {
      name: "satisfaction",
      label: "满意度",
      kind: "choice",
      optional: true,
      where: REACHED,
      choices: [5, 4, 3, 2, 1].map((mark) => ({ value: mark, label: `${mark} 分` })),
    },
    { name: "conduct", label: "问到的上门情况", kind: "each", from: "conduct", where: REACHED },
  ],
};
