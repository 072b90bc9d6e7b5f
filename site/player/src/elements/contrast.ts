/** Contrasts: two ratings of each pair, a table of them, a picture. They stay in this browser. */

import { byData } from "../schema.ts";
import { all, find, make, part, say as tell, show, words } from "./dom.ts";
import type { Practice } from "./practice.ts";
import { privately, texts } from "./private.ts";
import { picture, svg, text, WIDTH } from "./svg.ts";

const MOST = 10;
const TIMES = ["now", "needed"] as const;
type Rated = Record<string, string>;

const nothing = "–";

/** What is to change, in words; nothing before both are rated. */
export function difference(now: string, needed: string, left: string, right: string): string {
  const by = Number(needed) - Number(now);
  if (!now || !needed) return "";
  return by === 0 ? "Where it should be" : `${Math.abs(by)} further towards “${by < 0 ? left : right}”`;
}

export const contrast: Practice = (session, block, root) => {
  const own = privately(session, `contrast.${block.id}`);
  const pairs = all(root, "[data-pair]").map((root_) => {
    const id = root_.dataset.pair ?? "";
    const rates = TIMES.map((when) => {
      const place = part(root_, byData("rate", when));
      const label = part<HTMLLabelElement>(place, "label");
      const ends = { min: "0", max: String(MOST), step: "1" };
      const number = make("input", { type: "number", inputmode: "numeric", id: label.htmlFor, ...ends });
      const slider = make("input", { type: "range", "aria-label": `${words(label)}: ${words(find(root_, "legend"))}`, ...ends });
      part(place, "[data-scale]").replaceChildren(slider, number);
      slider.addEventListener("input", () => { number.value = slider.value; changed(); });
      // A number typed half-way is put right when the field is left.
      number.addEventListener("input", () => { slide({ number, slider }); changed(); });
      number.addEventListener("change", () => {
        number.value = number.value && String(Math.min(MOST, Math.max(0, Math.round(Number(number.value)))));
        slide({ number, slider });
        changed();
      });
      return { when, number, slider };
    });
    return { id, left: words(find(root_, "[data-left]")), right: words(find(root_, "[data-right]")), rates };
  });
  let saved: string | null = null;

  function slide({ number, slider }: { number: HTMLInputElement; slider: HTMLInputElement }): void {
    slider.value = number.value || String(MOST / 2);
    slider.classList.toggle("unrated", !number.value);
  }
  const valid = ({ value }: HTMLInputElement) => (/^\d+$/.test(value) && Number(value) <= MOST ? value : "");
  const rated = (): Rated => Object.fromEntries(pairs.flatMap(({ id, rates }) => rates.map(({ when, number }) => [`${id}.${when}`, valid(number)])));

  function changed(): void {
    saved = JSON.stringify(rated());
    own.write(saved);
    draw();
  }

  function draw(): void {
    const now = rated();
    for (const { id, left, right } of pairs) {
      const row = part(root, byData("row", id));
      const given = TIMES.map((when) => now[`${id}.${when}`] ?? "");
      [...given.map((each) => each || nothing), difference(given[0] ?? "", given[1] ?? "", left, right)]
        .forEach((each, at) => tell(find(row, byData("cell", [...TIMES, "difference"][at])), each));
    }
    const figure = part(root, "[data-picture]");
    find(figure, "svg")?.remove();
    figure.append(drawn(now));
    show(part(root, "[data-rated]"), Object.values(now).some(Boolean));
  }

  function drawn(now: Rated): SVGElement {
    const x = (value: string) => 8 + (Number(value) / MOST) * (WIDTH - 16);
    const rows = pairs.flatMap(({ id, left, right }, at) => {
      const y = at * 56 + 38;
      const [stands, needs] = TIMES.map((when) => now[`${id}.${when}`] || null);
      return [
        text(0, y - 16, left), text(WIDTH, y + 22, right, "end"),
        svg("path", { class: "axis", d: `M8 ${y}H${WIDTH - 8}` }),
        ...(stands && needs ? [svg("path", { class: "line", d: `M${x(stands)} ${y}H${x(needs)}` })] : []),
        ...(needs ? [svg("path", { class: "bar", d: `M${x(needs) - 8} ${y}l8 -8 8 8 -8 8Z` })] : []),
        ...(stands ? [svg("circle", { class: "here", cx: x(stands), cy: y, r: 6 })] : []),
      ];
    });
    const said = pairs.map(({ id, left, right }) => `${left} to ${right}: now ${now[`${id}.now`] || nothing}, needed ${now[`${id}.needed`] || nothing}`);
    return picture(pairs.length * 56 + 12, said.join("; "), ...rows);
  }

  function set(given: Rated): void {
    for (const { id, rates } of pairs)
      for (const rate of rates) {
        rate.number.value = given[`${id}.${rate.when}`] ?? "";
        slide(rate);
      }
    draw();
  }
  part(root, "[data-pairs]").addEventListener("submit", (event) => event.preventDefault());
  part(root, "[data-wipe]").addEventListener("click", () => {
    set({});
    changed();
    pairs[0]?.rates[0]?.number.focus();
  });
  root.dataset.live = "";

  /** Another tab may have gone on, or all may have been cleared. */
  function refresh(): void {
    const found = own.read();
    if (found === saved) return;
    saved = found;
    set(texts(found));
  }
  set({});
  refresh();
  return refresh;
};
