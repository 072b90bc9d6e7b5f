/** One page of the course: starts its blocks, and notices when its end has been reached. */

import type { Session } from "../session.ts";
import type { Block, Course } from "../course.ts";
import { known } from "../known.ts";
import { part } from "../schema.ts";
import { all, find } from "./dom.ts";
import { finalCheck } from "./final-check.ts";
import { practice, type Practice } from "./practice.ts";
import { quiz } from "./quiz.ts";

/** Opening a short page shows its end at once: staying there a moment tells reading from passing through. */
const DWELL = 1_000;

/** All other blocks are started by practice.js. */
const STARTERS: Readonly<Record<string, Practice>> = {
  quiz,
  "final-check": (session, _block, root) => finalCheck(session, root),
  "plan-check": planCheck,
};

/** The questions are a quiz's; the plan above them is shown by the other bundle. */
function planCheck(session: Session, block: Block, root: HTMLElement): () => void {
  const shown = practice(session, block, root);
  const asked = quiz(session, block, root);
  return () => {
    shown();
    asked();
  };
}

/** Starts a page; the result brings it up to date after a change from elsewhere. */
export function startPage(session: Session, article: HTMLElement, page: string): () => void {
  session.watch.restart();
  const blocks = all(article, part.block).flatMap((root) => {
    const block = session.course.blockById.get(root.dataset.block ?? "");
    return block ? [(STARTERS[block.type] ?? practice)(session, block, root)] : [];
  });
  if (session.opening.over) closeForms(article);
  watchEnd(session, article, page);
  session.happen({ type: "open", page });
  return () => blocks.forEach((refresh) => refresh());
}

/** What nobody would ever hear of cannot be answered. */
function closeForms(article: HTMLElement): void {
  for (const button of all<HTMLButtonElement>(article, [part.check, part.retry, part.submit, part.again, part.end].join())) button.disabled = true;
}

function watchEnd(session: Session, article: HTMLElement, page: string): void {
  const end = find(article, part.pageEnd);
  if (!end) return;
  const seen = () => session.happen({ type: "seen", page });
  // Next is the way on, whether or not the end was ever in view; other links in it lead elsewhere.
  end.addEventListener("click", (event) => {
    if ((event.target as Element).closest('a[rel~="next"]')) seen();
  });
  let timer: number | undefined;
  const observer = new IntersectionObserver((entries) => {
    window.clearTimeout(timer);
    if (!entries.at(-1)?.isIntersecting) return;
    timer = window.setTimeout(() => {
      if (!article.isConnected) return;
      observer.disconnect();
      seen();
    }, DWELL);
  });
  observer.observe(end);
}

export const pageOf = (course: Course, article: HTMLElement): string => known(course.pageById.get(article.dataset.page ?? "")).id;
