/** What SCORM 1.2 and 2004 have in common. Their names and forms come from a dialect; nothing here asks which it is. */

import type { Fact, Interaction } from "../interactions.ts";
import { UNCONNECTED, type Adapter, type Opening, type Snapshot } from "./adapter.ts";
import { findApi } from "./discovery.ts";

export type Values = readonly (readonly [element: string, value: string])[];
type Get = (element: string) => string;

export interface Dialect {
  readonly api: string;
  readonly calls: Readonly<Record<"initialize" | "terminate" | "get" | "set" | "commit" | "error", string>>;
  /** The error of `initialize` that means it had been called already. */
  readonly alreadyOpen: string;
  /** Errors of other calls that mean it has not been called, or the session is a new one. */
  readonly notOpen: readonly string[];
  readonly count: string;
  opening(get: Get): Omit<Opening, "connected" | "over" | "returnUrl">;
  interaction(interaction: Interaction, index: number): Values;
  snapshot(snapshot: Snapshot, seconds: number): Values;
}

/** Some LMSs put their API into the window only after the content has begun to load (milliseconds). */
const LATEST = 3_000;
const PAUSE = 100;

type Api = Readonly<Record<string, (...values: string[]) => unknown>>;

export function scorm(window: Window, dialect: Dialect): Adapter {
  const { calls } = dialect;
  const started = Date.now();
  let opened = false;
  let closed = false;
  let writable = true;
  let next = 0;
  /** Not yet set, and set but not yet confirmed by a commit. */
  let waiting: Interaction[] = [];
  let unconfirmed: Interaction[] = [];

  // Looked up for each call: an opener may close, and an LMS may put its API back after a new sign-in.
  function call(name: keyof typeof calls, ...values: string[]): unknown {
    try {
      const api = findApi(window, dialect.api) as Api | undefined;
      return api?.[calls[name]]?.(...values);
    } catch {
      return undefined; // the frame that held the API has gone
    }
  }
  const isTrue = (answer: unknown) => String(answer).toLowerCase() === "true";
  const get: Get = (element) => String(call("get", element) ?? "");
  /** How many of the values were taken. */
  const set = (values: Values) => values.filter(([element, value]) => isTrue(call("set", element, value))).length;
  /** Some LMSs answer a commit with nothing at all. */
  const isDone = (answer: unknown) =>
    isTrue(answer) || ((answer === undefined || answer === "") && String(call("error")) === "0");

  function initialize(): boolean {
    if (opened) return true;
    opened = isTrue(call("initialize", "")) || String(call("error")) === dialect.alreadyOpen;
    const count = Number.parseInt(get(dialect.count), 10);
    if (opened && count >= 0) next = count;
    return opened;
  }

  /** An interaction whose id is refused was not taken: the session has gone, and it waits for the next. */
  function setInteractions(): boolean {
    for (let first = waiting[0]; first; first = waiting[0]) {
      const [id, ...rest] = dialect.interaction(first, next);
      if (!id || !set([id])) return false;
      set(rest);
      next++;
      unconfirmed.push(first);
      waiting.shift();
    }
    return true;
  }

  function commit(snapshot: Snapshot, again = true): boolean {
    if (!writable) return true;
    if (closed || !initialize()) return false;
    const taken = setInteractions();
    const values = set(dialect.snapshot(snapshot, (Date.now() - started) / 1000));
    const confirmed = isDone(call("commit", ""));
    if (confirmed) unconfirmed = [];
    // A new session (after another sign-in, say) starts with what the old one never confirmed.
    if (!confirmed && dialect.notOpen.includes(String(call("error")))) {
      opened = false;
      waiting = [...unconfirmed, ...waiting];
      unconfirmed = [];
      return again && commit(snapshot, false);
    }
    return confirmed && taken && values > 0;
  }

  return {
    reports: true,
    async open() {
      for (let wait = 0; wait < LATEST && !findApi(window, dialect.api); wait += PAUSE)
        await new Promise((resume) => window.setTimeout(resume, PAUSE));
      if (!initialize()) return UNCONNECTED;
      const opening = dialect.opening(get);
      writable = opening.mode === "normal";
      return { ...opening, connected: true, over: false, returnUrl: null };
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
