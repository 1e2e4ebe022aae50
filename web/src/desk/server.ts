/** The desk API of the bot (bot/desk/) over HTTP. Every call ends in time; what the bot refuses is a `Refused`. */

const PREFIX = "/desk/api";
const ANSWER_WITHIN = 15_000; // milliseconds

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** what else the bot told of it: who has it, which phrase, a better one */
    readonly details: Record<string, string | undefined> = {},
  ) {
    super(message);
  }
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Proves with every change that our own page sends it. */
let csrf = "";

export function trust(token: string): void {
  csrf = token;
}

let nobody: () => void = () => undefined;

/** Called when a call is refused because the session has ended. */
export function whenEnded(ended: () => void): void {
  nobody = ended;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await call("GET", path, { signal })).json();
}

/** `key` makes that sending it twice does it once. */
export async function send<T = unknown>(method: Method, path: string, body?: unknown, key?: string): Promise<T> {
  const response = await call(method, path, {
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { "Content-Type": "application/json", ...(key ? { "Idempotency-Key": key } : {}) },
  });
  const answer = await response.text();
  return answer ? JSON.parse(answer) : (undefined as T);
}

export function address(path: string): string {
  return PREFIX + path;
}

export async function call(method: Method, path: string, how: RequestInit): Promise<Response> {
  const late = AbortSignal.timeout(ANSWER_WITHIN);
  const response = await fetch(PREFIX + path, {
    ...how,
    method,
    headers: { ...how.headers, ...(csrf ? { "Shouwen-Csrf": csrf } : {}) },
    signal: how.signal ? AbortSignal.any([how.signal, late]) : late,
    cache: "no-store",
    credentials: "same-origin",
  });
  if (response.status === 401 && path !== "/session") nobody();
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response: Response): Promise<Refused> {
  const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
  const { error = "", message = "", ...details } = isOurs ? await response.json() : {};
  return new Refused(response.status, error, message || `没有办成（${response.status}），请稍后再试。`, details);
}

/** What to tell about anything that went wrong. */
export function told(error: unknown): string {
  if (error instanceof Refused) return error.message;
  return "网络不通或服务器没有应答，请稍后再试。";
}
