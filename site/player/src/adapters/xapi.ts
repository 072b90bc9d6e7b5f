/** Tin Can: everything about the launch stands in its address. */

import { parsedObject, type Json } from "../json.ts";
import { launchQuery } from "../launch.ts";
import { lrs } from "../lrs.ts";
import { sitePath } from "../site.ts";
import type { AdapterFactory } from "./adapter.ts";
import { reporting, type Launch, type Launcher } from "./reporting.ts";

const first = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : value);

/** Old LMSs give each property of the actor as a list, and name an account's fields differently. */
export function normalActor(given: Json): Json {
  const [name, mbox, sha1, openid, account] = ["name", "mbox", "mbox_sha1sum", "openid", "account"].map((key) => first(given[key]));
  const { homePage, accountServiceHomePage, accountName, name: userName } = (account ?? {}) as Json;
  const identifier = account
    ? { account: { homePage: homePage ?? accountServiceHomePage, name: userName ?? accountName } }
    : mbox
      ? { mbox }
      : sha1
        ? { mbox_sha1sum: sha1 }
        : { openid };
  return [given.name, given.mbox, given.mbox_sha1sum, given.openid, given.account].some(Array.isArray) || accountName !== undefined
    ? { objectType: "Agent", ...(name !== undefined && { name }), ...identifier }
    : given;
}

/** Credentials without a scheme are Basic's; a plus sign that nobody encoded comes as a space. */
function authorization(given: string | null): string | null {
  const [, scheme = "Basic", credentials = ""] = /^(?:(Basic|Bearer|OAuth|Digest) )?(.*)$/i.exec(given ?? "") ?? [];
  return credentials && `${scheme} ${scheme === "Basic" ? credentials.replace(/ /g, "+") : credentials}`;
}

function launcher(window: Window, courseIri: string): Launcher {
  const query = launchQuery(window);
  const [endpoint, actor] = [query.get("endpoint"), parsedObject(query.get("actor"))];
  const registration = query.get("registration");
  let announces = true;
  const launch: Launch | null = endpoint && actor
    ? {
        lrs: lrs(window, endpoint, authorization(query.get("auth"))),
        speaker: {
          actor: normalActor(actor),
          registration,
          activity: query.get("activity_id") ?? courseIri,
          platform: "xapi",
          template: {},
          marksDefined: false,
        },
        mode: "normal", mastery: null, returnUrl: null, announces: true,
      }
    : null;
  return {
    learner: launch && `${JSON.stringify(launch.speaker.actor)} ${registration ?? ""}`,
    ends: true,
    isOver: () => false,
    connect: async () => launch && { ...launch, announces },
    announced: () => (announces = false),
    ended: () => {},
  };
}

export const xapi: AdapterFactory = (window, course) => reporting(window, course, sitePath(window), launcher(window, course.iri));
