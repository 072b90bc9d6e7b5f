/** The LRS beside a SCORM package's LMS: told the same as any LRS, each thing once, and never in the way. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { beside } from "../src/adapters/beside.ts";
import { presentPaper } from "../src/progress.ts";
import { openSession, type Session } from "../src/session.ts";
import { course, WORDING } from "./fixture.ts";
import { scormHost, xapiHost } from "./hosts.ts";
import { ENDPOINT, lrsFake, type Sent } from "./lrs-fake.ts";
import { storage } from "./windows.ts";

const demo = course();
const settled = () => new Promise((done) => setTimeout(done, 20));
const KEY = "abcdefghijklmnop";
const SIDE = { endpoint: ENDPOINT, key: KEY, homePage: "https://learn.example/" };

function host(standard: "scorm12" | "scorm2004" = "scorm12", learner = "learner-1") {
  const [lms, lrs] = [scormHost(standard, learner), lrsFake()];
  const [localStorage, sessionStorage] = [storage(), storage()];
  const headers: Record<string, string>[] = [];
  return {
    lms, lrs, headers, localStorage,
    async launch(): Promise<Session> {
      const window = Object.assign(lms.launch(), { localStorage, sessionStorage });
      window.fetch = async (url: RequestInfo | URL, init?: RequestInit) => {
        headers.push(init?.headers as Record<string, string>);
        return lrs.fetch(String(url), init);
      };
      const adapter = beside(window, demo, lms.adapter(window, demo), { ...SIDE, platform: standard });
      return openSession(window, demo, adapter, (page) => page.toUpperCase());
    },
  };
}

async function play(session: Session): Promise<void> {
  for (const page of ["start", "ladder"]) session.happen({ type: "seen", page });
  session.happen({ type: "answer", question: "one", response: ["inform"], confidence: "high" }, () => session.answered("one", WORDING, 1));
  for (const { id } of presentPaper(demo, session.state()))
    session.happen({ type: "draft", question: id, response: ["yes"], confidence: null });
  const paper = presentPaper(demo, session.state());
  session.happen({ type: "submit", mastery: session.mastery }, () => paper.flatMap(({ id }) => session.answered(id, WORDING, 1)));
  await settled();
  session.leave();
  await settled();
}

/** What a statement says, without what is new every time and what the channel adds. */
function said({ id: _, timestamp, verb, object, result, context }: Sent) {
  const { duration: __, ...rest } = result ?? {};
  const { platform: ___, registration: ____, ...about } = context;
  assert.ok(timestamp);
  // Which questions a check draws is chance.
  return JSON.stringify({ verb, object, rest, about }).replace(/questions\/b\d/, "questions/b");
}

for (const standard of ["scorm12", "scorm2004"] as const)
  test(`${standard}: the LRS hears what it would hear of an xAPI launch`, async () => {
    const { lms, lrs, headers, launch } = host(standard);
    await play(await launch());
    const other = xapiHost();
    const window = other.launch();
    await play(await openSession(window, demo, other.adapter(window, demo), (page) => page.toUpperCase()));
    const iri = (statement: Sent) => said(statement).replaceAll("https://lms.example/au/1", demo.iri);
    assert.deepEqual(lrs.statements.map(said).sort(), other.lrs.statements.map(iri).sort());
    assert.deepEqual(new Set(lrs.statements.map(({ context }) => context.platform)), new Set([standard]));
    const actors = lrs.statements.map((statement) => JSON.stringify((statement as unknown as { actor: unknown }).actor));
    assert.deepEqual(new Set(actors), new Set(['{"objectType":"Agent","account":{"homePage":"https://learn.example/","name":"learner-1"}}']));
    assert.deepEqual(new Set(headers.map(({ Authorization }) => Authorization)), new Set([`Basic ${btoa(`${KEY}:`)}`]));
    assert.deepEqual(new Set(lrs.requests), new Set(["POST statements"]), "it reads nothing, and keeps no state there");
    assert.equal(lms.recorded().final, "passed");
  });

for (const outage of [0, 401, 403, 429, 500])
  test(`an LRS that answers ${outage} is no trouble, and hears everything once when it is back`, async () => {
    const { lms, lrs, localStorage, launch } = host();
    lrs.outage = outage;
    const session = await launch();
    await play(session);
    assert.deepEqual([session.saving(), lms.recorded().final, lrs.statements.length], ["saved", "passed", 0]);
    const kept = Object.keys(localStorage).map((key) => key + localStorage.getItem(key)).join();
  assert.ok(kept.includes(":queue[{"));
  assert.doesNotMatch(kept, /learner-1/, "who it is stays out of the browser's storage");
    lrs.outage = null;
    const again = await launch();
    await settled();
    assert.deepEqual([again.saving(), again.opening.recorded], ["saved", "passed"]);
    const verbs = lrs.verbs();
    assert.deepEqual(
      ["initialized", "passed", "completed", "terminated", "answered"].map((verb) => verbs.filter((each) => each === verb).length),
      [2, 1, 1, 1, lms.recorded().answers.length],
    );
    assert.equal(new Set(lrs.statements.map(({ id }) => id)).size, lrs.statements.length);
  });

test("an answer the LMS did not take is told the LRS once, though the player records it twice", async () => {
  const { lms, lrs, launch } = host();
  const session = await launch();
  lms.outage(true);
  session.happen({ type: "answer", question: "one", response: ["inform"], confidence: null }, () => session.answered("one", WORDING, 1));
  await settled();
  session.leave();
  await settled();
  assert.equal(lrs.verbs().filter((verb) => verb === "answered").length, 1);
  lms.outage(false);
  await launch();
  await settled();
  assert.deepEqual(lms.recorded().answers.map(([id]) => id), ["one"]);
  assert.equal(lrs.verbs().filter((verb) => verb === "answered").length, 1);
});

test("a learner who ends below the mark has failed, once a sitting", async () => {
  const { lrs, launch } = host();
  const session = await launch();
  const paper = presentPaper(demo, session.state());
  session.happen({ type: "submit", mastery: session.mastery }, () => paper.flatMap(({ id }) => session.answered(id, WORDING, 1)));
  session.leave();
  session.leave();
  await settled();
  assert.deepEqual(lrs.verbs().filter((verb) => /failed|terminated|passed/.test(verb)), ["failed", "terminated"]);
});

test("an LMS that answers only later: the LRS hears of all that was done before, at its time", async () => {
  const { lms, lrs, launch } = host();
  lms.outage(true);
  const session = await launch();
  for (const page of ["start", "ladder"]) session.happen({ type: "seen", page });
  session.happen({ type: "answer", question: "one", response: ["inform"], confidence: null }, () => session.answered("one", WORDING, 1));
  const answeredBy = new Date(Date.now() + 30).toISOString(); // no two statements have the same instant
  await new Promise((done) => setTimeout(done, 60));
  assert.deepEqual(lrs.requests, []);
  lms.outage(false);
  await play(session);
  const before = lrs.statements.filter(({ timestamp }) => timestamp <= answeredBy).map(({ verb }) => verb.id.split("/").at(-1));
  assert.deepEqual(before, ["initialized", "experienced", "progressed", "experienced", "progressed", "answered"]);
  const ids = lrs.statements.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(lrs.verbs().filter((verb) => /initialized|completed|passed|terminated/.test(verb)), ["initialized", "passed", "completed", "terminated"]);
});

test("nobody the LMS does not name is told of", async () => {
  const { lms, lrs, launch } = host("scorm12", "");
  await play(await launch());
  assert.deepEqual([lms.recorded().final, lrs.requests], ["passed", []]);
});

test("looking back is told to nobody", async () => {
  const { lms, lrs, launch } = host();
  lms.extra.set("cmi.core.lesson_mode", "review");
  const session = await launch();
  session.leave();
  await settled();
  assert.deepEqual(lrs.requests, []);
});

test("while the LRS stays away, the browser keeps only so much of it", async () => {
  const { lrs, localStorage, launch } = host();
  lrs.outage = 401;
  const session = await launch();
  for (let attempt = 1; attempt <= 310; attempt++)
    session.happen({ type: "answer", question: "one", response: [attempt % 2 ? "inform" : "consult"], confidence: null }, () => session.answered("one", WORDING, attempt));
  session.leave();
  await settled();
  const place = Object.keys(localStorage).find((key) => key.endsWith(":queue")) ?? "";
  const waiting = JSON.parse(localStorage.getItem(place) ?? "[]") as Sent[];
  assert.deepEqual([waiting.length, waiting.at(-1)?.verb.id], [300, "http://adlnet.gov/expapi/verbs/terminated"]);
});
