import { useQuery } from "@tanstack/react-query";
import { Button, Card, Empty, Flex, Form, Input, Tag } from "antd";
import { time } from "../clock";
import { get } from "../server";
import { useSession } from "../session";
import { Told } from "../Told";
import { useAct } from "../useAct";

interface Matter {
  ticket: string;
  as_handler: boolean;
  as_owner: boolean;
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
                <Matters matters={matters} />
                <Form
                  form={form}
                  layout="vertical"
                  requiredMark={false}
                  initialValues={{ note: "" }}
                  onFinish={(given) => offer.mutate({ path: "/handovers/", body: given })}
                >
                  <Form.Item name="taking" label="交给（工号）" rules={[{ required: true, message: "请填工号" }]}>
                    <Input />
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

function Matters({ matters }: { matters: Matter[] }) {
  if (!matters.length) return <p>没有未办结的事。</p>;
  return (
    <ul>
      {matters.map((each) => (
        <li key={each.ticket}>
          <a href={`#/tickets/${each.ticket}`}>{each.ticket}</a> {each.as_owner && <Tag>首问</Tag>}
          {each.as_handler && <Tag>经办</Tag>}
          {each.event && (each.stopped === null ? <Tag color="error">突发事件未处理到位</Tag> : <Tag>突发事件</Tag>)}
        </li>
      ))}
    </ul>
  );
}
