/**
 * Statements on their way to an LRS. They keep their own ids and timestamps and stay in the browser's storage until
 * acknowledged, in order: an outage, a closed tab or a second try neither loses nor doubles one.
 */

import { MILESTONES, verbOf, type Statement } from "./statements.ts";
import type { Shelf } from "./storage.ts";

/** `taken`: stored. `there`: the LRS has one of these ids. `refused`: it never will be. `later`: no useful answer. */
export type Reply = "taken" | "there" | "refused" | "later";
export type Post = (statements: readonly Statement[]) => Promise<Reply>;

export interface Queue {
  /** The statement waits from now on; its timestamp is after every earlier one. */
  add(statement: Statement): void;
  waiting(): readonly Statement[];
  /** Drops what the LRS turns out to have. */
  drop(ids: ReadonlySet<string>): void;
  /** Sends all there is; true when nothing waits any more. */
  flush(): Promise<boolean>;
  /** The same, unless the last try was in vain: then it waits for the next. */
  soon(): void;
  /** For a page that is going: sends at once what no request under way carries. */
  hurry(): Promise<boolean>;
}

const NAME = "queue";
/** Browsers let requests outlive their page only while all of them together hold less than 64 KiB. */
const BATCH_LENGTH = 45_000;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 300_000;

const ids = (statements: readonly Statement[]) => new Set(statements.map((statement) => statement.id));

/** Some LMSs judge each statement by what came before its request, so the one that begins a session goes alone. */
const begins = (statement: Statement | undefined) => statement !== undefined && verbOf(statement) === MILESTONES.initialized.verb;

function batches(statements: readonly Statement[]): Statement[][] {
  const found: Statement[][] = [];
  let room = 0;
  for (const statement of statements) {
    const length = JSON.stringify(statement).length;
    if (room < length || begins(statement)) {
      found.push([]);
      room = BATCH_LENGTH;
    }
    found.at(-1)?.push(statement);
    room -= begins(statement) ? room : length;
  }
  return found;
}

function stored(shelf: Shelf): Statement[] {
  try {
    return JSON.parse(shelf.read(NAME) ?? "[]") as Statement[];
  } catch {
    return []; // cut short by a crash while it was written
  }
}

/** At most so many wait; then the oldest go. */
export function queue(window: Window, shelf: Shelf, post: Post, most = Infinity): Queue {
  let latest = Math.max(0, ...stored(shelf).map((statement) => Date.parse(statement.timestamp)));
  let underWay: readonly Statement[] = [];
  let flushing: Promise<boolean> | null = null;
  let pause = FIRST_PAUSE;
  let timer: number | undefined;
  /** The last has been said: what was under way then must not be followed by what went out meanwhile. */
  let hurried = false;

  const keep = (statements: readonly Statement[]) => shelf.write(NAME, JSON.stringify(statements));
  const drop = (gone: ReadonlySet<string>) => keep(stored(shelf).filter((statement) => !gone.has(statement.id)));

  async function send(statements: readonly Statement[]): Promise<boolean> {
    underWay = statements;
    const reply = await post(statements);
    underWay = [];
    if (reply === "later") return false;
    // A batch is all or nothing: what is there already, or wrong, shows only one by one.
    if (reply !== "taken" && statements.length > 1) {
      for (const statement of statements) if (hurried || !(await send([statement]))) return false;
      return true;
    }
    drop(ids(statements));
    return true;
  }

  async function deliver(statements: readonly Statement[]): Promise<boolean> {
    const taken = (await post(statements)) === "taken";
    if (taken) drop(ids(statements));
    return taken;
  }

  async function flushAll(): Promise<boolean> {
    for (let next = stored(shelf); next.length && !hurried; next = stored(shelf)) {
      if (!(await send(batches(next)[0] ?? []))) {
        timer ??= window.setTimeout(again, pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
        return false;
      }
    }
    pause = FIRST_PAUSE;
    return !hurried;
  }

  function flush(): Promise<boolean> {
    flushing ??= flushAll().finally(() => (flushing = null));
    return flushing;
  }
  function again(): void {
    window.clearTimeout(timer);
    timer = undefined;
    void flush();
  }
  window.addEventListener("online", again);

  return {
    add(statement) {
      latest = Math.max(latest + 1, Date.parse(statement.timestamp));
      keep([...stored(shelf), { ...statement, timestamp: new Date(latest).toISOString() }].slice(-most));
    },
    waiting: () => stored(shelf),
    drop,
    flush,
    soon: () => void (timer === undefined && flush()),
    async hurry() {
      hurried = true;
      const carried = ids(underWay);
      const rest = stored(shelf).filter((statement) => !carried.has(statement.id));
      // Nothing may overtake the beginning: what follows it is sent if the page lives to hear the answer.
      const whole = batches(rest);
      if (begins(rest[0]) && !(await deliver(whole.shift() ?? []))) return false;
      const replies = await Promise.all(whole.map(deliver));
      return replies.every(Boolean);
    },
  };
}
