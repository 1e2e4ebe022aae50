/** What the browser remembers: the token, which opens the history again; what is not sent yet, in this tab only. */

import type { Pending } from "./conversation";

const TOKEN = "shouwen.token";
const INFORMED = "shouwen.informed";
const UNSENT = "shouwen.unsent";

/** Browsers may forbid it, for a frame in another site for instance; then it lasts as long as the page. */
function storage(kind: "localStorage" | "sessionStorage"): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  try {
    const there = window[kind];
    there.getItem(TOKEN);
    return there;
  } catch (forbidden) {
    console.info(`${kind} is not available`, forbidden);
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }
}

export class Memory {
  private readonly lasting = storage("localStorage");
  private readonly ofTab = storage("sessionStorage");

  get token(): string | null {
    return this.lasting.getItem(TOKEN);
  }

  set token(token: string | null) {
    if (token) this.lasting.setItem(TOKEN, token);
    else this.lasting.removeItem(TOKEN);
  }

  /** Whether the notice on personal data was read. */
  get informed(): boolean {
    return this.lasting.getItem(INFORMED) !== null;
  }

  setInformed(): void {
    this.lasting.setItem(INFORMED, "1");
  }

  /** Photos are too large to be remembered. */
  get unsent(): Pending[] {
    return JSON.parse(this.ofTab.getItem(UNSENT) ?? "[]");
  }

  set unsent(unsent: Pending[]) {
    this.ofTab.setItem(UNSENT, JSON.stringify(unsent.filter((each) => !each.photo)));
  }
}
