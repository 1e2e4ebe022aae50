import { useQuery } from "@tanstack/react-query";
import { Empty, Flex, Tag } from "antd";
import { Due } from "../Due";
import { get } from "../server";
import { Told } from "../Told";

interface Awaited {
  ticket: string;
  name: string;
  due: string | null;
  handler: string;
  annotated: boolean;
  investigator_named: boolean;
}

/** Complaints that wait for the director's annotation or for an investigator (R1.5); both are done on the ticket. */
export function Annotations() {
  const found = useQuery({
    queryKey: ["annotations"],
    queryFn: ({ signal }) => get<{ rule: string | null; awaited: Awaited[] }>("/annotations/", signal),
  });
  return (
    <Told of={found}>
      {({ rule, awaited }) => {
        if (rule === null) return <Empty description="本公司没有规定负责人批示投诉" />;
        if (!awaited.length) return <Empty description="没有待批示的投诉" />;
        return (
          <Flex vertical gap="small">
            {awaited.map((each) => (
              <span key={each.ticket}>
                <a href={`#/tickets/${each.ticket}`}>{each.ticket}</a> {each.name}，经办 工号 {each.handler}{" "}
                {each.due && <Due at={each.due} />} {!each.annotated && <Tag color="warning">待批示</Tag>}
                {!each.investigator_named && <Tag color="warning">待指定调查人</Tag>}
              </span>
            ))}
          </Flex>
        );
      }}
    </Told>
  );
}
