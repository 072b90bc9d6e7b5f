/** What the player asks of whatever keeps a learner's work. An adapter alone knows its standard. */

import type { Course } from "../course.ts";
import type { Fact } from "../interactions.ts";
import type { Status } from "../status.ts";

export interface Opening {
  /** False when no LMS answered: the work is then kept in this browser only. */
  readonly connected: boolean;
  /** True where the session was over before the page was loaded (a reload after the window had been left). */
  readonly over: boolean;
  /** Who the LMS says is learning; null when nobody knows. Only ever hashed. */
  readonly learner: string | null;
  readonly resume: string | null;
  readonly mode: "normal" | "review" | "browse";
  /** The LMS's own pass mark, 0..1, which comes before the author's. */
  readonly mastery: number | null;
  /** What the LMS has on record already. */
  readonly recorded: "passed" | "completed" | "failed" | null;
  /** Where to go when the learner is done. */
  readonly returnUrl: string | null;
}

export interface Snapshot {
  readonly resume: string;
  readonly page: string | null;
  readonly status: Status;
  /** Best final check, 0..1. */
  readonly score: number | null;
  readonly mastery: number;
  readonly progress: number;
  /** True when a final check was handed in, or given up, since the session was opened. */
  readonly attempted: boolean;
}

export interface Adapter {
  /** Whether anybody but this browser hears of the work. */
  readonly reports: boolean;
  /** Pages of the public site: each is a document of its own, several may be open at once, and none is the last. */
  readonly onSite?: true;
  /** An LMS that answers only later tells `late` what it has on record, and gets the snapshot of both together. */
  open(late?: (opening: Opening) => Snapshot): Promise<Opening>;
  /** Takes a fact that goes out with the next save; true when it now survives a crash without anybody's help. */
  record(fact: Fact): boolean;
  /** Everything recorded and the snapshot, in one commit; false when nobody confirmed it. */
  save(snapshot: Snapshot): Promise<boolean>;
  /** Ends the session, likewise confirmed. What it must do it does before its first `await`: the page may be going. */
  close(snapshot: Snapshot): Promise<boolean>;
}

export type AdapterFactory = (window: Window, course: Course) => Adapter;

export const UNCONNECTED: Opening = {
  connected: false, over: false, learner: null, resume: null, mode: "normal", mastery: null, recorded: null, returnUrl: null,
};
