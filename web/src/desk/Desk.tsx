import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Result, Spin } from "antd";
import { useEffect } from "react";
import { Frame } from "./Frame";
import { NewPassword } from "./NewPassword";
import { SignIn } from "./SignIn";
import { get, Refused, told, trust } from "./server";
import { type Session, SessionContext } from "./session";

const NOBODY = null;

/** The door, then the desk. */
export function Desk() {
  const queries = useQueryClient();
  const session = useQuery({ queryKey: ["session"], queryFn: ({ signal }) => recognised(signal), staleTime: Infinity });
  const opened = (fresh: Session | null) => {
    trust(fresh?.csrf ?? "");
    queries.setQueryData(["session"], fresh);
  };

  useEffect(
    // Whoever is refused as nobody, on whatever page, stands before the door again.
    () =>
      queries.getQueryCache().subscribe(({ query }) => {
        const { error } = query.state;
        if (error instanceof Refused && error.status === 401) queries.setQueryData(["session"], NOBODY);
      }),
    [queries],
  );

  if (session.isPending) return <Spin fullscreen />;
  if (session.isError) return <Result status="warning" title={told(session.error)} />;
  if (!session.data) return <SignIn opened={opened} />;
  if (session.data.must_change_password) return <NewPassword changed={opened} />;
  return (
    <SessionContext.Provider value={session.data}>
      <Frame left={() => opened(NOBODY)} />
    </SessionContext.Provider>
  );
}

async function recognised(signal: AbortSignal): Promise<Session | null> {
  try {
    const session = await get<Session>("/session", signal);
    trust(session.csrf);
    return session;
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return NOBODY;
    throw error;
  }
}
