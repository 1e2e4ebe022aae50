import { Alert, Card, Flex, Tag, Typography } from "antd";
import { Told } from "../Told";
import { type Member, useGreeting } from "./greeting";

/** The screen at the door: who greets now, and how. */
export function Greeting() {
  return (
    <Told of={useGreeting()}>
      {(shown) => (
        <Flex vertical gap="middle">
          <Card>
            <Typography.Title level={2}>{shown.greeting}</Typography.Title>
            {shown.note ? <Alert type="info" showIcon title={shown.note} /> : <People who={shown.lobby} large />}
          </Card>
          <Card title="值班负责人">
            <People who={shown.heads} />
          </Card>
          <Card title="当班人员">
            <People who={shown.on_duty} />
          </Card>
          {shown.unfinished.length > 0 && (
            <Alert
              type="warning"
              showIcon
              title="还没有了结的事"
              description={
                <ul>
                  {shown.unfinished.map((note) => (
                    <li key={note.number}>{note.text}</li>
                  ))}
                </ul>
              }
            />
          )}
        </Flex>
      )}
    </Told>
  );
}

function People({ who, large = false }: { who: Member[]; large?: boolean }) {
  if (!who.length) return <>现在没有人当班。</>;
  return (
    <Flex wrap gap="small">
      {who.map((member) => (
        <Card key={member.job_number} size={large ? "medium" : "small"}>
          <strong>工号 {member.job_number}</strong>
          <div>{member.title}</div>
          <div>
            {member.phone} {member.sample && <Tag>示例</Tag>}
          </div>
        </Card>
      ))}
    </Flex>
  );
}
