/** Where this course's files lie: part of the key of everything kept in the browser. */

import { WRAPPER } from "./schema.ts";

export function courseUrl(window: Window): URL {
  const path = window.document.querySelector<HTMLElement>(WRAPPER)?.dataset.course ?? "course.json";
  return new URL(path, window.location.href);
}

export const sitePath = (window: Window): string => new URL(".", courseUrl(window)).pathname;
