import { Alert, Button, Card, Flex, Form, Input, Radio } from "antd";
import { useState } from "react";
import { newId } from "../../chat/ids";
import { spokenTime, time } from "../clock";
import { Due } from "../Due";
import type { Contact, Ticket } from "../tickets/tickets";
import { useAct } from "../useAct";
import { useLabels } from "../words";
import type { Call } from "./sheet";

interface Given {
  outcome: "solved" | "unsolved" | "not_reached";
  satisfaction?: number;
  conduct?: Record<string, boolean>;
  reason?: string;
}

const OUTCOMES = [
  { value: "solved", label: "已解决" },
  { value: "unsolved", label: "没解决" },
  { value: "not_reached", label: "没联系上" },
];
const MARKS = [5, 4, 3, 2, 1].map((mark) => ({ value: mark, label: `${mark} 分` }));
const KEPT = [
  { value: true, label: "做到了" },
  { value: false, label: "没做到" },
];

interface Shown {
  call: Call;
  times: number | null;
  /** who else is about to call them */
  colleague?: string;
  done: (ticket: Ticket) => void;
}

/** One customer on the phone: the number, what to say in its order, and what they answer. */
export function Calling({ call, times, colleague, done }: Shown) {
  const { row, script, tried } = call;
  const [id] = useState(newId);
  const [form] = Form.useForm<Given>();
  const outcome = Form.useWatch("outcome", form);
  const reached = outcome === "solved" || outcome === "unsolved";
  const act = useAct<Ticket>(["visits", "board", "ticket"], done);
  return (
    <Card
      className="calling"
      title={`${row.type_label}：${row.subject_label}`}
      extra={<a href={`#/tickets/${row.number}`}>工单 {row.number}</a>}
    >
      <Flex vertical gap="middle">
        {colleague && <Alert type="warning" showIcon title={`工号 ${colleague} 刚看过这个电话，可能正在打。`} />}
        <Customer call={call} />
        <p>
          {row.next ? (
            <>
              回访时限 <Due at={row.next.due} />
            </>
          ) : (
            "没有公布回访时限"
          )}
          {tried > 0 && `，已试过 ${tried} 次`}
          {times !== null && `，联系不上时最多 ${times} 次`}
        </p>
        <Form<Given>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={({ reason, ...answers }) =>
            act.mutate({
              path: `/tickets/${row.number}/acts/visit`,
              body: { request_id: id, ...answers, reason: reason ?? "" },
            })
          }
        >
          <blockquote>{script.opening}</blockquote>
          <Form.Item
            name="outcome"
            label={<q>{script.question}</q>}
            rules={[{ required: true, message: "请选回访结果" }]}
          >
            <Radio.Group optionType="button" options={OUTCOMES} />
          </Form.Item>
          {outcome === "unsolved" && (
            <blockquote>对不起，没给您办好，我马上接着办，请您说说现在是什么情况。</blockquote>
          )}
          {reached && Object.keys(script.conduct).length > 0 && (
            <>
              {script.promised && <small>公司承诺：{script.promised}</small>}
              {Object.entries(script.conduct).map(([key, question]) => (
                <Form.Item key={key} name={["conduct", key]} label={<q>{question}</q>}>
                  <Radio.Group options={KEPT} />
                </Form.Item>
              ))}
            </>
          )}
          {reached && (
            <Form.Item name="satisfaction" label={<q>{script.mark}</q>}>
              <Radio.Group optionType="button" options={MARKS} />
            </Form.Item>
          )}
          <Form.Item
            name="reason"
            label={outcome === "not_reached" ? "怎么没联系上" : "客户还说了什么"}
            rules={[{ required: outcome === "unsolved", message: "请写明哪里没解决" }]}
          >
            <Input.TextArea rows={2} maxLength={1900} />
          </Form.Item>
          {reached && <blockquote>{script.farewell}</blockquote>}
          <Button type="primary" htmlType="submit" loading={act.isPending}>
            记下，打下一个
          </Button>
        </Form>
      </Flex>
    </Card>
  );
}

/** The number only when it is asked for: it leaves a row in the audit. */
function Customer({ call: { row, outcome, resolved_at, last } }: { call: Call }) {
  const [shown, setShown] = useState<Contact>();
  const show = useAct<Contact>(["visits"], setShown);
  const outcomeName = useLabels("visits");
  const { phone, address, description } = shown ?? row;
  return (
    <div>
      <Flex wrap gap="small" align="center">
        <strong className="number">{shown ? <a href={`tel:${phone}`}>{phone}</a> : phone}</strong>
        {!shown && (
          <Button
            size="small"
            loading={show.isPending}
            onClick={() => show.mutate({ path: `/tickets/${row.number}/contact`, body: { reason: "calling" } })}
          >
            显示电话（记入审计）
          </Button>
        )}
      </Flex>
      <div>{address}</div>
      <p>
        {time(row.accepted_at)} 受理：{description}
      </p>
      {outcome && (
        <p>
          {resolved_at && spokenTime(resolved_at)} 处理结果：{outcome}
        </p>
      )}
      {last && (
        <p>
          上次 {time(last.at)}：{outcomeName(last.outcome)} {last.remark}
        </p>
      )}
    </div>
  );
}
