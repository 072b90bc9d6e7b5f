/**
 * The browser's own copy of a learner's work, by site, course and a hash of the learner.
 * Somebody the LMS does not name gets a copy that ends with the tab: the next person at this computer must not see it.
 */

import { hash, textHash } from "./draw.ts";
import type { Fact } from "./interactions.ts";

export interface Copy {
  readonly resume: string;
  /** Facts that no LMS has confirmed. */
  readonly outbox: readonly Fact[];
  /** Whether the LMS has confirmed this very state. */
  readonly confirmed: boolean;
}

/** Text by key; the part of `Storage` that a blocked browser can be spared. */
export interface Shelf {
  readonly lasting: boolean;
  /** True once something written here was found gone. */
  wiped(): boolean;
  read(name: string): string | null;
  write(name: string, text: string): void;
  remove(name: string): void;
  names(): readonly string[];
  /** What is to be gone with the page, by name: nothing else keeps it. */
  readonly passing: Map<string, string>;
  clear(): void;
  /** How often that was done: what shows something of it must then forget it, too. */
  clears(): number;
  /** Calls back when another tab of this site changes something; with null when it cleared it. */
  watch(name: string, changed: (text: string | null) => void): void;
}

function usable(storage: () => Storage): Storage | null {
  try {
    const found = storage();
    found.setItem("masterclass", "");
    found.removeItem("masterclass");
    return found;
  } catch {
    return null; // blocked by policy, by a sandboxed frame, or full
  }
}

const learnerHash = (learner: string) => {
  const first = textHash(learner);
  return [first, hash(first, learner.length, textHash(`${learner}.`))].map((bits) => bits.toString(36)).join("");
};

export function shelf(window: Window, site: string, course: string, learner: string | null): Shelf {
  const storage = usable(() => (learner === null ? window.sessionStorage : window.localStorage));
  const prefix = `masterclass:${site}:${course}:${learnerHash(learner ?? "")}:`;
  const memory = new Map<string, string>();
  const passing = new Map<string, string>();
  let lost = false;
  let clears = 0;
  const names = () => (storage ? Object.keys(storage).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])) : [...memory.keys()]);

  return {
    lasting: storage !== null,
    wiped: () => lost,
    read(name) {
      return storage ? storage.getItem(prefix + name) : (memory.get(name) ?? null);
    },
    write(name, text) {
      if (storage && memory.has(name) && storage.getItem(prefix + name) === null) lost = true;
      memory.set(name, text);
      try {
        storage?.setItem(prefix + name, text);
      } catch {
        lost = true; // the quota is used up
      }
    },
    remove(name) {
      memory.delete(name);
      storage?.removeItem(prefix + name);
    },
    names,
    passing,
    clear() {
      for (const name of names()) storage?.removeItem(prefix + name);
      memory.clear();
      passing.clear();
      clears++;
    },
    clears: () => clears,
    watch(name, changed) {
      window.addEventListener("storage", (event) => {
        if (event.key === prefix + name) changed(event.newValue);
      });
    },
  };
}

/** Whose the self-check is, in place of a learner: whoever is at this browser. */
export const SELF_CHECK = "self-check";
export const WORK = "work";
/** Work of somebody who turned out to be this learner, still to be put together with theirs. */
export const MORE = "more-work";

export function readCopy(from: Shelf): Copy | null {
  return parseCopy(from.read(WORK));
}

export function parseCopy(text: string | null): Copy | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as Copy;
  } catch {
    return null; // cut short by a crash while it was written
  }
}

/** The places of one learner's work in this browser, of every course: what waits to be sent is not among them. */
function places(storage: Storage, learner: string): string[] {
  return Object.keys(storage).filter((key) => key.startsWith("masterclass:") && key.includes(`:${learnerHash(learner)}:`) && !key.endsWith(":queue"));
}

/** What `from` did in this browser becomes the work of `to`. Where `to` has some here, the session puts them together. Nobody has confirmed it yet. */
export function handOver(window: Window, from: string, to: string): void {
  const storage = usable(() => window.localStorage);
  if (!storage || from === to) return;
  for (const key of places(storage, from)) {
    const place = key.replace(`:${learnerHash(from)}:`, `:${learnerHash(to)}:`);
    const text = storage.getItem(key) ?? "";
    const copy = key.endsWith(`:${WORK}`) ? parseCopy(text) : null;
    const free = storage.getItem(place) === null;
    if (!free && !copy) continue;
    storage.setItem(free ? place : place.slice(0, -WORK.length) + MORE, copy ? JSON.stringify({ ...copy, confirmed: false }) : text);
    storage.removeItem(key);
  }
}

/** What waits to be sent stays: it goes when they are back. */
export function forgetCopies(window: Window, learner: string): void {
  const storage = usable(() => window.localStorage);
  if (storage) for (const key of [...places(storage, learner), ...places(storage, SELF_CHECK)]) storage.removeItem(key);
}

export const writeCopy = (to: Shelf, copy: Copy): void => to.write(WORK, JSON.stringify(copy));
