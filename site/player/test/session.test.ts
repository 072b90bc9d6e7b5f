/** A sitting as a whole, without its HTML: what is kept, restored, retried and told. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Adapter, Opening } from "../src/adapters/adapter.ts";
import { UNCONNECTED } from "../src/adapters/adapter.ts";
import { local } from "../src/adapters/local.ts";
import { presentPaper } from "../src/progress.ts";
import { openSession, type Session } from "../src/session.ts";
import { course, WORDING } from "./fixture.ts";
import { cmi5Host, followedHost, scormHost, xapiHost } from "./hosts.ts";
import { blocked, fakeWindow, storage, type FakeWindow } from "./windows.ts";

const demo = course();
const settled = () => new Promise((done) => setTimeout(done, 10));
const open = (window: Window, adapter: Adapter, from = demo) => openSession(window, from, adapter, (page) => page.toUpperCase());

async function answer(session: Session, question: string, response: string[]): Promise<void> {
  session.happen({ type: "answer", question, response, confidence: null }, () => session.answered(question, WORDING, session.answer(question)?.tries ?? 1));
  await settled();
}

async function pass(session: Session, right = 4): Promise<void> {
  for (const [at, { id }] of presentPaper(demo, session.state()).entries())
    session.happen({ type: "draft", question: id, response: [at < right ? "yes" : "no"], confidence: null });
  const paper = presentPaper(demo, session.state());
  session.happen({ type: "submit", mastery: session.mastery }, () => paper.flatMap(({ id }) => session.answered(id, WORDING, session.state().attempt)));
  await settled();
}

async function readAll(session: Session): Promise<void> {
  for (const page of ["start", "ladder"]) session.happen({ type: "seen", page });
  await settled();
}

test("on the site the work is there on the next page, and for nobody else's course", async () => {
  const window = fakeWindow();
  const session = await open(window, local(window, demo));
  assert.deepEqual([session.start, session.saving()], ["fresh", "here"]);
  await answer(session, "one", ["inform"]);
  assert.equal(session.saving(), "here");
  const next = await open(window, local(window, demo));
  assert.deepEqual([next.start, next.answer("one")?.response], ["resumed", ["inform"]]);
  const other = course((json) => (json.id = "other"));
  assert.equal((await open(window, local(window, other), other)).start, "fresh");
});

test("two tabs of the site do not undo each other", async () => {
  const shared = storage();
  const [here, there] = [fakeWindow("", { localStorage: shared }), fakeWindow("", { localStorage: shared })];
  const [one, two] = [await open(here, local(here, demo)), await open(there, local(there, demo))];
  await answer(one, "one", ["inform"]);
  await answer(two, "truth", ["true"]);
  assert.deepEqual([...two.state().answers.keys()].sort(), ["one", "truth"]);
  const third = await open(here, local(here, demo));
  assert.deepEqual([...third.state().answers.keys()].sort(), ["one", "truth"]);
});

test("cleared is cleared, also while the page goes", async () => {
  const window = fakeWindow();
  const session = await open(window, local(window, demo));
  await answer(session, "one", ["inform"]);
  session.clear();
  session.leave();
  await settled();
  assert.equal(Object.keys(window.localStorage).length, 0);
});

test("blocked storage is said", async () => {
  const window = fakeWindow("", { localStorage: blocked(), sessionStorage: blocked() });
  const session = await open(window, local(window, demo));
  await answer(session, "one", ["inform"]);
  assert.deepEqual([session.storage(), session.saving()], ["blocked", "unkept"]);
});

for (const make of [() => scormHost("scorm12"), () => scormHost("scorm2004"), () => cmi5Host(), () => xapiHost(), () => followedHost()]) {
  const { name } = make();

  test(`${name}: an answer the LMS never took is sent by the next launch`, async () => {
    const host = make();
    const window = host.launch();
    const session = await open(window, host.adapter(window, demo));
    host.outage(true);
    await answer(session, "one", ["inform"]);
    assert.equal(session.saving(), "unanswered");
    host.outage(false);
    const later = host.launch() as Window & FakeWindow;
    Object.assign(later, { localStorage: window.localStorage });
    const next = await open(later, host.adapter(later, demo));
    await settled();
    assert.deepEqual([next.answer("one")?.response, next.saving()], [["inform"], "saved"]);
    assert.deepEqual(host.recorded().answers.map(([id]) => id), ["one"]);
  });

  test(`${name}: an LMS that is away at the launch loses nothing that it has`, async () => {
    const host = make();
    const elsewhere = host.launch() as Window & FakeWindow;
    const first = await open(elsewhere, host.adapter(elsewhere, demo));
    await answer(first, "one", ["inform"]);
    first.leave();
    await settled();
    host.outage(true);
    const window = Object.assign(host.launch(), { localStorage: storage(), sessionStorage: storage() });
    const session = await open(window, host.adapter(window, demo));
    assert.deepEqual([session.opening.connected, session.answer("one")], [false, undefined]);
    await answer(session, "truth", ["true"]);
    host.outage(false);
    await answer(session, "sum", ["3"]);
    assert.deepEqual([...session.state().answers.keys()].sort(), ["one", "sum", "truth"]);
    session.leave();
    await settled();
    const next = Object.assign(host.launch(), { localStorage: storage(), sessionStorage: storage() });
    const last = await open(next, host.adapter(next, demo));
    assert.deepEqual([...last.state().answers.keys()].sort(), ["one", "sum", "truth"]);
    assert.deepEqual(host.recorded().answers.map(([id]) => id), ["one", "truth", "sum"]);
  });

  test(`${name}: passing is told at once, and after a relaunch only once`, async () => {
    const host = make();
    const window = host.launch();
    const session = await open(window, host.adapter(window, demo));
    await readAll(session);
    await pass(session);
    assert.deepEqual([host.recorded().final, host.recorded().score], ["passed", 1]);
    assert.equal(host.recorded().answers.length, 4);
    session.leave();
    const later = host.launch() as Window & FakeWindow;
    const next = await open(later, host.adapter(later, demo));
    assert.deepEqual([next.start, next.state().passed], ["finished", true]);
    next.leave();
    await settled();
    assert.equal(host.recorded().answers.length, 4);
    if ("lrs" in host) assert.deepEqual(host.lrs.verbs().filter((verb) => /passed|completed/.test(verb)), ["passed", "completed"]);
  });

  test(`${name}: finishing without passing`, async () => {
    const host = make();
    const window = host.launch();
    const session = await open(window, host.adapter(window, demo));
    await readAll(session);
    await pass(session, 1);
    assert.equal(host.recorded().final, "");
    let finished = false;
    session.onFinish(() => (finished = true));
    session.happen({ type: "end" });
    await session.finish();
    assert.deepEqual([finished, host.recorded().final, host.recorded().score, session.saving()], [true, "failed", 0.25, "saved"]);
  });
}

test("an LMS that drops the state after a pass gets the status again from the browser's own record", async () => {
  const host = scormHost("scorm12");
  const window = host.launch();
  const session = await open(window, host.adapter(window, demo));
  await readAll(session);
  await pass(session);
  session.leave();
  await settled();
  host.committed.clear();
  const later = host.launch() as Window & FakeWindow;
  Object.assign(later, { localStorage: window.localStorage });
  const next = await open(later, host.adapter(later, demo));
  assert.deepEqual([next.start, host.recorded().final, host.recorded().score], ["finished", "passed", 1]);
  host.committed.clear();
  const nobody = host.launch() as Window & FakeWindow;
  assert.equal((await open(nobody, host.adapter(nobody, demo))).start, "fresh");
});

const opening = (parts: Partial<Opening>): Opening => ({ ...UNCONNECTED, connected: true, learner: "ada", ...parts });
const scripted = (parts: Partial<Opening>): Adapter => ({
  reports: true, open: async () => opening(parts), record: () => true, save: async () => true, close: async () => true,
});

test("state that cannot be read starts afresh and says so", async () => {
  assert.equal((await open(fakeWindow(), scripted({ resume: "somebody else's data" }))).start, "damaged");
});

test("an LMS that remembers only the pass is believed", async () => {
  const session = await open(fakeWindow(), scripted({ recorded: "passed" }));
  assert.deepEqual([session.start, session.state().passed, session.state().best], ["finished", true, null]);
});

test("the LMS's mastery score comes before the author's", async () => {
  assert.equal((await open(fakeWindow(), scripted({ mastery: 0.9 }))).mastery, 0.9);
  assert.equal((await open(fakeWindow(), scripted({}))).mastery, 0.7);
});

test("answers on pages that do not count are reported, and not kept", async () => {
  const host = xapiHost();
  const window = host.launch();
  const session = await open(window, host.adapter(window, demo));
  const resume = session.state();
  await answer(session, "extra", ["yes"]);
  const told = host.lrs.statements.map(({ object, result }) => [(object as { id: string }).id, (result as { response?: string } | undefined)?.response]);
  assert.deepEqual(told.at(-1), ["https://example.org/masterclasses/demo/questions/extra", "yes"]);
  assert.deepEqual([session.answer("extra")?.response, session.state()], [["yes"], resume]);
});

test("pages read are told with their titles and the way gone", async () => {
  const host = xapiHost();
  const window = host.launch();
  const session = await open(window, host.adapter(window, demo));
  session.happen({ type: "seen", page: "start" });
  await settled();
  const [, experienced, progressed] = host.lrs.statements;
  assert.deepEqual(experienced?.object, {
    objectType: "Activity", id: "https://example.org/masterclasses/demo/pages/start",
    definition: { type: "http://adlnet.gov/expapi/activities/lesson", name: { "en-GB": "START" } },
  });
  assert.deepEqual(progressed?.result, { extensions: { "https://w3id.org/xapi/cmi5/result/extensions/progress": 25 } });
});
