/** The chat API of the bot over HTTP. Every call ends in time; what the bot refuses is a `Refused`. */

import { createParser } from "eventsource-parser";
import type { Message, News } from "./messages";

const ANSWER_WITHIN = 15_000; // milliseconds
const PHOTO_WITHIN = 60_000;
const FIRST_WORD_WITHIN = 8_000;
const SILENT_AT_MOST = 40_000; // the bot says something every 15 s
const POLL_SECONDS = 20;

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** seconds */
    readonly retryAfter: number,
  ) {
    super(message);
  }
}

/** Something on the way keeps the stream back until it ends: it has to be asked for again and again instead. */
export class HeldBack extends Error {}

export interface Heard {
  connected(): void;
  message(message: Message): void;
  answering(answering: boolean): void;
}

interface Call {
  token?: string;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  body?: BodyInit;
  signal: AbortSignal;
}

export class Server {
  constructor(private readonly origin: string) {}

  async greeting(signal: AbortSignal): Promise<string> {
    return (await this.json<{ greeting: string }>("/chat/greeting", { signal })).greeting;
  }

  async open(signal: AbortSignal): Promise<string> {
    return (await this.json<{ token: string }>("/chat/sessions", { method: "POST", signal })).token;
  }

  async send(token: string, message: { id: string; text: string }, signal: AbortSignal): Promise<void> {
    await this.json("/chat/messages", { token, method: "POST", body: JSON.stringify(message), signal });
  }

  async sendPhoto(token: string, id: string, photo: Blob, signal: AbortSignal): Promise<void> {
    const path = `/chat/photos?id=${encodeURIComponent(id)}`;
    await this.json(path, { token, method: "POST", body: photo, signal }, PHOTO_WITHIN);
  }

  async photo(token: string, id: string, signal: AbortSignal): Promise<Blob> {
    return within(PHOTO_WITHIN, signal, async (patience) => {
      const path = `/chat/photos/${encodeURIComponent(id)}`;
      return (await this.call(path, { token, signal: patience.signal })).blob();
    });
  }

  /** What has no answer. */
  async tell(path: string, token: string, told: object): Promise<void> {
    const { signal } = new AbortController();
    await within(ANSWER_WITHIN, signal, (patience) =>
      this.call(path, { token, method: "POST", body: JSON.stringify(told), signal: patience.signal }),
    );
  }

  /** With `wait`, the answer comes when there is news, or after a while. */
  async read(token: string, after: number, { wait, signal }: { wait: boolean; signal: AbortSignal }): Promise<News> {
    const path = `/chat/messages?after=${after}${wait ? `&wait=${POLL_SECONDS}` : ""}`;
    return within(ANSWER_WITHIN + (wait ? POLL_SECONDS * 1000 : 0), signal, async (patience) => {
      const response = await this.call(path, { token, signal: patience.signal });
      return { messages: await response.json(), answering: response.headers.get("Shouwen-Answering") === "true" };
    });
  }

  /** Until the stream ends. */
  async listen(token: string, after: number, heard: Heard, signal: AbortSignal): Promise<void> {
    let begun = false;
    const parser = createParser({
      onEvent: ({ event, data }) => {
        if (event === "message") heard.message(JSON.parse(data));
        else if (event === "answering") heard.answering(JSON.parse(data));
      },
    });
    try {
      await within(FIRST_WORD_WITHIN, signal, async (patience) => {
        const headers = { "Last-Event-ID": String(after) };
        const response = await this.call("/chat/events", { token, headers, signal: patience.signal });
        const reader = (response.body as ReadableStream<Uint8Array>).getReader();
        const decoder = new TextDecoder();
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          if (!begun) heard.connected();
          begun = true;
          patience.renew(SILENT_AT_MOST);
          parser.feed(decoder.decode(value, { stream: true }));
        }
      });
    } catch (error) {
      throw error instanceof TooLate && !begun ? new HeldBack() : error;
    }
  }

  private async json<T>(path: string, call: Call, time = ANSWER_WITHIN): Promise<T> {
    return within(time, call.signal, async (patience) =>
      (await this.call(path, { ...call, signal: patience.signal })).json(),
    );
  }

  private async call(path: string, { token, headers, ...call }: Call): Promise<Response> {
    const response = await fetch(this.origin + path, {
      ...call,
      headers: token ? { ...headers, Authorization: `Bearer ${token}` } : headers,
      cache: "no-store",
      credentials: "omit",
    });
    if (!response.ok) throw await refusal(response);
    return response;
  }
}

async function refusal(response: Response): Promise<Refused> {
  const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
  const { error = "", message = "" } = isOurs ? await response.json() : {};
  return new Refused(response.status, error, message, Number(response.headers.get("Retry-After")) || 1);
}

class TooLate extends Error {}

interface Patience {
  signal: AbortSignal;
  renew(time: number): void;
}

/** Runs `work` for so many milliseconds at most, or until `signal`. */
async function within<T>(time: number, signal: AbortSignal, work: (patience: Patience) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const stop = () => ending.abort(signal.reason);
  let timer = 0;
  const renew = (more: number) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => ending.abort(new TooLate()), more);
  };
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  renew(time);
  try {
    return await work({ signal: ending.signal, renew });
  } catch (error) {
    // Older browsers throw an error of their own instead of the reason.
    throw ending.signal.aborted && !signal.aborted ? new TooLate() : error;
  } finally {
    window.clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}
