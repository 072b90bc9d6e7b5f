/** A worksheet's controls: every one has a key, and a value that is a text, so that all else is the same for all. */

import type { Entry, Filled } from "../sheet.ts";
import { all, find, make, words } from "./dom.ts";
import { worksheetStrings as text } from "./worksheet-strings.ts";

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const ticked = (control: Control): control is HTMLInputElement => control.type === "checkbox";
const TICK = "yes";

export const controls = (root: HTMLElement): Control[] => all<Control>(root, "[data-key]");

export const valueOf = (control: Control): string => (ticked(control) ? (control.checked ? TICK : "") : control.value);

/** As a reader sees it: an option's words, not its id. */
function shown(control: Control | null): string {
  if (!control) return "";
  if (control instanceof HTMLSelectElement) return control.value && words(control.selectedOptions[0] ?? null);
  return ticked(control) ? (control.checked ? text.yes : "") : control.value;
}

export function labelOf(control: Control): string {
  const field = control.closest("[data-field]");
  const whole = words(field && find(field as HTMLElement, "[data-label]"));
  const own = control.getAttribute("aria-label") ?? (ticked(control) ? words(control.parentElement) : "");
  return own ? `${whole}: ${own}` : whole;
}

/** Puts values into all controls, with rows added for those that need them; what has no value is emptied. */
export function fill(root: HTMLElement, values: ReadonlyMap<string, string>): void {
  for (const rows of all(root, "[data-rows]")) {
    const [start] = last(rows) ? (find(rows, "[data-blank] [data-key]")?.dataset.key ?? "").split("+") : [];
    const wanted = [...values.keys()].map((key) => (start && key.startsWith(`${start}+`) ? parseInt(key.slice(start.length + 1)) : 0));
    while (numberOf(last(rows)) < Math.max(...wanted, 0)) if (!grow(rows)) break;
  }
  for (const control of controls(root)) {
    const value = values.get(control.dataset.key ?? "") ?? "";
    if (valueOf(control) === value) continue;
    if (ticked(control)) control.checked = value === TICK;
    else control.value = value;
  }
}

const last = (rows: HTMLElement) => all(rows, "[data-blank]").at(-1);
const numberOf = (row: HTMLElement | undefined) => Number(row?.dataset.blank);

/** One more empty row, as far as the table may grow. */
export function grow(rows: HTMLElement): HTMLElement | null {
  const row = last(rows);
  if (!row || all(rows, "tr").length >= Number(rows.dataset.rows)) return null;
  const number = numberOf(row) + 1;
  const added = row.cloneNode(true) as HTMLElement;
  added.dataset.blank = String(number);
  for (const control of controls(added)) {
    control.dataset.key = (control.dataset.key ?? "").replace(/\+\d+\./, `+${number}.`);
    control.id = control.id.replace(/\+\d+\./, `+${number}.`);
    control.setAttribute("aria-label", (control.getAttribute("aria-label") ?? "").replace(/\d+$/, String(number)));
    if (ticked(control)) control.checked = false;
    else control.value = "";
  }
  row.after(added);
  return added;
}

/** Whether this worksheet has a place for a value. */
export function takes(root: HTMLElement, key: string, value: string): boolean {
  const added = /^(.+\.\+)\d+(\..+)$/.exec(key);
  const control = controls(root).find(({ dataset }) => dataset.key === key || (added && dataset.key === `${added[1]}1${added[2]}`));
  if (!control || (added && Number(/\+(\d+)/.exec(key)?.[1]) > room(control))) return false;
  if (control instanceof HTMLSelectElement) return [...control.options].some((option) => option.value === value);
  return !ticked(control) || value === TICK || value === "";
}

/** How many empty rows a control's table can have. */
function room(control: Control): number {
  const rows = control.closest<HTMLElement>("[data-rows]");
  return rows ? Number(rows.dataset.rows) - all(rows, "tr:not([data-blank])").length : 0;
}

/** What is written, in the order of the page; empty rows that learners add are left out. */
export function filled(root: HTMLElement): Filled["parts"] {
  return all(root, "[data-part]").map((section) => ({
    title: words(find(section, "h3")),
    entries: all(section, "[data-field]").map(entry),
  }));
}

function entry(field: HTMLElement): Entry {
  const label = words(find(field, "[data-label]"));
  const table = find(field, "table");
  if (table) {
    const rows = all(table, "tr").map((row) => all(row, "th, td").map((cell) => (cell.tagName === "TH" ? words(cell) : shown(find<Control>(cell, "[data-key]")))));
    return { label, rows: rows.filter((cells) => cells.some(Boolean)) };
  }
  const inside = controls(field);
  const chosen = inside.filter((control) => ticked(control) && control.checked).map((control) => words(control.parentElement));
  return { label, text: inside[0] && ticked(inside[0]) ? chosen.join("\n") : shown(inside[0] ?? null) };
}

/** What will stand on paper: boxes do not grow there with their text. */
export function written(root: HTMLElement): void {
  const blank = root.hasAttribute("data-blank");
  for (const control of controls(root)) {
    if (ticked(control)) continue;
    let line = control.nextElementSibling as HTMLElement | null;
    if (!line?.matches("[data-written]")) {
      line = make("div", { class: "written", "data-written": "", "aria-hidden": "true" });
      control.after(line);
    }
    line.textContent = blank ? "" : shown(control);
  }
}
