/** “Clear my work from this computer”, always there. The templates put the button inside a `details`: a second thought. */

import { part } from "../schema.ts";
import type { Session } from "../session.ts";
import { strings } from "../strings.ts";
import { find, make, say } from "./dom.ts";

/** With `stop`, the learner is also no longer followed here: else the work would be back with the next page. */
export function clearControl(session: Session, stop: (() => Promise<boolean>) | null): void {
  const button = find(document, part.clear) ?? appended();
  const status = make("p", { role: "status" });
  button.after(status);
  button.addEventListener("click", () => void clear());

  async function clear(): Promise<void> {
    if (stop && !(await stop())) return say(status, strings.follow.away);
    session.clear();
    say(status, session.onSite ? strings.clear.done : strings.clear.doneLms);
    // On the site the page itself still shows the answers: it starts again without them.
    if (session.onSite) window.location.reload();
  }
}

function appended(): HTMLElement {
  const button = make("button", { type: "button", "data-clear": "" }, strings.clear.ask);
  find(document, "[data-masterclass]")?.append(button);
  return button;
}
