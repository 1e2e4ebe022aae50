/** What the assistant's intents (docs/intents.md) are called at the desk. */

import labels from "./intents.json";

export function meaningOf(intent: string): string {
  return (labels as Record<string, string>)[intent] ?? intent;
}
