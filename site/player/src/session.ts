/** One sitting: the state, the adapter and the browser's copy, kept in step. Elements change it only through here. */

import type { Adapter, Opening, Snapshot } from "./adapters/adapter.ts";
import { begin, type Start } from "./beginning.ts";
import type { Course } from "./course.ts";
import { interactions, type Fact, type Wording } from "./interactions.ts";
import { isKept, merged, step, type Answer, type Event, type State } from "./progress.ts";
import { decode, encode } from "./resume.ts";
import { sitePath } from "./site.ts";
import { progress, status } from "./status.ts";
import { stopwatch, type Stopwatch } from "./stopwatch.ts";
import { MORE, parseCopy, readCopy, shelf, writeCopy, WORK, type Shelf } from "./storage.ts";
import { uuid } from "./uuid.ts";

export type Saving = "saving" | "saved" | "here" | "unanswered" | "unkept" | "review" | "over";

export interface Session {
  readonly course: Course;
  readonly opening: Opening;
  readonly start: Start;
  readonly reports: boolean;
  readonly onSite: boolean;
  readonly mastery: number;
  readonly watch: Stopwatch;
  /** For what must not leave the browser: filed beside the learner's work, cleared with it, and never reported. */
  readonly kept: Shelf;
  /** Whether the browser keeps anything, and whether it threw away what it had kept. */
  storage(): "lasting" | "blocked" | "wiped";
  saving(): Saving;
  state(): State;
  answer(question: string): Answer | undefined;
  /** Applies an event and saves, with the facts it makes, in one commit. */
  happen(event: Event, facts?: () => readonly Fact[]): void;
  /** What changes nothing in the state, and is reported all the same. */
  report(fact: Fact): void;
  /** The present answer to a question as it is reported. */
  answered(question: string, wording: Wording, attempt: number): readonly Fact[];
  subscribe(listener: () => void): void;
  /** Saves, ends the session with the LMS, and when it has heard calls whoever waits for that. */
  finish(): Promise<void>;
  onFinish(listener: () => void): void;
  /** The page is going: ends the session with what can still be sent. */
  leave(): void;
  clear(): void;
}

const RETRY = 20_000;

export async function openSession(window: Window, course: Course, adapter: Adapter, titleOf: (page: string) => string): Promise<Session> {
  const opening = await adapter.open(late);
  const work = shelf(window, sitePath(window), course.id, opening.learner);
  const copy = readCopy(work);
  const random = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  const beginning = begin(course, opening, copy, random);

  const mastery = opening.mastery ?? course.pass_mark;
  const listeners: (() => void)[] = [];
  const finished: (() => void)[] = [];
  /** Answers on pages that count for nothing are reported, but live only as long as the page. */
  const passing = new Map<string, Answer>();
  let state = beginning.state;
  let outbox: readonly Fact[] = [];
  let attempted = false;
  let over = opening.over;
  let cleared = false;
  let savingNow: Saving = "saved";
  let saves = 0;
  let retry: number | undefined;

  const tell = () => listeners.forEach((listener) => listener());
  const onSite = adapter.onSite ?? false;
  const readOnly = opening.mode !== "normal";
  const snapshot = (): Snapshot => ({
    resume: encode(course, state),
    page: state.page,
    status: status(course, state),
    score: state.best,
    mastery,
    progress: progress(course, state),
    attempted,
  });

  function keep(confirmed: boolean): void {
    if (!readOnly && !cleared) writeCopy(work, { resume: encode(course, state), outbox, confirmed });
  }

  function record(facts: readonly Fact[]): void {
    const named = facts.map((fact) => ({ statement: uuid(), ...fact }));
    outbox = [...outbox, ...named.filter((fact) => !adapter.record(fact))];
  }

  /** On the site another tab may have gone on: its answers are taken in before ours are written over them. */
  function takeIn(text: string | null): void {
    const theirs = parseCopy(text);
    const other = theirs && decode(course, theirs.resume);
    if (other && theirs.resume !== encode(course, state)) state = merged(course, other, state);
  }

  function pagesRead(before: State): Fact[] {
    return [...state.seen]
      .filter((page) => !before.seen.has(page))
      .map((page) => ({ kind: "page", page, title: titleOf(page), progress: progress(course, state), at: Date.now() }));
  }

  function outcome(confirmed: boolean): Saving {
    if (over) return "over";
    if (readOnly) return "review";
    if (!confirmed) return "unanswered";
    if (adapter.reports) return "saved";
    return work.lasting ? "here" : "unkept";
  }

  /** What an LMS that was away at the start turns out to have on record is put together with what was done since. */
  function late(found: Opening): Snapshot {
    state = begin(course, found, { resume: encode(course, state), outbox: [], confirmed: false }, random).state;
    window.setTimeout(() => void save(), 0); // saves under way know nothing of it
    return snapshot();
  }

  async function save(): Promise<void> {
    const number = ++saves;
    if (onSite) takeIn(work.read(WORK));
    keep(false);
    const sent = outbox.length;
    savingNow = "saving";
    const confirmed = await adapter.save(snapshot());
    if (number !== saves) return;
    if (confirmed) {
      outbox = outbox.slice(sent);
      keep(true);
    }
    savingNow = outcome(confirmed);
    window.clearTimeout(retry);
    if (savingNow === "unanswered") retry = window.setTimeout(() => void save(), RETRY);
    tell();
  }

  /** Also keeps the page, which still shows the work, from putting it back while it goes. */
  function drop(): void {
    cleared = true;
    outbox = [];
    work.clear();
  }

  function close(): Promise<void> {
    window.clearTimeout(retry);
    if (onSite) takeIn(work.read(WORK));
    return adapter.close(snapshot()).then((confirmed) => {
      if (!confirmed) return;
      outbox = [];
      keep(true);
    });
  }

  const session: Session = {
    course, opening, mastery,
    start: beginning.start,
    reports: adapter.reports,
    onSite,
    watch: stopwatch(() => Date.now()),
    kept: work,
    storage: () => (work.wiped() ? "wiped" : work.lasting ? "lasting" : "blocked"),
    saving: () => savingNow,
    state: () => state,
    answer: (question) => passing.get(question) ?? state.answers.get(question),
    happen(event, facts = () => []) {
      if (over) return;
      cleared = false;
      if (event.type === "answer" && !isKept(course, event.question)) {
        const tries = (passing.get(event.question)?.tries ?? 0) + 1;
        passing.set(event.question, { response: event.response, confidence: event.confidence, tries });
        record(facts());
        void save();
        return tell();
      }
      const before = state;
      state = step(course, state, event);
      if (state === before) return;
      attempted ||= event.type === "submit" || event.type === "end";
      record([...facts(), ...pagesRead(before)]);
      void save();
      tell();
    },
    report(fact) {
      if (over) return;
      record([fact]);
      void save();
    },
    answered(question, wording, attempt) {
      const answer = session.answer(question);
      if (!answer) return [];
      const { response, confidence } = answer;
      const latency = session.watch.take(question);
      return interactions(course, { question, response, confidence, attempt, latency, at: Date.now() }, wording);
    },
    subscribe: (listener) => void listeners.push(listener),
    async finish() {
      await save();
      await close();
      over = true; // the line that says whether it is saved stays as it is
      tell();
      finished.forEach((listener) => listener());
    },
    onFinish: (listener) => void finished.push(listener),
    // Without anybody to tell, all is kept already.
    leave: () => void (adapter.reports && close()),
    clear() {
      drop();
      tell(); // what shows it must forget it, too
    },
  };

  if (work.read(MORE)) {
    takeIn(work.read(MORE));
    work.write(MORE, "");
  }
  record(copy?.outbox ?? []);
  if (onSite)
    work.watch(WORK, (text) => {
      if (text === null) {
        drop(); // cleared there, so cleared here
        return window.location.reload();
      }
      takeIn(text);
      tell();
    });
  if (over) savingNow = "over";
  // Tells an LMS "incomplete" before anything else can happen, or its result anew where it began a new attempt.
  else if (adapter.reports && !onSite) await save();
  else if (adapter.reports) void save();
  else savingNow = outcome(true);
  return session;
}
