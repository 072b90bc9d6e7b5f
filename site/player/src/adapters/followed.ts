/** The public site where its server follows the learner: the same statements, to the same origin, by the session's cookie. */

import type { Course } from "../course.ts";
import type { Json } from "../json.ts";
import { learnerName } from "../learner.ts";
import { lrs } from "../lrs.ts";
import { sitePath } from "../site.ts";
import { shelf } from "../storage.ts";
import type { Adapter } from "./adapter.ts";
import { reporting } from "./reporting.ts";

const VISIT = "visit";

export function followed(window: Window, course: Course, endpoint: string, actor: Json): Adapter {
  const learner = learnerName(actor);
  // A visit is a tab's: each page is a document, and not each begins anew.
  const visit = shelf(window, sitePath(window), course.id, null);
  const launch = {
    lrs: lrs(window, new URL(endpoint, window.location.href).href, null),
    // The server puts its own in the actor's place; here it files what is kept.
    speaker: { actor, registration: null, activity: course.iri, platform: "site", template: {}, marksDefined: false },
    mode: "normal", mastery: null, returnUrl: null,
  } as const;
  const adapter = reporting(window, course, sitePath(window), {
    learner,
    ends: false,
    isOver: () => false,
    connect: async () => ({ ...launch, announces: visit.read(VISIT) !== learner }),
    announced: () => visit.write(VISIT, learner),
    ended: () => {},
  });
  return { ...adapter, onSite: true };
}
