/** One conversation as the page sees it: what was said, what is still to be sent, whether we are connected.
 *
 * Everything is sent with an id of its own until it is accepted, and read on from the last message that was seen: so
 * nothing is lost and nothing comes twice, whatever breaks in between.
 */

import { newId } from "./ids";
import type { Memory } from "./memory";
import type { Message } from "./messages";
import { shrunk } from "./photos";
import { type Heard, HeldBack, Refused, type Server } from "./server";

const FIRST_PAUSE = 1_000; // milliseconds
const LONGEST_PAUSE = 10_000;
const POLLS_BEFORE_LISTENING = 15;

export interface Pending {
  id: string;
  text: string;
  at: string;
  photo?: Blob;
  /** why it was refused for good */
  refused?: string;
}

export interface State {
  messages: readonly Message[];
  pending: readonly Pending[];
  answering: boolean;
  /** the connection is broken, or could not be made */
  lost: boolean;
  /** the history is there, and what comes now is new */
  ready: boolean;
  /** why an earlier conversation can't be shown */
  ended: string | null;
}

export class Conversation {
  private state: State;
  private readonly watchers = new Set<() => void>();
  private readonly sleepers = new Set<() => void>();
  /** accepted, and not yet come back with the log */
  private readonly accepted = new Set<string>();
  private current = new AbortController();
  private stopped = false;
  private sending = false;
  private receiving = false;
  private opening: Promise<void> | null = null;
  /** whose conversation is shown */
  private shown: string | null = null;

  constructor(
    private readonly server: Server,
    private readonly memory: Memory,
  ) {
    const pending = memory.unsent;
    const ready = memory.token === null;
    this.state = { messages: [], pending, answering: false, lost: false, ready, ended: null };
  }

  readonly snapshot = (): State => this.state;

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  };

  /** Shows the history of who has been here, and sends what was left unsent. */
  start(): void {
    window.addEventListener("online", this.hurry);
    if (this.memory.token) void this.receive();
    void this.deliver();
  }

  stop(): void {
    window.removeEventListener("online", this.hurry);
    this.stopped = true;
    this.current.abort();
    this.hurry();
  }

  say(text: string): void {
    this.add({ id: newId(), text, at: new Date().toISOString() });
  }

  async show(file: Blob): Promise<void> {
    const { photo, refused } = await shrunk(file);
    this.add({ id: newId(), text: "[照片]", at: new Date().toISOString(), photo, refused });
  }

  drop(id: string): void {
    this.keep(this.state.pending.filter((each) => each.id !== id));
  }

  /** The photo of a message. */
  async photo(attachment: string, signal: AbortSignal): Promise<Blob> {
    return this.server.photo(await this.token(), attachment, signal);
  }

  private add(pending: Pending): void {
    this.keep([...this.state.pending, pending]);
    this.hurry();
    void this.deliver();
  }

  /** One after the other, in the order in which they were written. */
  private async deliver(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    let pause = FIRST_PAUSE;
    for (let next = this.unsent(); next && !this.stopped; next = this.unsent()) {
      try {
        await this.send(next);
        pause = FIRST_PAUSE;
      } catch (error) {
        if (isFinal(error)) this.refuse(next, error);
        else await this.pause(error instanceof Refused ? error.retryAfter * 1000 : pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    }
    this.sending = false;
  }

  private async send(pending: Pending): Promise<void> {
    const token = await this.token();
    const { signal } = this.current;
    try {
      if (pending.photo) await this.server.sendPhoto(token, pending.id, pending.photo, signal);
      else await this.server.send(token, { id: pending.id, text: pending.text }, signal);
    } catch (error) {
      if (isOver(error)) return this.end(error, token);
      if (!(error instanceof Refused) || error.status >= 500) this.change({ lost: true });
      throw error;
    }
    this.accepted.add(pending.id);
    this.change({ lost: this.state.lost && !this.receiving });
    void this.receive();
  }

  private unsent(): Pending | undefined {
    return this.state.pending.find((each) => !each.refused && !this.accepted.has(each.id));
  }

  private refuse(pending: Pending, refusal: Refused): void {
    this.keep(this.state.pending.map((each) => (each === pending ? { ...each, refused: refusal.message } : each)));
  }

  private async receive(): Promise<void> {
    if (this.receiving) return;
    this.receiving = true;
    let [pause, polls] = [FIRST_PAUSE, 0];
    const heard: Heard = {
      connected: () => {
        pause = FIRST_PAUSE;
        this.change({ lost: false });
      },
      message: (message) => this.take([message]),
      answering: (answering) => this.change({ answering }),
    };
    while (!this.stopped && (this.memory.token || this.unsent())) {
      let [token, signal] = ["", this.current.signal];
      try {
        token = await this.token();
        signal = this.current.signal;
        if (!this.state.ready) await this.catchUp(token, signal);
        if (polls > 0) {
          polls--;
          await this.ask(token, { wait: true, signal });
          heard.connected();
          continue;
        }
        await this.server.listen(token, this.last(), heard, signal);
      } catch (error) {
        if (isOver(error)) this.end(error, token);
        else if (error instanceof HeldBack) polls = POLLS_BEFORE_LISTENING;
        else if (!signal.aborted) this.change({ lost: true });
      }
      if (polls === 0) await this.pause(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
    this.receiving = false;
  }

  private async catchUp(token: string, signal: AbortSignal): Promise<void> {
    while (await this.ask(token, { wait: false, signal }));
    this.change({ ready: true, lost: false });
  }

  /** How many messages there were. */
  private async ask(token: string, how: { wait: boolean; signal: AbortSignal }): Promise<number> {
    const { messages, answering } = await this.server.read(token, this.last(), how);
    this.take(messages);
    this.change({ answering });
    return messages.length;
  }

  private take(messages: Message[]): void {
    const last = this.last();
    const fresh = messages.filter((message) => message.seq > last);
    if (!fresh.length) return;
    const arrived = new Set(fresh.map((message) => message.id));
    for (const id of arrived) if (id) this.accepted.delete(id);
    this.state = { ...this.state, messages: [...this.state.messages, ...fresh] };
    this.keep(this.state.pending.filter((each) => !arrived.has(each.id)));
  }

  private last(): number {
    return this.state.messages.at(-1)?.seq ?? 0;
  }

  /** Of the conversation that is remembered, else of a new one. */
  private async token(): Promise<string> {
    if (!this.memory.token) {
      this.opening ??= this.open();
      try {
        await this.opening;
      } finally {
        this.opening = null;
      }
    }
    return this.turnTo(this.memory.token as string);
  }

  /** Another page of this browser may have begun a new conversation meanwhile. */
  private turnTo(token: string): string {
    if (this.shown !== null && this.shown !== token) {
      this.leave();
      this.change({ messages: [], answering: false, ready: false });
    }
    this.shown = token;
    return token;
  }

  private leave(): void {
    this.shown = null;
    this.accepted.clear();
    this.current.abort();
    this.current = new AbortController();
  }

  private async open(): Promise<void> {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        this.memory.token = await this.server.open(this.current.signal);
        return;
      } catch (error) {
        if (this.stopped) throw error;
        this.change({ lost: true });
        await this.pause(error instanceof Refused ? error.retryAfter * 1000 : pause);
      }
    }
  }

  /** The token is no longer good: what follows is another conversation, and the customer is told. */
  private end(refusal: Refused, token: string): void {
    if (this.memory.token !== token) return;
    this.memory.token = null;
    this.leave();
    const why = refusal.code === "token_expired" ? "上次的对话已经过期" : "上次的对话已经失效";
    this.change({ messages: [], answering: false, ready: true, ended: why });
  }

  private keep(pending: readonly Pending[]): void {
    this.memory.unsent = [...pending];
    this.change({ pending });
  }

  private change(changed: Partial<State>): void {
    this.state = { ...this.state, ...changed };
    for (const watcher of this.watchers) watcher();
  }

  private pause(time: number): Promise<void> {
    return new Promise((resolve) => {
      const goOn = () => {
        window.clearTimeout(timer);
        this.sleepers.delete(goOn);
        resolve();
      };
      const timer = window.setTimeout(goOn, time);
      this.sleepers.add(goOn);
    });
  }

  /** Whatever waits to try again does so now. */
  private readonly hurry = (): void => {
    for (const goOn of this.sleepers) goOn();
  };
}

function isOver(error: unknown): error is Refused {
  return error instanceof Refused && error.status === 401;
}

/** What is wrong with the message itself: it would fare the same again. */
function isFinal(error: unknown): error is Refused {
  return error instanceof Refused && error.status < 500 && ![401, 408, 429].includes(error.status);
}
