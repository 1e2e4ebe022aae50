import { useQuery } from "@tanstack/react-query";
import { Button, Card, Empty, Flex, Form, Input, Tag } from "antd";
import { useState } from "react";
import { newId } from "../../chat/ids";
import { Colleague } from "../Colleague";
import { time } from "../clock";
import { get } from "../server";
import { useSession } from "../session";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { Words } from "../Words";
import { useLabels } from "../words";

interface Matter {
  ticket: string;
  as_handler: boolean;
  as_owner: boolean;
  /** what the next shift has to keep in mind */
  follow_up: string[];
  event: string | null;
  /** null: a sudden event that still hangs */
  stopped: string | null;
}

interface Handover {
  number: number;
  leaving: string;
  taking: string;
  offered_at: string;
  note: string;
  matters: Matter[];
  taken_at: string | null;
}

/** 交接班 (R2.9): sudden events come to a stopping point first. */
export function Handovers() {
  const session = useSession();
  const [form] = Form.useForm<{ taking: string; note: string }>();
  const serves = session.role !== "supervisor";
  const inHand = useQuery({
    queryKey: ["in-hand"],
    queryFn: ({ signal }) => get<Matter[]>("/handovers/in-hand", signal),
    enabled: serves,
  });
  const found = useQuery({ queryKey: ["handovers"], queryFn: ({ signal }) => get<Handover[]>("/handovers/", signal) });
  const offer = useAct(["handovers", "in-hand"], () => form.resetFields());
  const take = useAct(["handovers", "in-hand", "board"]);
  return (
    <Flex vertical gap="middle">
      {serves && (
        <Card title="我手上的事">
          <Told of={inHand}>
            {(matters) => (
              <>
                <Matters matters={matters} mine />
                <Form
                  form={form}
                  layout="vertical"
                  requiredMark={false}
                  initialValues={{ note: "" }}
                  onFinish={(given) => offer.mutate({ path: "/handovers/", body: given })}
                >
                  <Form.Item name="taking" label="交给" rules={[{ required: true, message: "请选接班的人" }]}>
                    <Colleague />
                  </Form.Item>
                  <Form.Item name="note" label="要交代的">
                    <Input.TextArea rows={2} maxLength={1900} />
                  </Form.Item>
                  <Button type="primary" htmlType="submit" loading={offer.isPending}>
                    交班
                  </Button>
                </Form>
              </>
            )}
          </Told>
        </Card>
      )}
      <Told of={found}>
        {(handovers) =>
          handovers.length === 0 ? (
            <Empty description="还没有交接班记录" image={Empty.PRESENTED_IMAGE_SIMPLE} />
          ) : (
            handovers.map((each) => (
              <Card
                key={each.number}
                size="small"
                title={`工号 ${each.leaving} 交给工号 ${each.taking}，${time(each.offered_at)}`}
                extra={each.taken_at ? <Tag color="success">已接班</Tag> : <Tag color="warning">待接班</Tag>}
              >
                {each.note && <p>{each.note}</p>}
                <Matters matters={each.matters} />
                {!each.taken_at && each.taking === session.job_number && (
                  <Button
                    type="primary"
                    size="small"
                    loading={take.isPending}
                    onClick={() => take.mutate({ path: `/handovers/${each.number}/take` })}
                  >
                    接班
                  </Button>
                )}
              </Card>
            ))
          )
        }
      </Told>
    </Flex>
  );
}

function Matters({ matters, mine = false }: { matters: Matter[]; mine?: boolean }) {
  const eventName = useLabels("events");
  const [stopped, setStopped] = useState<Matter>();
  if (!matters.length) return <p>没有未办结的事。</p>;
  return (
    <ul>
      {matters.map((each) => (
        <li key={each.ticket}>
          <a href={`#/tickets/${each.ticket}`}>{each.ticket}</a> {each.as_owner && <Tag>首问</Tag>}
          {each.as_handler && <Tag>经办</Tag>}
          {each.event && <Tag color={each.stopped === null ? "error" : "default"}>{eventName(each.event)}</Tag>}
          {each.follow_up.join("；")}
          {each.stopped && <div>已告一段落：{each.stopped}</div>}
          {each.event && each.stopped === null && (
            <Flex wrap gap="small" align="center">
              <span>还没有告一段落，不能交班。</span>
              {mine && (
                <Button size="small" onClick={() => setStopped(each)}>
                  登记告一段落
                </Button>
              )}
            </Flex>
          )}
        </li>
      ))}
      {stopped && <StoppingPoint matter={stopped} close={() => setStopped(undefined)} />}
    </ul>
  );
}

function StoppingPoint({ matter, close }: { matter: Matter; close: () => void }) {
  const [id] = useState(newId);
  const act = useAct(["in-hand", "ticket"], close);
  return (
    <Words
      title="登记告一段落"
      label="做到哪一步，接班的人要注意什么"
      busy={act.isPending}
      close={close}
      say={({ text }) =>
        act.mutate({ path: `/tickets/${matter.ticket}/acts/stopping-point`, body: { request_id: id, reason: text } })
      }
    />
  );
}
