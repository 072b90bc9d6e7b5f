/** Printing one thing of a page alone. */

/** Prints `root` without the page round it. */
export function printAlone(root: HTMLElement): void {
  const page = document.documentElement;
  page.dataset.printing = "";
  root.dataset.printed = "";
  const done = () => {
    delete page.dataset.printing;
    delete root.dataset.printed;
  };
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}

/** Calls back before the page is printed, for as long as `root` is part of it. */
export function beforePrint(root: HTMLElement, prepare: () => void): void {
  const printing = () => (root.isConnected ? prepare() : window.removeEventListener("beforeprint", printing));
  window.addEventListener("beforeprint", printing);
}
