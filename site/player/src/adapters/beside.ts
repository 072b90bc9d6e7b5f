/**
 * A second listener beside an LMS: the statements an LRS would get, sent with a key that may only add. Whatever becomes
 * of them, the LMS's record is made first and knows nothing of it, and nor does the learner.
 */

import type { Course } from "../course.ts";
import type { Fact } from "../interactions.ts";
import { lrs } from "../lrs.ts";
import { queue } from "../queue.ts";
import { sitePath } from "../site.ts";
import { milestone, statementsOf, type Milestone, type Statement } from "../statements.ts";
import { shelf } from "../storage.ts";
import type { Adapter, Opening, Snapshot } from "./adapter.ts";

export interface Side {
  readonly endpoint: string;
  readonly key: string;
  /** Of the account that the learner's id in the LMS becomes. */
  readonly homePage: string;
  readonly platform: string;
}

interface Listener {
  take(fact: Fact): void;
  save(snapshot: Snapshot): void;
  close(snapshot: Snapshot): void;
}

/** A masterclass taken twice. While an LRS stays away for longer, the oldest go: the browser has other things to keep. */
const MOST = 300;
const SAID = "said";
/** Of a resume string: version, lineage and most of the seed, which every attempt has anew. */
const ATTEMPT = 12;

export function beside(window: Window, course: Course, adapter: Adapter, side: Side): Adapter {
  let listener: Listener | null = null;
  /** What happened while the LMS was still to be found. */
  let early: Fact[] | null = [];
  function quietly(act: () => void): void {
    try {
      act();
    } catch {
      // the LMS has what matters
    }
  }

  return {
    ...adapter,
    async open(late) {
      const started = Date.now();
      function listen(opening: Opening): void {
        const { connected, mode, learner } = opening;
        if (!connected) return;
        const missed = early ?? [];
        early = null;
        if (mode !== "normal" || !learner) return;
        quietly(() => {
          listener = listening(window, course, side, opening, learner, started);
          missed.forEach(listener.take);
        });
      }
      const opening = await adapter.open(
        late &&
          ((found) => {
            listen(found);
            return late(found);
          }),
      );
      listen(opening);
      return opening;
    },
    record(fact) {
      const taken = adapter.record(fact);
      quietly(() => listener?.take(fact));
      early?.push(fact);
      early?.splice(MOST);
      return taken;
    },
    save(snapshot) {
      const saved = adapter.save(snapshot);
      quietly(() => listener?.save(snapshot));
      return saved;
    },
    close(snapshot) {
      const closed = adapter.close(snapshot);
      quietly(() => listener?.close(snapshot));
      return closed;
    },
  };
}

function listening(window: Window, course: Course, side: Side, opening: Opening, learner: string, started: number): Listener {
  const kept = shelf(window, sitePath(window), course.id, learner);
  const actor = { objectType: "Agent", account: { homePage: side.homePage, name: learner } };
  const client = lrs(window, side.endpoint, `Basic ${btoa(`${side.key}:`)}`);
  // Who it is goes in when it is sent: ids of people are not kept in the browser.
  const statements = queue(window, kept, (sent) => client.post(sent.map((each) => ({ ...each, actor }))), MOST);
  const speaker = {
    actor: {}, registration: null, activity: course.iri, platform: side.platform, template: {}, marksDefined: false,
  } as const;
  let completed = opening.recorded === "completed" || opening.recorded === "passed";
  let closed = false;

  function add(statement: Statement): void {
    // An answer the LMS did not confirm is reported again at the next launch, and may still be on its way from here.
    if (!statements.waiting().some(({ id }) => id === statement.id)) statements.add(statement);
  }
  const say = (name: Milestone, snapshot: Snapshot | null, at = Date.now()) =>
    add(milestone(course, speaker, name, { seconds: (at - started) / 1000, score: snapshot?.score ?? null, mastery: opening.mastery, at }));

  /** Once an attempt, whichever window it is reached in. */
  function sayOnce(name: "completed" | "passed", snapshot: Snapshot): void {
    const note = `${snapshot.resume.slice(0, ATTEMPT)} ${name}`;
    const said = (kept.read(SAID) ?? "").split("\n");
    const known = opening.recorded === "passed" || opening.recorded === name;
    if (known || said.includes(note)) return;
    kept.write(SAID, [...said.slice(-3), note].join("\n"));
    completed ||= name === "completed";
    say(name, snapshot);
  }

  say("initialized", null, started);
  statements.soon();

  return {
    take(fact) {
      if (!closed) statementsOf(course, speaker, fact, completed).forEach(add);
    },
    save(snapshot) {
      if (closed) return;
      if (snapshot.status.success === "passed") sayOnce("passed", snapshot);
      if (snapshot.status.complete) sayOnce("completed", snapshot);
      statements.soon();
    },
    close(snapshot) {
      if (closed) return;
      closed = true;
      if (snapshot.attempted && snapshot.status.success !== "passed" && (snapshot.score ?? 0) < snapshot.mastery) say("failed", snapshot);
      say("terminated", snapshot);
      void statements.hurry();
    },
  };
}
