import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { send, told } from "./server";

export interface Done {
  method?: "POST" | "PUT" | "DELETE";
  path: string;
  body?: unknown;
}

/** Sends a change; what it makes old is asked for anew, and what the bot refuses is told. */
export function useAct<T = unknown>(old: string[], then?: (answer: T) => void) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: ({ method = "POST", path, body = {} }: Done) => send<T>(method, path, body),
    onSuccess: (answer) => {
      for (const key of old) void queries.invalidateQueries({ queryKey: [key] });
      then?.(answer);
    },
    onError: (error) => void message.error(told(error)),
  });
}
