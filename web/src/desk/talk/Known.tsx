import { useQuery } from "@tanstack/react-query";
import { get } from "../server";
import { Told } from "../Told";
import { useWords } from "../words";
import type { Conversation } from "./conversations";
import type { Draft } from "./Filing";

/** 已经问到: what the assistant has asked a caller, so that who picks up does not ask again. */
export function Known({ conversation: { conversation, last_seq, phone } }: { conversation: Conversation }) {
  const found = useQuery({
    queryKey: ["draft", conversation, last_seq],
    queryFn: ({ signal }) => get<Draft>(`/conversations/${conversation}/draft`, signal),
    placeholderData: (before, query) => (query?.queryKey[1] === conversation ? before : undefined),
  });
  const words = useWords().data;
  return (
    <section>
      <h2>已经问到</h2>
      <Told of={found}>
        {({ ticket_type, subject, service, description, address, contact_phone }) => (
          <dl>
            <dt>事由</dt>
            <dd>{(ticket_type && subject && words?.subjects[ticket_type]?.[subject]) || "还没有问到"}</dd>
            {service && (
              <>
                <dt>服务</dt>
                <dd>{words?.services[service] ?? service}</dd>
              </>
            )}
            <dt>地址</dt>
            <dd>{address ?? "还没有问到"}</dd>
            <dt>联系电话</dt>
            <dd>{contact_phone ?? phone ?? "还没有问到"}</dd>
            <dt>客户说</dt>
            <dd>{description || "还没有说"}</dd>
          </dl>
        )}
      </Told>
    </section>
  );
}
