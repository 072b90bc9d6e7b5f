/** The words of a question, read from its HTML for statements and interactions. */

import type { Question } from "../course.ts";
import type { Wording } from "../interactions.ts";
import { control, part } from "../schema.ts";
import { strings } from "../strings.ts";
import { all, find, words } from "./dom.ts";

export function wording(question: Question, root: HTMLElement): Wording {
  const options = all(root, part.option).map((option) => [option.dataset.option ?? "", words(find(option, part.optionText))]);
  const targets = all<HTMLOptionElement>(root, "select option").map((option) => [option.value, words(option)]);
  const confidence = find(root, part.confidence);
  const levels = all<HTMLInputElement>(root, `input[name="${control.confidence(question.id)}"]`).map((input) => [
    input.value, words(input.labels?.[0] ?? null),
  ]);
  const named = (pairs: readonly string[][]) => Object.fromEntries(pairs) as Record<string, string>;
  return {
    prompt: words(find(root, part.prompt)),
    parts: { ...strings.role, ...named(targets), ...named(options) },
    confidence: words(confidence && find(confidence, "legend")),
    levels: named(levels),
  };
}
