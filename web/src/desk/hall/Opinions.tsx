import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Card, Empty, Flex, Form, Input, Pagination, Radio, Tag } from "antd";
import { useState } from "react";
import { newId } from "../../chat/ids";
import { time } from "../clock";
import { Due } from "../Due";
import { get } from "../server";
import { useSession } from "../session";
import { Told } from "../Told";
import { useAct } from "../useAct";
import { options, useLabels, useWords } from "../words";

interface Opinion {
  number: number;
  kind: string;
  written_at: string;
  noted_by: string;
  words: string;
  ticket: string | null;
  owner: string | null;
  promise: { due: string | null; reason: string | null } | null;
  answer: string | null;
  answered_at: string | null;
}

interface Book {
  /** what is owed an answer first, the oldest of it first; then the newest first */
  opinions: Opinion[];
  total: number;
  unanswered: number;
}

const AT_A_TIME = 20;

interface Given {
  kind: string;
  words: string;
  contact_phone?: string;
}

/** 意见簿: every entry is tracked and answered. */
export function Opinions() {
  const session = useSession();
  const [form] = Form.useForm<Given>();
  const [id, setId] = useState(newId);
  const words = useWords();
  const kind = Form.useWatch("kind", form);
  const [page, setPage] = useState(1);
  const book = useQuery({
    queryKey: ["opinions", page],
    queryFn: ({ signal }) => get<Book>(`/hall/opinions?offset=${(page - 1) * AT_A_TIME}&limit=${AT_A_TIME}`, signal),
    placeholderData: keepPreviousData,
  });
  const write = useAct(["opinions", "board"], () => {
    setId(newId());
    form.resetFields();
  });

  return (
    <Flex vertical gap="middle">
      {session.role !== "supervisor" && (
        <Card title="记下客户的意见">
          <Form<Given>
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={{ kind: "suggestion" }}
            onFinish={({ contact_phone, ...given }) =>
              write.mutate({ path: "/hall/opinions", body: { id, ...given, contact_phone: contact_phone || null } })
            }
          >
            <Form.Item name="kind" label="哪一类">
              <Radio.Group options={options(words.data?.opinions)} />
            </Form.Item>
            <Form.Item name="words" label="客户写的" rules={[{ required: true, message: "请写内容" }]}>
              <Input.TextArea rows={3} maxLength={1900} />
            </Form.Item>
            <Form.Item
              name="contact_phone"
              label="答复打到哪个电话"
              rules={[{ required: kind !== "praise", message: "要答复客户，请填电话" }]}
            >
              <Input inputMode="tel" />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={write.isPending}>
              记下
            </Button>
          </Form>
        </Card>
      )}
      <Told of={book}>
        {({ opinions, total, unanswered }) =>
          total === 0 ? (
            <Empty description="意见簿还是空的" />
          ) : (
            <>
              {opinions.map((each) => (
                <Entry key={each.number} opinion={each} />
              ))}
              <Pagination
                current={page}
                pageSize={AT_A_TIME}
                total={total}
                onChange={setPage}
                showSizeChanger={false}
                showTotal={() => `共 ${total} 条，${unanswered} 条待答复（排在前面）`}
              />
            </>
          )
        }
      </Told>
    </Flex>
  );
}

function Entry({ opinion }: { opinion: Opinion }) {
  const kindName = useLabels("opinions");
  return (
    <Card size="small" title={`第 ${opinion.number} 条 ${kindName(opinion.kind)}`}>
      <p>{opinion.words}</p>
      <small>
        {time(opinion.written_at)} 工号 {opinion.noted_by} 记
        {opinion.ticket && (
          <>
            ，工单 <a href={`#/tickets/${opinion.ticket}`}>{opinion.ticket}</a>，首问责任人 工号 {opinion.owner}
          </>
        )}
      </small>
      {opinion.answer ? (
        <p>
          <Tag color="success">已答复</Tag>
          {opinion.answer}
        </p>
      ) : (
        opinion.promise && (
          <div>
            {opinion.promise.due ? <Due at={opinion.promise.due} /> : (opinion.promise.reason ?? "没有公布答复时限")}
          </div>
        )
      )}
    </Card>
  );
}
