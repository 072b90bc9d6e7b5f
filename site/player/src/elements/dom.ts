/** Short words for the DOM. */

export const find = <E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E | null =>
  root.querySelector<E>(selector);

export const all = <E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E[] => [
  ...root.querySelectorAll<E>(selector),
];

/** A part that the templates always write. */
export function part<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E {
  const found = find<E>(root, selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

type Child = Node | string;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Readonly<Record<string, string>> = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export const words = (element: Element | null): string => (element?.textContent ?? "").replace(/\s+/g, " ").trim();

export function show(element: HTMLElement | null, shown: boolean): void {
  if (element) element.hidden = !shown;
}

/** Only when it changes: a live region repeats what is set again. */
export function say(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

export function focus(element: HTMLElement): void {
  if (!element.hasAttribute("tabindex") && element.tabIndex < 0) element.tabIndex = -1;
  element.focus();
}
