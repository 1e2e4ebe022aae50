/** Elements without a framework: the page shows what it is told once, so nothing has to be kept in step. */

export type Child = Node | string | null | false;

/** `attributes` as in HTML. Children that are null or false are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false));
  return element;
}
