/** How each type of question is read from its form, written back into it, and laid out: one row per type. */

import type { Question, QuestionType } from "../course.ts";
import { normalised } from "../decimal.ts";
import { scrambled, shuffled } from "../draw.ts";
import { recognised, type Response } from "../grade.ts";
import { byData, control, part } from "../schema.ts";
import { strings } from "../strings.ts";
import { all, find, make, part as required, words } from "./dom.ts";

export interface Reading {
  /** As much as has been answered. */
  readonly response: Response;
  /** Why this is not an answer yet. */
  readonly problem: string | null;
}

export interface Controls {
  read(question: Question, root: HTMLElement): Reading;
  write(question: Question, root: HTMLElement, response: Response): void;
  arrange?(question: Question, root: HTMLElement, seed: number, attempt: number): void;
}

const inputs = (root: HTMLElement, name: string) => all<HTMLInputElement>(root, `input[name="${name}"]`);
const ticked = (root: HTMLElement, name: string) => inputs(root, name).filter((input) => input.checked).map((input) => input.value);
function tick(root: HTMLElement, name: string, values: Response): void {
  for (const input of inputs(root, name)) input.checked = values.includes(input.value);
}
const select = (question: Question, root: HTMLElement, item: string) =>
  required<HTMLSelectElement>(root, `[id="${control.of(question.id, item)}"]`);
const typedInto = (root: HTMLElement) => required<HTMLInputElement>(root, part.input);
const reading = (response: Response, problem: string | false): Reading => ({ response, problem: problem || null });

/** Puts the options' elements into an order; what else stands in the list stays before them. */
function reorder(root: HTMLElement, order: readonly string[]): void {
  const list = required(root, part.options);
  for (const id of order) list.append(required(list, byData("option", id)));
}
const shuffleOptions: NonNullable<Controls["arrange"]> = (question, root, seed, attempt) =>
  reorder(root, shuffled(question, question.options, seed, attempt));

const one: Controls = {
  read(question, root) {
    const response = ticked(root, question.id);
    return reading(response, response.length === 0 && strings.error.one);
  },
  write: (question, root, response) => tick(root, question.id, response),
};

const several: Controls = {
  read(question, root) {
    const chosen = ticked(root, question.id);
    const response = question.options.flatMap(([id]) => (chosen.includes(id) ? [id] : []));
    if (question.choose > 1) return reading(response, response.length !== question.choose && strings.error.count(question.choose));
    return reading(response, response.length === 0 && strings.error.some);
  },
  write: one.write,
  arrange: shuffleOptions,
};

const number: Controls = {
  read(_question, root) {
    const number = normalised(typedInto(root).value);
    return number === null ? reading([], strings.error.number) : reading([number], false);
  },
  write(_question, root, [number = ""]) {
    typedInto(root).value = number;
  },
};

const KEPT = "keptAnswer";
/** The words are not kept, only which accepted answer they were: a field found empty later may still be answered. */
const shortText: Controls = {
  read(question, root) {
    const input = typedInto(root);
    const kept = input.dataset[KEPT];
    if (!input.value.trim()) return kept ? reading([kept], false) : reading([], strings.error.text);
    return reading([recognised(question, input.value)], false);
  },
  write(question, root, [id = ""]) {
    const input = typedInto(root);
    if (input.value.trim() && recognised(question, input.value) === id) return;
    input.value = "";
    input.dataset[KEPT] = id;
    input.placeholder = strings.answer.kept;
  },
};

const matching: Controls = {
  read(question, root) {
    const pairs = question.options.flatMap(([left]) => {
      const right = select(question, root, left).value;
      return right ? [`${left}.${right}`] : [];
    });
    return reading(pairs, pairs.length < question.options.length && strings.error.pairs);
  },
  write(question, root, response) {
    for (const [left] of question.options) {
      const token = response.find((pair) => pair.startsWith(`${left}.`));
      select(question, root, left).value = token?.slice(left.length + 1) ?? "";
    }
  },
  arrange(question, root, seed, attempt) {
    const order = shuffled(question, question.targets, seed, attempt);
    for (const [left] of question.options) {
      const list = select(question, root, left);
      const options = new Map([...list.options].map((option) => [option.value, option]));
      list.append(...order.flatMap((id) => options.get(id) ?? []));
      list.value = "";
    }
  },
};

const MOVED = "moved";
const ordering: Controls = {
  read(_question, root) {
    const list = required(root, part.options);
    const order = all(list, part.option).map((item) => item.dataset.option ?? "");
    // The order at the start is nobody's answer, and never a right one: see `scrambled`.
    return MOVED in list.dataset ? reading(order, false) : reading([], strings.error.order);
  },
  write(_question, root, response) {
    if (!response.length) return;
    reorder(root, response);
    const list = required(root, part.options);
    list.dataset[MOVED] = "";
    ends(list);
  },
  arrange(question, root, seed, attempt) {
    reorder(root, scrambled(question, seed, attempt));
    const list = required(root, part.options);
    const status = liveRegion(root);
    list.addEventListener("click", (event) => {
      const button = (event.target as HTMLElement).closest<HTMLButtonElement>("[data-move]");
      if (button) move(list, button, status);
    });
    ends(list);
  },
};

function liveRegion(root: HTMLElement): HTMLElement {
  const region = make("p", { class: "visually-hidden", role: "status" });
  root.append(region);
  return region;
}

function move(list: HTMLElement, button: HTMLButtonElement, status: HTMLElement): void {
  const item = button.closest<HTMLElement>(part.option);
  const up = button.dataset.move === "up";
  const other = up ? item?.previousElementSibling : item?.nextElementSibling;
  if (!item || !other || button.disabled) return;
  if (up) other.before(item);
  else other.after(item);
  list.dataset[MOVED] = "";
  ends(list);
  button.focus(); // moving an element takes the focus off what is in it
  const items = all(list, part.option);
  status.textContent = strings.moved(words(find(item, part.optionText)), items.indexOf(item) + 1, items.length);
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Said to be unusable, but focusable: a button that is disabled while it has the focus loses it. */
function ends(list: HTMLElement): void {
  const items = all(list, part.option);
  for (const item of items)
    for (const button of all(item, "[data-move]")) {
      const atEnd = button.dataset.move === "up" ? item === items[0] : item === items.at(-1);
      button.setAttribute("aria-disabled", String(atEnd));
    }
}

const ROLES = ["best", "worst"] as const;
const judgement: Controls = {
  read(question, root) {
    const chosen = ROLES.map((role) => ticked(root, control.of(question.id, role))[0]);
    const response = ROLES.flatMap((role, at) => (chosen[at] ? [`${role}.${chosen[at]}`] : []));
    if (response.length < 2) return reading(response, strings.error.judgement);
    return reading(response, chosen[0] === chosen[1] && strings.error.distinct);
  },
  write(question, root, response) {
    for (const role of ROLES) {
      const token = response.find((given) => given.startsWith(`${role}.`));
      tick(root, control.of(question.id, role), token ? [token.slice(role.length + 1)] : []);
    }
  },
  arrange: shuffleOptions,
};

export const CONTROLS: Record<QuestionType, Controls> = {
  single: { ...one, arrange: shuffleOptions },
  multiple: several,
  "true-false": one,
  numeric: number,
  "short-text": shortText,
  matching,
  ordering,
  rating: one,
  judgement,
};
