/** The self-check and its pathway: a bundle of its own for two pages of the site. */

import { all } from "./elements/dom.ts";
import { form } from "./self-check/form.ts";
import { instrument } from "./self-check/instrument.ts";
import { way } from "./self-check/way.ts";

/** On self-check.json: where a server takes the quarters of those who agree. */
const AGGREGATE = "Masterclass-Aggregate";
/** There too, once enough have given theirs: DOMAIN=QUARTER, … */
const MIDDLE = "Masterclass-Middle";

const quarters = (said: string): ReadonlyMap<string, number> =>
  new Map([...said.matchAll(/([\w-]+)=([0-3])/g)].map(([, domain = "", quarter]) => [domain, Number(quarter)]));

async function start(root: HTMLElement, path: string): Promise<void> {
  const data = new URL(path, window.location.href);
  const answer = await fetch(data);
  if (!answer.ok) throw new Error(`self-check.json: ${answer.status}`);
  const asked = instrument(await answer.json(), "self-check.json");
  if (root.dataset.pathway !== undefined) way(asked, root, data);
  else form(asked, root, data, answer.headers.get(AGGREGATE), quarters(answer.headers.get(MIDDLE) ?? ""));
  root.dataset.ready = "";
}

for (const root of all(document, "[data-self-check], [data-pathway]"))
  start(root, root.dataset.selfCheck ?? root.dataset.pathway ?? "").catch((problem: unknown) => console.error(problem));
