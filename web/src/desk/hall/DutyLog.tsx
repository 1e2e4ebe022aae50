import { useQuery } from "@tanstack/react-query";
import { Button, Card, Checkbox, DatePicker, Empty, Flex, Form, Input, Tag } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { newId } from "../../chat/ids";
import { time } from "../clock";
import { get } from "../server";
import { useSession } from "../session";
import { Told } from "../Told";
import { useAct } from "../useAct";
import type { DutyNote } from "./dutyNotes";

interface Log {
  shifts: { job_number: string; title: string; start: string; end: string }[];
  notes: DutyNote[];
  /** events of days before that were unfinished when the day began */
  carried: DutyNote[];
}

/** 值班日志: what is unfinished is carried on from day to day. */
export function DutyLog() {
  const session = useSession();
  const [day, setDay] = useState(dayjs());
  const [form] = Form.useForm<{ text: string; event: boolean }>();
  const [id, setId] = useState(newId);
  const on = day.format("YYYY-MM-DD");
  const log = useQuery({
    queryKey: ["duty-log", on],
    queryFn: ({ signal }) => get<Log>(`/hall/duty-log/${on}`, signal),
  });
  const note = useAct(["duty-log", "greeting"], () => {
    setId(newId());
    form.resetFields();
  });

  return (
    <Flex vertical gap="middle">
      <DatePicker
        className="alone"
        value={day}
        onChange={(chosen) => chosen && setDay(chosen)}
        allowClear={false}
        aria-label="哪一天"
      />
      {session.role !== "supervisor" && (
        <Card title="记一笔">
          <Form
            form={form}
            initialValues={{ event: false }}
            onFinish={(given) => note.mutate({ path: "/hall/duty-log", body: { id, ...given } })}
          >
            <Form.Item name="text" rules={[{ required: true, message: "请写内容" }]}>
              <Input.TextArea rows={2} aria-label="内容" maxLength={1900} />
            </Form.Item>
            <Flex justify="space-between">
              <Form.Item name="event" valuePropName="checked" noStyle>
                <Checkbox>还没有了结，要接着办</Checkbox>
              </Form.Item>
              <Button type="primary" htmlType="submit" loading={note.isPending}>
                记下
              </Button>
            </Flex>
          </Form>
        </Card>
      )}
      <Told of={log}>
        {({ shifts, notes, carried }) => (
          <>
            <Notes title="从前面接下来的" notes={carried} />
            <Notes title="当天" notes={notes} />
            <Shifts shifts={shifts} />
          </>
        )}
      </Told>
    </Flex>
  );
}

/** Who had the same hours and the same office stands together. */
function Shifts({ shifts }: { shifts: Log["shifts"] }) {
  const together = new Map<string, string[]>();
  for (const { start, end, title, job_number } of shifts) {
    const shift = `${time(start)}–${time(end)} ${title}`;
    together.set(shift, [...(together.get(shift) ?? []), job_number]);
  }
  return (
    <Card title="当班" size="small">
      {shifts.length === 0 && "章程没有排这一天的班。"}
      {[...together].map(([shift, members]) => (
        <div key={shift}>
          {shift}：工号 {members.join("、")}
        </div>
      ))}
    </Card>
  );
}

function Notes({ title, notes }: { title: string; notes: DutyNote[] }) {
  return (
    <Card title={title} size="small">
      {notes.length === 0 && <Empty description="没有记录" image={Empty.PRESENTED_IMAGE_SIMPLE} />}
      {notes.map((note) => (
        <Note key={note.number} note={note} />
      ))}
    </Card>
  );
}

function Note({ note }: { note: DutyNote }) {
  const session = useSession();
  const end = useAct(["duty-log", "greeting"]);
  const hangs = note.event && note.ended_at === null;
  return (
    <div className="entry">
      <small>
        {time(note.at)} 工号 {note.by} {hangs && <Tag color="warning">未了结</Tag>}
      </small>
      <p>{note.text}</p>
      {note.outcome && (
        <p>
          <Tag color="success">了结</Tag>工号 {note.ended_by}：{note.outcome}
        </p>
      )}
      {hangs && session.role !== "supervisor" && (
        <Input.Search
          placeholder="结果如何"
          enterButton="了结"
          loading={end.isPending}
          onSearch={(outcome) =>
            outcome && end.mutate({ path: `/hall/duty-log/${note.number}/end`, body: { outcome } })
          }
        />
      )}
    </div>
  );
}
