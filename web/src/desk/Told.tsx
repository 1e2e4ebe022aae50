import type { UseQueryResult } from "@tanstack/react-query";
import { Alert, Skeleton } from "antd";
import type { ReactNode } from "react";
import { told } from "./server";

/** What was asked for, or why it can't be shown. */
export function Told<T>({ of, children }: { of: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return children(of.data);
  return of.isError ? <Alert type="error" showIcon title={told(of.error)} /> : <Skeleton active />;
}
