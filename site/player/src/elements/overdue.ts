/** What was due to be checked by a day that has passed says so. The browser's clock decides: an old package asks nobody. */

import { part } from "../schema.ts";
import { all, show } from "./dom.ts";

export function showOverdue(root: ParentNode): void {
  for (const place of all(root, part.reviewBy)) show(place, Date.now() >= Date.parse(`${place.dataset.reviewBy}T24:00`));
}
