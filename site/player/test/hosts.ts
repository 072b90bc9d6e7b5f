/** One host per adapter: launches a window, and says in the same words for all what was recorded. */

import { Scorm12API, Scorm2004API } from "scorm-again";
import type { AdapterFactory } from "../src/adapters/adapter.ts";
import { cmi5 } from "../src/adapters/cmi5.ts";
import { followed } from "../src/adapters/followed.ts";
import { local } from "../src/adapters/local.ts";
import { scorm12 } from "../src/adapters/scorm12.ts";
import { scorm2004 } from "../src/adapters/scorm2004.ts";
import { xapi } from "../src/adapters/xapi.ts";
import { ENDPOINT, FETCH, lrsFake, type LrsFake } from "./lrs-fake.ts";
import { fakeWindow, storage, type FakeWindow } from "./windows.ts";

type Fake = Window & FakeWindow;

export interface Recorded {
  /** (interaction id, response, result) */
  readonly answers: readonly (readonly [string, string, string])[];
  readonly final: string;
  readonly score: number | null;
}

export interface Host {
  readonly name: string;
  readonly adapter: AdapterFactory;
  launch(): Fake;
  outage(on: boolean): void;
  recorded(): Recorded;
}

const localHost = (): Host => {
  const window = fakeWindow();
  return {
    name: "local", adapter: local, launch: () => window, outage: () => {},
    recorded: () => ({ answers: [], final: "", score: null }),
  };
};

type Api = Record<string, (...values: string[]) => unknown>;
const LONG: Record<string, string> = { wrong: "incorrect" };

/** scorm-again behind a recorder; `calls` holds what was set and committed, in order. */
export function scormHost(name: "scorm12" | "scorm2004", learner = "learner-1") {
  const prefix = name === "scorm12" ? "LMS" : "";
  const core = name === "scorm12" ? "cmi.core." : "cmi.";
  const calls: string[] = [];
  const committed = new Map<string, string>();
  let pending = new Map<string, string>();
  let broken = false;
  const extra = new Map<string, string>();

  function api(): Api {
    const again = new (name === "scorm12" ? Scorm12API : Scorm2004API)({ autocommit: false, logLevel: 5 }) as unknown as Api & {
      loadFromFlattenedJSON(values: unknown): void;
    };
    const ends = ["exit", "session_time"].map((part) => core + part);
    const kept = [...committed].filter(([element]) => !ends.includes(element));
    again.loadFromFlattenedJSON(Object.fromEntries([...kept, ...extra, [name === "scorm12" ? "cmi.core.student_id" : "cmi.learner_id", learner]]));
    const call = (method: string) => (...values: string[]) => {
      const answer = broken && method !== "GetLastError" ? "false" : again[prefix + method]?.(...values);
      calls.push([method, ...values].join(" "));
      if (method === "SetValue" && String(answer) === "true") pending.set(values[0] ?? "", values[1] ?? "");
      if (method === "SetValue" && String(answer) !== "true" && !broken) calls.push(`REFUSED ${values.join(" ")}`);
      if ((method === "Commit" || /Finish|Terminate/.test(method)) && String(answer) === "true") {
        for (const [element, value] of pending) committed.set(element, value);
        pending = new Map();
      }
      return answer;
    };
    const methods = ["Initialize", prefix ? "Finish" : "Terminate", "GetValue", "SetValue", "Commit", "GetLastError"];
    return Object.fromEntries(methods.map((method) => [prefix + method, call(method)]));
  }

  return {
    name, calls, committed, extra,
    adapter: name === "scorm12" ? scorm12 : scorm2004,
    launch(): Fake {
      const lms = fakeWindow("", { [prefix ? "API" : "API_1484_11"]: api() });
      return fakeWindow("", { parent: lms, top: lms });
    },
    outage: (on: boolean) => void (broken = on),
    recorded(): Recorded {
      const count = [...committed.keys()].filter((element) => /interactions\.\d+\.id$/.test(element)).length;
      const response = name === "scorm12" ? "student_response" : "learner_response";
      const answers = Array.from({ length: count }, (_, n) => {
        const value = (part: string) => committed.get(`cmi.interactions.${n}.${part}`) ?? "";
        return [value("id"), value(response), LONG[value("result")] ?? value("result")] as const;
      });
      const success = committed.get("cmi.success_status");
      const final = name === "scorm12" ? committed.get("cmi.core.lesson_status") : success !== "unknown" ? success : committed.get("cmi.completion_status");
      const raw = committed.get(`${core}score.raw`);
      return { answers, final: final === "incomplete" ? "" : (final ?? ""), score: raw === undefined ? null : Number(raw) / 100 };
    },
  };
}

const ACTOR = { objectType: "Agent", account: { homePage: "https://lms.example", name: "learner-1" } };
export const REGISTRATION = "3f2b1f6e-6d5b-4f43-9b8e-6a1e7c4f1a11";
export const AU = "https://lms.example/au/1";
export const TEMPLATE = {
  contextActivities: { grouping: [{ id: "https://publisher.example/au" }] },
  extensions: { "https://w3id.org/xapi/cmi5/context/extensions/sessionid": "session-1" },
};

function recordedBy(lrs: LrsFake): Recorded {
  const said = lrs.verbs();
  const judged = lrs.statements.filter(({ verb }) => /passed|failed/.test(verb.id));
  const answers = lrs.statements.filter(({ verb }) => verb.id.endsWith("/answered")).map(({ object, result }) =>
    [object.id.slice(object.id.lastIndexOf("/") + 1), String(result?.response),
      result?.success === undefined ? "neutral" : result.success ? "correct" : "incorrect"] as const);
  const score = judged.at(-1)?.result?.score as { scaled: number } | undefined;
  return { answers, final: ["passed", "failed", "completed"].find((verb) => said.includes(verb)) ?? "", score: score?.scaled ?? null };
}

export function cmi5Host(launchData: Record<string, unknown> = {}) {
  const lrs = lrsFake({ launchMode: "Normal", moveOn: "CompletedOrPassed", masteryScore: 0.7, contextTemplate: TEMPLATE, ...launchData });
  const windows: Fake[] = [];
  return {
    name: "cmi5", adapter: cmi5, lrs,
    launch(fetchUrl = FETCH): Fake {
      const query = new URLSearchParams({ endpoint: ENDPOINT, fetch: fetchUrl, actor: JSON.stringify(ACTOR), registration: REGISTRATION, activityId: AU });
      lrs.tokens = 0;
      const window = fakeWindow(`?${query}`, { fetch: lrs.fetch, localStorage: windows[0]?.localStorage ?? fakeWindow().localStorage });
      windows.push(window);
      return window;
    },
    outage: (on: boolean) => void (lrs.outage = on ? 503 : null),
    recorded: () => recordedBy(lrs),
  };
}

export function xapiHost(actor: unknown = ACTOR) {
  const lrs = lrsFake();
  return {
    name: "xapi", adapter: xapi, lrs,
    launch(): Fake {
      const query = new URLSearchParams({ endpoint: ENDPOINT, auth: "Basic abc", actor: JSON.stringify(actor), registration: REGISTRATION, activity_id: AU });
      return fakeWindow(`?${query}`, { fetch: lrs.fetch });
    },
    outage: (on: boolean) => void (lrs.outage = on ? 503 : null),
    recorded: () => recordedBy(lrs),
  };
}

/** The site, followed: the same browser on each page. */
export function followedHost(actor = ACTOR) {
  const lrs = lrsFake();
  const [localStorage, sessionStorage] = [storage(), storage()];
  return {
    name: "followed", lrs,
    adapter: ((window, course) => followed(window, course, "/xapi/", actor)) satisfies AdapterFactory,
    launch: (): Fake => fakeWindow("", { fetch: lrs.fetch, localStorage, sessionStorage }),
    outage: (on: boolean) => void (lrs.outage = on ? 0 : null),
    recorded: () => recordedBy(lrs),
  };
}

export const HOSTS: readonly (() => Host)[] = [
  localHost, () => scormHost("scorm12"), () => scormHost("scorm2004"), () => cmi5Host(), () => xapiHost(),
  () => followedHost(),
];
