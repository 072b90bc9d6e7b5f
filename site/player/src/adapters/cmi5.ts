/** cmi5 (first edition): the launch, its one-time token, and what the LMS says about the session. */

import { parsedObject, type Json } from "../json.ts";
import { launchQuery } from "../launch.ts";
import { lrs } from "../lrs.ts";
import { sitePath } from "../site.ts";
import type { AdapterFactory, Opening } from "./adapter.ts";
import { reporting, type Launch, type Launcher } from "./reporting.ts";

/** What is optional some LMSs leave out, and some give as null. */
interface LaunchData {
  readonly contextTemplate?: Json | null;
  readonly launchMode?: string | null;
  readonly masteryScore?: number | string | null;
  readonly returnURL?: string | null;
}

const MODES: Readonly<Record<string, Opening["mode"]>> = { Browse: "browse", Review: "review" };
const PARAMETERS = ["endpoint", "fetch", "actor", "registration", "activityId"] as const;
type Parameters = Record<(typeof PARAMETERS)[number], string>;

function parameters(window: Window): Parameters | null {
  const query = launchQuery(window);
  const found = PARAMETERS.map((name) => [name, query.get(name) ?? ""] as const);
  const isWhole = found.every(([, value]) => value) && parsedObject(query.get("actor"));
  return isWhole ? (Object.fromEntries(found) as Parameters) : null;
}

/** Notes that outlive a reload of this tab, by launch: the token can be fetched only once. */
function notes(window: Window, fetchUrl: string) {
  const memory = new Map<string, string>();
  const key = (name: string) => `masterclass:cmi5:${name}:${fetchUrl}`;
  return {
    get(name: string): string | null {
      try {
        return window.sessionStorage.getItem(key(name));
      } catch {
        return memory.get(name) ?? null; // storage is blocked: a reload then has to be a new launch
      }
    },
    set(name: string, value: string): void {
      memory.set(name, value);
      try {
        window.sessionStorage.setItem(key(name), value);
      } catch {
        // kept in memory above
      }
    },
  };
}

function launcher(window: Window): Launcher {
  const launch = parameters(window);
  const note = notes(window, launch?.fetch ?? "");
  let spent = false;

  async function token(fetchUrl: string): Promise<string | null> {
    const before = note.get("token");
    if (before) return before;
    const response = await window.fetch(fetchUrl, { method: "POST" }).catch(() => null);
    const answer = parsedObject((await response?.text().catch(() => null)) ?? null) ?? {};
    // Asked a second time, an LMS says so with status 200 and an error code.
    spent = answer["error-code"] !== undefined;
    const fresh = (answer["auth-token"] as string | undefined)?.replace(/^Basic /i, "") ?? null;
    if (fresh) note.set("token", fresh);
    return fresh;
  }

  async function connect(given: Parameters): Promise<Launch | null> {
    const authorization = await token(given.fetch);
    if (!authorization) return null;
    const client = lrs(window, given.endpoint, `Basic ${authorization}`);
    const agent = given.actor;
    const about = { activityId: given.activityId, agent, registration: given.registration };
    const data = await client.get("activities/state", { ...about, stateId: "LMS.LaunchData" });
    if (data.status !== 200) return null;
    // Asked for before the first statement, as the standard demands; the page follows the browser's own preferences.
    await client.get("agents/profile", { agent, profileId: "cmi5LearnerPreferences" });
    const { contextTemplate, launchMode, masteryScore, returnURL } = (data.body ?? {}) as LaunchData;
    return {
      lrs: client,
      speaker: {
        actor: parsedObject(given.actor) ?? {}, registration: given.registration, activity: given.activityId, platform: "cmi5",
        template: contextTemplate ?? {}, marksDefined: true,
      },
      mode: MODES[launchMode ?? ""] ?? "normal",
      mastery: typeof (masteryScore ?? null) === "object" ? null : Number(masteryScore),
      returnUrl: /^https?:/i.test(returnURL ?? "") ? (returnURL as string) : null,
      announces: note.get("initialized") === null,
    };
  }

  return {
    learner: launch && `${launch.actor} ${launch.registration}`,
    ends: true,
    isOver: () => spent || note.get("terminated") !== null,
    connect: async () => (launch ? connect(launch) : null),
    announced: () => note.set("initialized", "yes"),
    ended: () => note.set("terminated", "yes"),
  };
}

export const cmi5: AdapterFactory = (window, course) => reporting(window, course, sitePath(window), launcher(window));
