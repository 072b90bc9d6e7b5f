/** What SCORM 1.2 and 2004 have in common. Their names and forms come from a dialect; nothing here asks which it is. */

import type { Fact, Interaction } from "../interactions.ts";
import { UNCONNECTED, type Adapter, type Opening, type Snapshot } from "./adapter.ts";
import { findApi } from "./discovery.ts";

export type Values = readonly (readonly [element: string, value: string])[];
type Get = (element: string) => string;

export interface Dialect {
  readonly api: string;
  readonly calls: Readonly<Record<"initialize" | "terminate" | "get" | "set" | "commit" | "error", string>>;
  /** The error of `initialize` that means it had been called already; of 1.2's also that it cannot be called again. */
  readonly alreadyOpen: string;
  /** Errors that mean the attempt has been ended, by this window or another. */
  readonly ended: readonly string[];
  /** Errors of other calls that mean it has not been called, or the session is a new one. */
  readonly notOpen: readonly string[];
  opening(get: Get): Omit<Opening, "connected" | "over" | "returnUrl">;
  interaction(interaction: Interaction, index: number): Values;
  snapshot(snapshot: Snapshot, seconds: number): Values;
}

const COUNT = "cmi.interactions._count";
const RESULT = /^(passed|failed|completed)$/;

/** Some LMSs put their API into the window only after the content has begun to load (milliseconds). */
const LATEST = 3_000;
const PAUSE = 100;

export function scorm(window: Window, dialect: Dialect): Adapter {
  const { calls } = dialect;
  const started = Date.now();
  let opened = false;
  let closed = false;
  let writable = true;
  let next = 0;
  let late: ((opening: Opening) => Snapshot) | undefined;
  /** Not yet set, and set but not yet confirmed by a commit. */
  let waiting: Interaction[] = [];
  let unconfirmed: Interaction[] = [];

  // Looked up for each call: an opener may close, and an LMS may put its API back after a new sign-in.
  function call(name: keyof typeof calls, ...values: string[]): unknown {
    try {
      return findApi(window, dialect.api, calls.initialize)?.[calls[name]]?.(...values);
    } catch {
      return undefined; // the frame that held the API has gone
    }
  }
  const error = () => String(call("error"));
  /** Some LMSs answer with 1, and some with nothing at all. */
  const isDone = (answer: unknown) => /^(true|1)$/i.test(String(answer)) || ((answer ?? "") === "" && error() === "0");
  const get: Get = (element) => String(call("get", element) ?? "").replace(/^(null|undefined)$/, "");
  const set = ([element, value]: Values[number]) => isDone(call("set", element, value));

  /** What has to be taken before a learner is told that their work is saved: that, and a result which is news. */
  const isVital = ([element, value]: Values[number]) =>
    element === "cmi.suspend_data" || (element.endsWith("_status") && RESULT.test(value) && get(element) !== value);

  function initialize(): boolean {
    if (opened) return true;
    opened = isDone(call("initialize", "")) || error() === dialect.alreadyOpen;
    if (!opened) return false;
    if (counted(0)) return true;
    // Said to be open already, and yet not open: it was ended, as by a reload.
    opened = !dialect.ended.includes(error());
    return opened;
  }

  /** A second window of the attempt counts on, too. */
  function counted(least: number): boolean {
    const count = Number.parseInt(get(COUNT), 10);
    if (count >= 0) next = Math.max(least, count);
    return count >= 0;
  }

  /** What is refused is tried once more with the next commit, unless the LMS takes everything else: it never will. */
  function setInteractions(): Interaction[] {
    if (waiting.length) counted(next);
    return waiting.splice(0).filter((each) => {
      const [id, ...rest] = dialect.interaction(each, next);
      if (!id || !set(id)) return true;
      rest.forEach(set);
      next++;
      unconfirmed.push(each);
      return false;
    });
  }

  function read(): Opening {
    const opening = dialect.opening(get);
    writable = opening.mode === "normal";
    return { ...opening, connected: true, over: false, returnUrl: null };
  }

  function commit(given: Snapshot, again = true): boolean {
    if (!writable) return true;
    if (closed || !initialize()) return false;
    const snapshot = late ? late(read()) : given;
    late = undefined;
    if (!writable) return true;
    const refused = setInteractions();
    const isSet = dialect.snapshot(snapshot, (Date.now() - started) / 1000).map((value) => set(value) || !isVital(value)).every(Boolean);
    const confirmed = isDone(call("commit", ""));
    if (confirmed) unconfirmed = [];
    if (!confirmed || !isSet) waiting = [...refused, ...waiting];
    // A new session (after another sign-in, say) starts with what the old one never confirmed.
    if (!confirmed && dialect.notOpen.includes(error())) {
      opened = false;
      waiting = [...unconfirmed, ...waiting];
      unconfirmed = [];
      return again && commit(snapshot, false);
    }
    return confirmed && isSet;
  }

  return {
    reports: true,
    async open(whenLate) {
      for (let wait = 0; wait < LATEST && !findApi(window, dialect.api, calls.initialize); wait += PAUSE)
        await new Promise((resume) => window.setTimeout(resume, PAUSE));
      if (initialize()) return read();
      late = whenLate;
      return { ...UNCONNECTED, over: dialect.ended.includes(error()) };
    },
    record(fact: Fact) {
      if (fact.kind === "interaction" && writable) waiting.push(fact);
      return !writable || fact.kind !== "interaction";
    },
    save: async (snapshot) => commit(snapshot),
    async close(snapshot) {
      if (closed || !opened) return false;
      const committed = commit(snapshot);
      closed = true;
      return isDone(call("terminate", "")) || committed;
    },
  };
}

/** A number an LMS may or may not give. */
export function share(value: string, whole: number): number | null {
  const number = Number.parseFloat(value);
  return Number.isFinite(number) && number >= 0 ? Math.min(1, number / whole) : null;
}

export const percent = (score: number): string => String(Math.round(score * 10_000) / 100);

/** The value as one of the words asked for, else null. */
export const oneOf = <T extends string>(value: string, ...names: readonly T[]): T | null =>
  names.find((name) => name === value) ?? null;
