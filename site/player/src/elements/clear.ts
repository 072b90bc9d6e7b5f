/** “Clear my work from this computer”, always there. The templates put the button inside a `details`: a second thought. */

import { part } from "../schema.ts";
import type { Session } from "../session.ts";
import { strings } from "../strings.ts";
import { find, make, say } from "./dom.ts";

export function clearControl(session: Session): void {
  const button = find(document, part.clear) ?? appended();
  const status = make("p", { role: "status" });
  button.after(status);
  button.addEventListener("click", () => {
    session.clear();
    say(status, session.reports ? strings.clear.doneLms : strings.clear.done);
    // On the site the page itself still shows the answers: it starts again without them.
    if (!session.reports) window.location.reload();
  });
}

function appended(): HTMLElement {
  const button = make("button", { type: "button", "data-clear": "" }, strings.clear.ask);
  find(document, "[data-masterclass]")?.append(button);
  return button;
}
