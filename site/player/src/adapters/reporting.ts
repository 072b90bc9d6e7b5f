/**
 * What cmi5 and Tin Can launches have in common: facts become queued statements, the resume string lives in the State
 * API, and `completed` and `passed` are said once per registration, over all of its sessions.
 */

import type { Course } from "../course.ts";
import type { Fact } from "../interactions.ts";
import type { Lrs } from "../lrs.ts";
import { queue, type Queue } from "../queue.ts";
import {
  adopted, isDefined, milestone, MILESTONES, statementsOf, verbOf, type Milestone, type Speaker, type Statement,
} from "../statements.ts";
import { shelf } from "../storage.ts";
import { UNCONNECTED, type Adapter, type Opening, type Snapshot } from "./adapter.ts";

/** One launch, once the LMS has answered. */
export interface Launch {
  readonly lrs: Lrs;
  readonly speaker: Speaker;
  readonly mode: Opening["mode"];
  readonly mastery: number | null;
  readonly returnUrl: string | null;
  /** False when a reload goes on with a session that has said so already. */
  readonly announces: boolean;
}

export interface Launcher {
  /** Learner and registration: two registrations of one person are two pieces of work. */
  readonly learner: string | null;
  /** Whether the session is over when its document closes. */
  readonly ends: boolean;
  /** True when the launch's session has ended, so that nothing may be sent any more. */
  isOver(): boolean;
  /** Null while the LMS does not answer. */
  connect(): Promise<Launch | null>;
  announced(): void;
  ended(): void;
}

type Once = "completed" | "passed";
/** The State document: the work, and the ids of what has been said. */
interface Kept {
  readonly resume: string | null;
  readonly said: Readonly<Partial<Record<Once, string>>>;
  readonly confirmed: boolean;
}

const STATE_ID = "masterclass";
/** Nothing there yet; or, by what some LRSs say, no such resource at all. Others may answer differently in a moment. */
const NO_STATE: readonly number[] = [404, 400, 405, 501];
const NOTHING: Kept = { resume: null, said: {}, confirmed: true };

interface Session extends Launch {
  readonly queue: Queue;
  kept: Kept;
}

export function reporting(window: Window, course: Course, site: string, launcher: Launcher): Adapter {
  const started = Date.now();
  const held: Fact[] = [];
  let session: Session | null = null;
  let late: ((opening: Opening) => Snapshot) | undefined;
  let closed = false;
  let failed = false;
  let failedEarlier = false;
  let saving: Promise<boolean> = Promise.resolve(true);

  const stateQuery = ({ speaker }: Launch) => ({
    stateId: STATE_ID,
    activityId: speaker.activity,
    agent: JSON.stringify(speaker.actor),
    ...(speaker.registration && { registration: speaker.registration }),
  });

  async function connect(): Promise<Session | null> {
    const launch = await launcher.connect();
    if (!launch) return null;
    const found = await launch.lrs.get("activities/state", stateQuery(launch));
    if (!NO_STATE.includes(found.status) && Math.floor(found.status / 100) !== 2) return null;
    const kept = { ...NOTHING, ...((found.body ?? {}) as Partial<Kept>) };
    const { actor } = launch.speaker;
    const statements = queue(window, shelf(window, site, course.id, launcher.learner), (sent) => launch.lrs.post(sent.map((each) => ({ ...each, actor }))));
    await settle(launch.lrs, statements);
    const orphans = launch.announces ? orphaned(launch, statements) : [];
    session = { ...launch, queue: statements, kept: await withoutLost(launch.lrs, statements, kept) };
    if (launch.announces) say(session, "initialized", null);
    for (const orphan of orphans) add(session, adopted(launch.speaker, orphan));
    launcher.announced();
    for (const fact of held.splice(0)) take(session, fact);
    return session;
  }

  /**
   * What an earlier cmi5 session never got through. An LMS takes statements of a live session only: cmi5's own are said
   * anew when they are due, the others join the present session.
   */
  function orphaned({ speaker }: Launch, statements: Queue): readonly Statement[] {
    const left = speaker.marksDefined ? statements.waiting() : [];
    failedEarlier = left.some((said) => isDefined(said) && verbOf(said) === MILESTONES.failed.verb);
    statements.drop(new Set(left.map(({ id }) => id)));
    return left.filter((said) => !isDefined(said));
  }

  /** Who it is goes in when it is sent: ids and names of people are not kept in the browser. */
  function add(to: Session, { actor: _, ...statement }: Statement): void {
    to.queue.add(statement as Statement);
  }

  function say(to: Session, name: Milestone, snapshot: Snapshot | null): string {
    const seconds = (Date.now() - started) / 1000;
    const said = milestone(course, to.speaker, name, { seconds, score: snapshot?.score ?? null, mastery: to.mastery });
    add(to, said);
    return said.id;
  }

  function take(to: Session, fact: Fact): void {
    if (to.mode !== "normal") return;
    for (const said of statementsOf(course, to.speaker, fact, to.kept.said.completed !== undefined)) add(to, said);
  }

  /** The State is written first: better to ask later whether a statement arrived than to say it twice. */
  async function saveTo(to: Session, snapshot: Snapshot): Promise<boolean> {
    if (to.mode !== "normal") return to.queue.flush();
    const news = sayOnce(to, snapshot);
    to.kept = { ...to.kept, resume: snapshot.resume };
    const stored = await to.lrs.put("activities/state", stateQuery(to), to.kept);
    if (closed) return stored;
    const sent = await to.queue.flush();
    if (news && sent && !closed) {
      to.kept = { ...to.kept, confirmed: true };
      await to.lrs.put("activities/state", stateQuery(to), to.kept);
    }
    return stored && sent;
  }

  function sayOnce(to: Session, snapshot: Snapshot): boolean {
    const due: Once[] = [...(snapshot.status.success === "passed" ? ["passed" as const] : []), ...(snapshot.status.complete ? ["completed" as const] : [])];
    const news = due.filter((name) => to.kept.said[name] === undefined);
    for (const name of news)
      to.kept = { ...to.kept, confirmed: false, said: { ...to.kept.said, [name]: say(to, name, snapshot) } };
    return news.length > 0;
  }

  async function save(snapshot: Snapshot): Promise<boolean> {
    if (closed || launcher.isOver()) return false;
    const to = session ?? (await connect());
    if (!to || closed) return false;
    const whole = late ? late(opening(to)) : snapshot;
    late = undefined;
    return saveTo(to, whole);
  }

  function opening(to: Session): Opening {
    const { passed, completed } = to.kept.said;
    return {
      connected: true, over: false, learner: launcher.learner, resume: to.kept.resume, mode: to.mode, mastery: to.mastery,
      recorded: passed !== undefined ? "passed" : completed !== undefined ? "completed" : null,
      returnUrl: to.returnUrl,
    };
  }

  return {
    reports: true,
    async open(whenLate) {
      const to = launcher.isOver() ? null : await connect();
      if (to) return opening(to);
      late = whenLate;
      return { ...UNCONNECTED, learner: launcher.learner, over: launcher.isOver() };
    },
    record(fact) {
      if (closed || launcher.isOver()) return false;
      if (session) take(session, fact);
      else held.push(fact);
      return session !== null;
    },
    save(snapshot) {
      saving = saving.then(() => save(snapshot), () => save(snapshot));
      return saving;
    },
    async close(snapshot) {
      if (closed || !session) return false;
      closed = true;
      const judged = session.mode === "normal" && (snapshot.attempted || failedEarlier) && session.kept.said.passed === undefined;
      // Who has passed the final check and has pages left to see has not failed.
      const enough = (snapshot.score ?? 0) >= snapshot.mastery;
      if (judged && !failed && !enough && snapshot.status.success !== "passed") {
        failed = true;
        say(session, "failed", snapshot);
      }
      if (launcher.ends) say(session, "terminated", snapshot);
      launcher.ended();
      return session.queue.hurry();
    },
  };
}

/** A page that was closed never heard whether its last request arrived: ask before sending anything again. */
async function settle(lrs: Lrs, statements: Queue): Promise<void> {
  const found = statements.waiting().map(async ({ id }) => ((await lrs.get("statements", { statementId: id })).status === 200 ? [id] : []));
  const there = new Set((await Promise.all(found)).flat());
  if (there.size) statements.drop(there);
}

/** What was noted as said, but neither waits here nor reached the LRS (another computer died with it), is said anew. */
async function withoutLost(lrs: Lrs, statements: Queue, kept: Kept): Promise<Kept> {
  if (kept.confirmed) return kept;
  const waiting = new Set(statements.waiting().map(({ id }) => id));
  const said = { ...kept.said };
  for (const name of ["completed", "passed"] as const) {
    const id = said[name];
    if (id !== undefined && !waiting.has(id) && (await lrs.get("statements", { statementId: id })).status === 404) delete said[name];
  }
  return { ...kept, said };
}
