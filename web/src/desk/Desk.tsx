import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { Modal, Result, Spin } from "antd";
import { useEffect, useState } from "react";
import { Frame } from "./Frame";
import { NewPassword } from "./NewPassword";
import { SignIn } from "./SignIn";
import { get, Refused, told, trust, whenEnded } from "./server";
import { type Session, SessionContext } from "./session";

const NOBODY = null;
const KEY = ["session"];

/** The door, then the desk. A session that ends in the middle closes the door before the desk and leaves it as it is:
 * whoever comes back finds what they wrote. */
export function Desk() {
  const queries = useQueryClient();
  const session = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => recognised(queries, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [inside, setInside] = useState<string>();
  const found = session.data;
  const isOpen = Boolean(found && !found.ended && !found.must_change_password);

  useEffect(() => {
    if (found === NOBODY) setInside(undefined);
    else if (isOpen) setInside(found?.job_number);
  }, [found, isOpen]);

  useEffect(() => whenEnded(() => queries.setQueryData<Session | null>(KEY, ended)), [queries]);

  function opened(fresh: Session | null) {
    trust(fresh?.csrf ?? "");
    if (fresh?.job_number !== inside) queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
    queries.setQueryData(KEY, fresh);
    if (fresh?.job_number === inside)
      void queries.invalidateQueries({ predicate: (query) => query.state.error !== null });
  }

  if (session.isPending) return <Spin fullscreen />;
  if (!found)
    return session.isError ? <Result status="warning" title={told(session.error)} /> : <SignIn opened={opened} />;
  const door = found.ended ? <SignIn opened={opened} again={found.job_number} /> : <NewPassword changed={opened} />;
  if (inside !== found.job_number) return isOpen ? <Spin fullscreen /> : door;
  return (
    <SessionContext.Provider key={inside} value={found}>
      <Frame left={() => opened(NOBODY)} />
      <Modal
        open={!isOpen}
        footer={null}
        closable={false}
        keyboard={false}
        mask={{ closable: false }}
        zIndex={5000}
        rootClassName="closed"
        afterOpenChange={(open) => open && document.querySelector<HTMLElement>(".closed [type=password]")?.focus()}
        destroyOnHidden
      >
        {!isOpen && door}
      </Modal>
    </SessionContext.Provider>
  );
}

function ended(before: Session | null | undefined): Session | null | undefined {
  return before && { ...before, ended: true };
}

async function recognised(queries: QueryClient, signal: AbortSignal): Promise<Session | null> {
  try {
    const session = await get<Session>("/session", signal);
    trust(session.csrf);
    return session;
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return ended(queries.getQueryData(KEY)) ?? NOBODY;
    throw error;
  }
}
