/** A calculator: the learner's numbers in the worked example's places. They stay in this browser. */

import { normalised } from "../decimal.ts";
import { byData } from "../schema.ts";
import { exact, Impossible, reckon, shown, times, type Ratio, type Shown, type Tree, type Value } from "../reckoning.ts";
import { calculatorStrings as say } from "./calculator-strings.ts";
import { bars, line, type Drawn } from "./chart.ts";
import { all, find, part, say as tell, show, words } from "./dom.ts";
import type { Practice } from "./practice.ts";
import { privately, texts } from "./private.ts";

interface Played {
  readonly inputs: Readonly<Record<string, { readonly min?: string; readonly max?: string; readonly when?: Tree }>>;
  readonly constants: Readonly<Record<string, string>>;
  readonly results: readonly (readonly [string, Tree])[];
  readonly units: Readonly<Record<string, Shown>>;
  readonly meaning: readonly (Tree | null)[];
  readonly chart: { readonly type: "bar" | "line"; readonly show: readonly string[]; readonly across: string } | null;
}
type Control = HTMLInputElement | HTMLSelectElement;
type Values = Map<string, Value>;

const PAUSE = 400;

export const calculator: Practice = (session, block, root) => {
  const played = JSON.parse(root.dataset.calculation ?? "") as Played;
  const own = privately(session, `calculator.${block.id}`);
  const ids = Object.keys(played.inputs);
  const entry = (id: string) => part(root, byData("entry", id));
  const control = (id: string) => part<Control>(entry(id), "[data-enter]");
  const example = Object.fromEntries(ids.map((id) => [id, control(id).value]));
  const typed = () => Object.fromEntries(ids.map((id) => [id, control(id).value]));
  /** Without the number of a source. */
  const label = (id: string) => words(find(root, byData("name", id))).replace(/ ?\[\d+\]/g, "");
  const unit = (id: string): Shown => played.units[id] ?? ["1", "", "", 0];
  let saved: string | null = null;
  let pause: number | undefined;

  function asked(id: string): boolean {
    const { when } = played.inputs[id] ?? {};
    return !when || Boolean(reckon(when, new Map(ids.map((each) => [each, control(each).value]))));
  }

  /** What is wrong with a number, in words; nothing when nothing is. */
  function slip(id: string): string {
    const field = control(id);
    if (field instanceof HTMLSelectElement || !asked(id)) return "";
    if (!field.value.trim()) return say.empty;
    const number = normalised(field.value);
    if (number === null) return say.number;
    const { min, max } = played.inputs[id] ?? {};
    const at = (limit: string) => Number(number) - Number(limit);
    if (min && at(min) < 0) return say.least(min);
    return max && at(max) > 0 ? say.most(max) : "";
  }

  function entered(id: string): Value {
    const field = control(id);
    if (field instanceof HTMLInputElement) return times(exact(normalised(field.value) ?? "0"), exact(unit(id)[0]));
    const number = field.selectedOptions[0]?.dataset.number;
    return number === undefined ? field.value : exact(number);
  }

  /** As far as they can be worked out; the first that cannot is said to be. */
  function workedOut(values: Values): string | null {
    let stuck: string | null = null;
    for (const [id, tree] of played.results)
      try {
        values.set(id, reckon(tree, values));
      } catch (problem) {
        values.delete(id);
        // One that needs another that cannot be worked out has no trouble of its own.
        if (problem instanceof Impossible) stuck ??= say.impossible(label(id), say.why[problem.why]);
      }
    return stuck;
  }

  function given(): Values {
    const values: Values = new Map(Object.entries(played.constants).map(([id, digits]) => [id, exact(digits)]));
    for (const id of ids) values.set(id, entered(id));
    return values;
  }

  function text(id: string, values: Values): string {
    const field = ids.includes(id) ? control(id) : null;
    if (field instanceof HTMLSelectElement) return words(field.selectedOptions[0] ?? null);
    const value = values.get(id);
    const [scale, before, after, decimals] = unit(id);
    const places = field ? (normalised(field.value)?.split(".")[1]?.length ?? 0) : decimals;
    return value ? shown(value as Ratio, [scale, before, after, places]) : say.nothing;
  }

  function meaning(values: Values): number {
    return played.meaning.findIndex((tree) => {
      try {
        return tree === null || reckon(tree, values);
      } catch {
        return false; // it needs a result that cannot be worked out
      }
    });
  }

  function draw(values: Values | null): void {
    const { chart } = played;
    const figure = find(root, "[data-chart]");
    if (!chart || !figure) return;
    const title = words(part(figure, "figcaption"));
    const drawn = (id: string, from: Values | null): Drawn => ({ name: label(id), words: from ? text(id, from) : say.nothing, value: (from?.get(id) as Ratio | undefined) ?? null });
    let svg: SVGElement | null = null;
    if (chart.type === "bar") svg = values && bars(title, chart.show.map((id) => drawn(id, values)));
    else {
      const points = all<HTMLTableRowElement>(root, "[data-at]").map((row) => {
        const there = values && new Map(values).set(chart.across, exact(row.dataset.at ?? "0"));
        if (there) workedOut(there);
        const at = chart.show.map((id) => drawn(id, there));
        at.forEach((one, column) => row.cells[column + 1]?.replaceChildren(one.words));
        return { along: exact(row.dataset.at ?? "0"), words: words(row.cells[0] ?? null), at };
      });
      svg = values && line(title, label(chart.across), points, { along: values.get(chart.across) as Ratio, words: "", at: chart.show.map((id) => drawn(id, values)) });
    }
    find(figure, "svg")?.remove();
    if (svg) figure.append(svg);
    show(figure, svg !== null);
  }

  function update(): void {
    const slips: string[] = [];
    for (const id of ids) {
      for (const each of all(root, `${byData("entry", id)}, ${byData("given", id)}`)) show(each, asked(id));
      const wrong = slip(id);
      if (wrong) slips.push(label(id));
      control(id).setAttribute("aria-invalid", String(wrong !== ""));
      tell(find(entry(id), "[data-slip]"), wrong);
    }
    const values = slips.length ? null : given();
    const stuck = values ? workedOut(values) : say.first(slips);
    for (const place of all(root, "[data-value]")) tell(place, values ? text(place.dataset.value ?? "", values) : say.nothing);
    const band = values && !stuck ? meaning(values) : -1;
    all(root, "[data-band]").forEach((each, at) => show(each, at === band));
    const trouble = part(root, "[data-stuck]");
    tell(trouble, stuck ?? "");
    show(trouble, stuck !== null);
    tell(part(root, "[data-whose]"), ids.every((id) => control(id).value === example[id]) ? say.example : say.yours);
    draw(stuck ? null : values);
  }

  function set(numbers: Readonly<Record<string, string>>): void {
    for (const id of ids) {
      control(id).value = numbers[id] ?? example[id] ?? "";
      slide(id);
    }
    update();
  }

  function slide(id: string): void {
    const slider = find<HTMLInputElement>(entry(id), "[data-slide]");
    if (slider) slider.value = normalised(control(id).value) ?? slider.value;
  }

  function keep(text: string): void {
    saved = text;
    own.write(text);
  }

  const form = part(root, "[data-entries]");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    const moved = event.target as HTMLInputElement;
    const id = moved.closest<HTMLElement>("[data-entry]")?.dataset.entry ?? "";
    if (moved.dataset.slide === undefined) slide(id);
    else control(id).value = moved.value;
    keep(JSON.stringify(typed()));
    // Numbers come digit by digit: what they mean is said when the typing pauses.
    window.clearTimeout(pause);
    pause = window.setTimeout(update, moved.dataset.slide === undefined ? PAUSE : 0);
  });
  form.addEventListener("change", () => update());
  part(root, "[data-example]").addEventListener("click", () => {
    keep("");
    set(example);
  });
  show(form, true);
  root.dataset.live = "";

  /** Another tab may have gone on, or all may have been cleared. */
  function refresh(): void {
    const found = own.read();
    if (found === saved) return;
    saved = found;
    set(texts(found));
  }
  update();
  refresh();
  return refresh;
};
