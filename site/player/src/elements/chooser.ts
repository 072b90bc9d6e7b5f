/** A chooser: ranks what the page's table recommends, with its reasons. The answers stay in this browser. */

import { byData } from "../schema.ts";
import { all, find, make, part, say as tell, show, words } from "./dom.ts";
import type { Practice } from "./practice.ts";
import { privately, texts } from "./private.ts";

/** Which answers a reason asks for, and what it weighs; null rules out. */
type Reason = readonly [when: Readonly<Record<string, readonly string[]>>, weight: number | null];
interface Chosen {
  readonly show: number;
  readonly weighed: readonly { readonly id: string; readonly reasons: readonly Reason[] }[];
}
type Answers = Readonly<Record<string, string>>;

/** What speaks more for than against, the best first; of equals the first written. The build's `ranked` does the same. */
export function ranked({ weighed }: Chosen, answers: Answers): { readonly id: string; readonly met: readonly number[] }[] {
  return weighed
    .map(({ id, reasons }) => {
      const met = reasons.flatMap(([when], at) => (Object.entries(when).every(([question, among]) => among.includes(answers[question] ?? "")) ? [at] : []));
      const weights = met.map((at) => reasons[at]?.[1] ?? null);
      return { id, met, score: weights.includes(null) ? 0 : weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0) };
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
}

export const chooser: Practice = (session, block, root) => {
  const chosen = JSON.parse(root.dataset.choosing ?? "") as Chosen;
  const own = privately(session, `chooser.${block.id}`);
  const form = part<HTMLFormElement>(root, "[data-asked]");
  const questions = all(form, "[data-asks]");
  const list = part(root, "[data-ranked]");
  const found = part(root, "[data-found]");
  let saved: string | null = null;

  const answers = (): Answers => Object.fromEntries(questions.flatMap((question) => {
    const input = find<HTMLInputElement>(question, "input:checked");
    return input ? [[question.dataset.asks ?? "", input.value]] : [];
  }));

  function update(): void {
    const given = answers();
    const open = questions.length - Object.keys(given).length;
    const best = open ? [] : ranked(chosen, given).slice(0, chosen.show);
    tell(found, open ? `${open} of ${questions.length} still to answer` : `Consider first: ${words(find(row(best[0]?.id ?? ""), "[data-title]"))}`);
    list.replaceChildren(...best.map(({ id, met }) => {
      const from = row(id);
      const reasons = all(from, "[data-reason]");
      return make("li", {}, make("h3", {}, words(find(from, "[data-title]"))), ...part(from, "[data-about]").cloneNode(true).childNodes,
        make("ul", {}, ...met.flatMap((at) => {
          const reason = reasons[at];
          if (!reason) return [];
          return [make("li", { class: reason.dataset.reason ?? "" }, ...(reason.dataset.reason === "for" ? [] : [make("strong", {}, "But: ")]), ...part(reason, "[data-because]").cloneNode(true).childNodes)];
        })));
    }));
  }
  const row = (id: string) => part(root, byData("recommended", id));

  function set(given: Answers): void {
    for (const question of questions)
      for (const input of all<HTMLInputElement>(question, "input")) input.checked = given[question.dataset.asks ?? ""] === input.value;
    update();
  }

  function keep(text: string): void {
    saved = text;
    own.write(text);
    update();
  }
  form.addEventListener("change", () => keep(JSON.stringify(answers())));
  form.addEventListener("submit", (event) => event.preventDefault());
  // A form is empty only after it has said that it will be.
  form.addEventListener("reset", () => window.setTimeout(() => keep("")));
  for (const shown of [form, found]) show(shown, true);
  part<HTMLDetailsElement>(root, "[data-all]").open = false;

  /** Another tab may have gone on, or all may have been cleared. */
  function refresh(): void {
    const text = own.read();
    if (text === saved) return;
    saved = text;
    set(texts(text));
  }
  update();
  refresh();
  return refresh;
};
