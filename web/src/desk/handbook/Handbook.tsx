import { useQuery } from "@tanstack/react-query";
import { Collapse, Tabs, Tag } from "antd";
import { get } from "../server";
import { Told } from "../Told";
import { KnowledgeTest } from "./KnowledgeTest";

interface Item {
  text: string;
  rule: string | null;
  source: string | null;
}

interface Chapter {
  title: string;
  items: Item[];
  /** what is said where the operator has published nothing of it */
  silent: string;
}

/** 服务手册, made from the charter, with a short test of it. */
export default function Handbook() {
  const book = useQuery({
    queryKey: ["handbook"],
    queryFn: ({ signal }) => get<{ version: string; chapters: Chapter[] }>("/handbook/", signal),
  });
  return (
    <div className="page">
      <h1>服务手册</h1>
      <Tabs
        items={[
          {
            key: "book",
            label: "手册",
            children: (
              <Told of={book}>
                {({ version, chapters }) => (
                  <>
                    <p>服务章程版本 {version}</p>
                    <Collapse
                      items={chapters.map((chapter) => ({
                        key: chapter.title,
                        label: chapter.title,
                        children: <Page chapter={chapter} />,
                      }))}
                    />
                  </>
                )}
              </Told>
            ),
          },
          { key: "test", label: "知识测验", children: <KnowledgeTest /> },
        ]}
      />
    </div>
  );
}

function Page({ chapter }: { chapter: Chapter }) {
  return (
    <>
      {chapter.items.length === 0 && <p>{chapter.silent}</p>}
      <ul>
        {chapter.items.map((item) => (
          <li key={item.text}>
            {item.text} {item.rule && <Tag>{item.rule}</Tag>}
            {item.source && <small>{item.source}</small>}
          </li>
        ))}
      </ul>
    </>
  );
}
