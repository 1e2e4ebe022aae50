import { Alert, Card, Flex, Tag, Typography } from "antd";
import { useState } from "react";
import { Told } from "../Told";
import { keyOf, type Matter, type Member, useGreeting } from "./greeting";
import { MatterSelect } from "./MatterSelect";
import { WhatToTell } from "./WhatToTell";

/** The screen at the door: who greets now, and how. */
export function Greeting() {
  return (
    <Told of={useGreeting()}>
      {(shown) => (
        <Flex vertical gap="middle">
          <Card>
            <Typography.Title level={2}>{shown.greeting}</Typography.Title>
            {shown.note ? <Alert type="info" showIcon title={shown.note} /> : <People who={shown.lobby} large />}
            <p>送别：{shown.farewell}</p>
          </Card>
          <Card title="客户来办什么">
            <Guide matters={shown.matters} />
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

/** Consultation and guidance: what to tell before anybody waits at a counter. */
function Guide({ matters }: { matters: Matter[] }) {
  const [key, setKey] = useState<string>();
  const matter = matters.find((each) => keyOf(each) === key);
  return (
    <Flex vertical gap="small">
      <MatterSelect matters={matters} aria-label="客户来办什么" value={key} onChange={setKey} />
      {matter && <WhatToTell matter={matter} />}
    </Flex>
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
