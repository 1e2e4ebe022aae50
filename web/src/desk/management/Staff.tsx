import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Flex, Grid, Input, Table, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { get } from "../server";
import { type Role, useSession } from "../session";
import { Told } from "../Told";
import { useLabels } from "../words";
import { OneTimePassword } from "./OneTimePassword";

const AT_A_TIME = 50;

export interface Member {
  job_number: string;
  title: string;
  role: Role;
  department: string | null;
  areas: string[];
  /** can sign in */
  account: boolean;
}

/** 人员: who can sign in, and a one-time password for who can't. */
export function Staff() {
  const session = useSession();
  const { lg: isWide = true } = Grid.useBreakpoint();
  const [sought, setSought] = useState("");
  const [chosen, setChosen] = useState<Member>();
  const [roleName, departmentName, areaName] = [useLabels("roles"), useLabels("departments"), useLabels("areas")];
  const found = useQuery({ queryKey: ["staff"], queryFn: ({ signal }) => get<Member[]>("/staff", signal) });

  const department = ({ department }: Member) => (department ? departmentName(department) : "");
  const areas = ({ areas }: Member) => areas.map(areaName).join("、");
  const isSought = (member: Member) =>
    [member.job_number, member.title, department(member), areas(member)].some((each) => each.includes(sought.trim()));
  const account = (member: Member) => (member.account ? <Tag color="success">已开通</Tag> : <Tag>未开通</Tag>);
  const issue = (member: Member) =>
    member.job_number !== session.job_number && (
      <Button size="small" onClick={() => setChosen(member)}>
        发一次性密码
      </Button>
    );

  const columns: TableColumnsType<Member> = isWide
    ? [
        { title: "工号", dataIndex: "job_number" },
        { title: "职务", dataIndex: "title", width: 200 },
        { title: "角色", render: (_, member) => roleName(member.role), width: 120 },
        { title: "部门", render: (_, member) => department(member), width: 160 },
        { title: "片区", render: (_, member) => areas(member) },
        { title: "账号", render: (_, member) => account(member) },
        { title: "密码", render: (_, member) => issue(member) },
      ]
    : [
        {
          title: "人员",
          render: (_, member) => (
            <Flex justify="space-between" align="center" gap="small">
              <div className="grow">
                {member.job_number} {member.title} {account(member)}
                <div>{[roleName(member.role), department(member), areas(member)].filter(Boolean).join("，")}</div>
              </div>
              {issue(member)}
            </Flex>
          ),
        },
      ];

  return (
    <Told of={found}>
      {(members) => (
        <Flex vertical gap="middle">
          <Input
            aria-label="找人"
            placeholder="工号、职务、部门或片区"
            allowClear
            value={sought}
            onChange={({ target }) => setSought(target.value)}
          />
          <Table<Member>
            size="small"
            rowKey="job_number"
            tableLayout={isWide ? "auto" : "fixed"}
            dataSource={members.filter(isSought)}
            columns={columns}
            showHeader={isWide}
            pagination={{ pageSize: AT_A_TIME, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{ emptyText: <Empty description="没有这样的人" image={Empty.PRESENTED_IMAGE_SIMPLE} /> }}
          />
          {chosen && <OneTimePassword member={chosen} close={() => setChosen(undefined)} />}
        </Flex>
      )}
    </Told>
  );
}
