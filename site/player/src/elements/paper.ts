/** Printing one thing of a page alone. */

/** Prints `root` without the page round it. Some browsers return at once: what was prepared is undone when they have printed. */
export function printAlone(root: HTMLElement, undo: () => void = () => {}): void {
  const page = document.documentElement;
  page.dataset.printing = "";
  root.dataset.printed = "";
  const done = () => {
    delete page.dataset.printing;
    delete root.dataset.printed;
    undo();
  };
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}

/** Calls back before the page is printed, for as long as `root` is part of it. */
export function beforePrint(root: HTMLElement, prepare: () => void): void {
  const printing = () => (root.isConnected ? prepare() : window.removeEventListener("beforeprint", printing));
  window.addEventListener("beforeprint", printing);
}
