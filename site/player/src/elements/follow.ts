/** “Follow my progress”, at the foot of a page whose server offers it. */

import type { Learner } from "../learner.ts";
import { part } from "../schema.ts";
import type { Session } from "../session.ts";
import { strings } from "../strings.ts";
import { find, make, say } from "./dom.ts";

const texts = strings.follow;
const CODE = "follow-code";

export function followControl(session: Session, learner: Learner): void {
  const status = make("p", { role: "status" });
  const parts = learner.actor ? followed(session, learner, status) : offer(session, learner, status);
  const summary = make("summary", {}, learner.actor ? texts.on : texts.ask);
  const details = make("details", { class: "clear", "data-follow": "", "data-search-exclude": "" }, summary, ...parts);
  const clear = find(document, part.clear)?.closest("details");
  if (clear) clear.before(details);
  else find(document, "[data-masterclass]")?.append(details);
}

const button = (text: string, pressed: () => Promise<void>) => {
  const made = make("button", { type: "button" }, text);
  made.addEventListener("click", () => void pressed());
  return made;
};
const paragraph = (...children: readonly (Node | string)[]) => make("p", {}, ...children);

/** This page still shows the work of before: it starts again as somebody else's, and must not write anything on its way. */
function startAgain(session: Session): void {
  session.clear();
  window.location.reload();
}

function offer(session: Session, learner: Learner, status: HTMLElement): readonly HTMLElement[] {
  const begin = async (code: string | null, failure: string) => {
    if (await learner.follow(code)) startAgain(session);
    else say(status, failure);
  };
  const input = make("input", { id: CODE, type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", size: "10" });
  return [
    paragraph(texts.offer),
    paragraph(button(texts.begin, () => begin(null, texts.away))),
    paragraph(make("label", { for: CODE }, texts.enter), " ", input, " ", button(texts.use, () => begin(input.value, texts.wrong))),
    status,
  ];
}

function followed(session: Session, learner: Learner, status: HTMLElement): readonly HTMLElement[] {
  const show = async () => {
    const given = await learner.code();
    say(status, given ? texts.code(given.code, given.minutes) : texts.away);
  };
  const stop = async () => {
    await session.finish();
    if (await learner.stop()) startAgain(session);
    else say(status, texts.away);
  };
  return [
    paragraph(texts.kept, " ", make("a", { href: `${learner.endpoint}my-data/` }, texts.data)),
    paragraph(button(texts.give, show)),
    status,
    paragraph(texts.beforeStop),
    paragraph(button(texts.stop, stop)),
  ];
}
