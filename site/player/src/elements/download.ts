/** A file made in this browser, handed to its user. */

import { make } from "./dom.ts";

export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read the file only after the click has returned.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
