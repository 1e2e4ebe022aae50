import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { get } from "./server";
import { useSession } from "./session";

interface Member {
  job_number: string;
  title: string;
  on_duty: boolean;
}

interface Given {
  id?: string;
  value?: string | string[];
  onChange?: (chosen: string | string[]) => void;
  /** several */
  many?: boolean;
  optional?: boolean;
  /** oneself, too */
  anybody?: boolean;
}

/** A colleague by job number or title; who is on duty stands first. */
export function Colleague({ id, value, onChange, many, optional, anybody }: Given) {
  const session = useSession();
  const { data } = useQuery({ queryKey: ["staff"], queryFn: ({ signal }) => get<Member[]>("/staff", signal) });
  const members = (data ?? []).filter((each) => anybody || each.job_number !== session.job_number);
  const named = (isOnDuty: boolean) =>
    members
      .filter((each) => each.on_duty === isOnDuty)
      .map(({ job_number, title }) => ({ value: job_number, label: `工号 ${job_number} ${title}` }));
  return (
    <Select<string | string[]>
      id={id}
      mode={many ? "multiple" : undefined}
      value={value}
      onChange={onChange}
      allowClear={optional}
      showSearch={{ optionFilterProp: "label" }}
      placeholder="工号或职务"
      options={[
        { label: "现在当班", options: named(true) },
        { label: "不当班", options: named(false) },
      ]}
    />
  );
}
