import { type KeyboardEvent as Pressed, useLayoutEffect } from "react";

/** Keys with Alt, by their code; one that answers false is left to others. They act on what is seen, from when it is. */
export function useAltKeys(keys: Record<string, () => boolean>): void {
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey && keys[event.code]?.()) event.preventDefault();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  });
}

/** Ctrl+Enter sends a form from wherever one writes in it. */
export function sentWithControl(event: Pressed<HTMLFormElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}
