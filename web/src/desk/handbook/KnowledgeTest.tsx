import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Empty, Flex, Radio, Table } from "antd";
import { useState } from "react";
import { Cut } from "../Cut";
import { time } from "../clock";
import { get } from "../server";
import { Told } from "../Told";
import { useAct } from "../useAct";

const MOST = 500; // results that bot/desk/handbook.py tells

interface Question {
  key: string;
  ask: string;
  options: string[];
}

interface Paper {
  id: number;
  questions: Question[];
}

interface Score {
  right: number;
  of: number;
  mistakes: (Question & { right: number; rule: string | null; source: string | null })[];
}

interface Result {
  id: number;
  job_number: string;
  handed_in_at: string;
  score: number;
  questions: number;
}

export function KnowledgeTest() {
  const [paper, setPaper] = useState<Paper>();
  const [chosen, setChosen] = useState<Record<string, number>>({});
  const [score, setScore] = useState<Score>();
  const results = useQuery({
    queryKey: ["tests"],
    queryFn: ({ signal }) => get<Result[]>("/handbook/tests", signal),
  });
  const begin = useAct<Paper>([], (begun) => {
    setPaper(begun);
    setChosen({});
    setScore(undefined);
  });
  const handIn = useAct<Score>(["tests"], (given) => {
    setScore(given);
    setPaper(undefined);
  });

  return (
    <Flex vertical gap="middle">
      {score && <Marked score={score} />}
      {paper ? (
        <>
          {paper.questions.map((question, place) => (
            <Card key={question.key} size="small" title={`${place + 1}. ${question.ask}`}>
              <Radio.Group
                aria-label={question.ask}
                value={chosen[question.key]}
                onChange={(event) => setChosen({ ...chosen, [question.key]: event.target.value })}
                options={question.options.map((label, value) => ({ label, value }))}
              />
            </Card>
          ))}
          <Button
            className="alone"
            type="primary"
            disabled={Object.keys(chosen).length < paper.questions.length}
            loading={handIn.isPending}
            onClick={() => handIn.mutate({ path: `/handbook/tests/${paper.id}`, body: { chosen } })}
          >
            交卷
          </Button>
        </>
      ) : (
        <Button
          className="alone"
          type="primary"
          loading={begin.isPending}
          onClick={() => begin.mutate({ path: "/handbook/tests" })}
        >
          开始测验
        </Button>
      )}
      <Told of={results}>
        {(taken) =>
          taken.length === 0 ? (
            <Empty description="还没有成绩" image={Empty.PRESENTED_IMAGE_SIMPLE} />
          ) : (
            <Table<Result>
              size="small"
              rowKey="id"
              dataSource={taken}
              pagination={{ hideOnSinglePage: true }}
              columns={[
                { title: "工号", dataIndex: "job_number" },
                { title: "时间", render: (_, each) => time(each.handed_in_at) },
                { title: "成绩", render: (_, each) => `${each.score} / ${each.questions}` },
              ]}
              footer={taken.length < MOST ? undefined : () => <Cut shown={taken.length} which="最近的" unit="次" />}
            />
          )
        }
      </Told>
    </Flex>
  );
}

function Marked({ score }: { score: Score }) {
  return (
    <>
      <Alert
        type={score.mistakes.length ? "warning" : "success"}
        showIcon
        title={`答对 ${score.right} 题，共 ${score.of} 题`}
      />
      {score.mistakes.map((each) => (
        <Card key={each.key} size="small" title={each.ask}>
          应为：{each.options[each.right]}（{[each.rule, each.source].filter(Boolean).join("，")}）
        </Card>
      ))}
    </>
  );
}
