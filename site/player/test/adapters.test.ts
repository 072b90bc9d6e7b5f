/** What every adapter must do, whatever it speaks; then what each standard asks on top. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Adapter, Snapshot } from "../src/adapters/adapter.ts";
import { interactions, type Fact } from "../src/interactions.ts";
import { course, WORDING } from "./fixture.ts";
import { AU, cmi5Host, HOSTS, REGISTRATION, scormHost, xapiHost } from "./hosts.ts";
import { fakeWindow } from "./windows.ts";
import { normalActor } from "../src/adapters/xapi.ts";

const demo = course();
const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const fact = (question: string, response: string[], attempt = 1, confidence: string | null = null): readonly Fact[] =>
  interactions(demo, { question, response, confidence, attempt, latency: 12.345, at: AT }, WORDING);
const OPEN: Snapshot = {
  resume: "1Ab3_xZAAAA", page: "ladder", status: { complete: false, success: null }, score: null, mastery: 0.7, progress: 0.5, attempted: false,
};
const PASSED: Snapshot = { ...OPEN, resume: "1Ab3_xZBBBB", status: { complete: true, success: "passed" }, score: 0.8, progress: 1, attempted: true };
const record = (adapter: Adapter, facts: readonly Fact[]) => facts.forEach((each) => adapter.record(each));

const WRONG12 = [["one", "c", "incorrect"], ["one.confidence", "a", "neutral"], ["one", "b", "correct"]];
const WRONG = [["one", "inform", "incorrect"], ["one.confidence", "low", "neutral"], ["one", "codesign", "correct"]];

for (const makeHost of HOSTS) {
  const { name } = makeHost();
  const expected = { local: [], scorm12: WRONG12 }[name] ?? WRONG;

  test(`${name}: starts, records, saves, closes`, async () => {
    const host = makeHost();
    const adapter = host.adapter(host.launch(), demo);
    const opening = await adapter.open();
    assert.deepEqual([opening.connected, opening.mode, opening.resume, opening.recorded], [true, "normal", null, null]);
    assert.equal(await adapter.save(OPEN), true);
    record(adapter, fact("one", ["inform"], 1, "low"));
    assert.equal(await adapter.save(OPEN), true);
    record(adapter, fact("one", ["codesign"], 2));
    assert.equal(await adapter.save(PASSED), true);
    assert.deepEqual(host.recorded(), { answers: expected, final: name === "local" ? "" : "passed", score: name === "local" ? null : 0.8 });
    assert.equal(await adapter.close(PASSED), true);
  });

  test(`${name}: what could not be saved goes out with the next save, once`, async () => {
    const host = makeHost();
    const adapter = host.adapter(host.launch(), demo);
    await adapter.open();
    await adapter.save(OPEN);
    host.outage(true);
    record(adapter, fact("one", ["inform"], 1, "low"));
    assert.equal(await adapter.save(OPEN), name === "local");
    host.outage(false);
    record(adapter, fact("one", ["codesign"], 2));
    assert.equal(await adapter.save(OPEN), true);
    assert.equal(await adapter.save(OPEN), true);
    assert.deepEqual(host.recorded().answers, expected);
  });

  if (name !== "local")
    test(`${name}: the next launch finds the work`, async () => {
      const host = makeHost();
      const first = host.adapter(host.launch(), demo);
      await first.open();
      await first.save(OPEN);
      await first.close(OPEN);
      const opening = await host.adapter(host.launch(), demo).open();
      assert.deepEqual([opening.connected, opening.resume, opening.recorded], [true, OPEN.resume, null]);
    });

  test(`${name}: closed is closed`, async () => {
    const host = makeHost();
    const adapter = host.adapter(host.launch(), demo);
    await adapter.open();
    await adapter.save(OPEN);
    await adapter.close(OPEN);
    const before = host.recorded();
    record(adapter, fact("one", ["codesign"]));
    await adapter.save(PASSED);
    await adapter.close(PASSED);
    assert.deepEqual(host.recorded(), before);
  });
}

for (const name of ["scorm12", "scorm2004"] as const) {
  test(`${name}: one commit per save, nothing refused, incomplete first`, async () => {
    const host = scormHost(name);
    const adapter = host.adapter(host.launch(), demo);
    await adapter.open();
    await adapter.save({ ...OPEN, page: null });
    record(adapter, fact("one", ["inform"], 1, "low"));
    for (const [id, response] of [["some", ["a1", "c3"]], ["sum", ["0.3"]], ["word", ["other"]], ["pairs", ["left_a.z", "left_b.x"]], ["row", ["x", "y", "z"]], ["often", ["never"]], ["judge", ["best.opt", "worst.opt2"]], ["truth", ["true"]]] as const)
      record(adapter, fact(id, [...response]));
    await adapter.save(PASSED);
    await adapter.close(PASSED);
    assert.deepEqual(host.calls.filter((call) => call.startsWith("REFUSED")), []);
    const sets = host.calls.filter((call) => call.startsWith("SetValue"));
    assert.match(sets[0] ?? "", /status incomplete$/);
    assert.equal(host.calls.filter((call) => call === "Commit ").length, 3, "two saves and the close");
    assert.equal(host.calls.at(-1), name === "scorm12" ? "Finish " : "Terminate ");
  });

  test(`${name}: nobody's LMS`, async () => {
    const adapter = scormHost(name).adapter(fakeWindow(), demo);
    assert.equal((await adapter.open()).connected, false);
    record(adapter, fact("one", ["codesign"]));
    assert.equal(await adapter.save(OPEN), false);
    assert.equal(await adapter.close(OPEN), false);
  });

  test(`${name}: frames of other origins are passed by, and the opener is asked`, async () => {
    const host = scormHost(name);
    const opener = host.launch();
    const foreign = new Proxy({} as Window, { get: () => { throw new DOMException("cross-origin", "SecurityError"); } });
    const adapter = host.adapter(fakeWindow("", { parent: foreign, top: foreign, opener }), demo);
    assert.equal((await adapter.open()).connected, true);
  });

  test(`${name}: what is on record as achieved is not taken back`, async () => {
    const host = scormHost(name);
    const element = name === "scorm12" ? "cmi.core.lesson_status" : "cmi.completion_status";
    host.committed.set(element, "completed");
    const adapter = host.adapter(host.launch(), demo);
    assert.equal((await adapter.open()).recorded, "completed");
    await adapter.save(OPEN);
    assert.equal(host.committed.get(element), "completed");
    await adapter.save(PASSED);
    assert.equal(host.recorded().final, "passed");
  });

  test(`${name}: in review nothing is written`, async () => {
    const host = scormHost(name);
    host.extra.set(name === "scorm12" ? "cmi.core.lesson_mode" : "cmi.mode", "review");
    const adapter = host.adapter(host.launch(), demo);
    assert.equal((await adapter.open()).mode, "review");
    record(adapter, fact("one", ["codesign"]));
    assert.equal(await adapter.save(PASSED), true);
    await adapter.close(PASSED);
    assert.deepEqual(host.calls.filter((call) => call.startsWith("SetValue")), []);
  });

  test(`${name}: interactions go on after those of earlier sessions`, async () => {
    const host = scormHost(name);
    const first = host.adapter(host.launch(), demo);
    await first.open();
    record(first, fact("one", ["inform"]));
    await first.save(OPEN);
    await first.close(OPEN);
    const second = host.adapter(host.launch(), demo);
    await second.open();
    record(second, fact("one", ["codesign"], 2));
    await second.save(OPEN);
    assert.equal(host.recorded().answers.length, 2);
  });
}

test("scorm12: the values, one by one", async () => {
  const host = scormHost("scorm12");
  host.extra.set("cmi.student_data.mastery_score", "80");
  const adapter = host.adapter(host.launch(), demo);
  assert.equal((await adapter.open()).mastery, 0.8);
  record(adapter, fact("one", ["inform"]));
  await adapter.save({ ...OPEN, score: 0.5 });
  const time = new Date(AT).toTimeString().slice(0, 8);
  const value = (name: string) => host.committed.get(name);
  assert.deepEqual(
    ["id", "objectives.0.id", "time", "type", "correct_responses.0.pattern", "student_response", "result", "latency"].map((name) => value(`cmi.interactions.0.${name}`)),
    ["one", "ladder", time, "choice", "b", "c", "wrong", "0000:00:12.35"]);
  assert.deepEqual(["lesson_status", "lesson_location", "exit", "score.raw"].map((name) => value(`cmi.core.${name}`)), ["incomplete", "ladder", "suspend", undefined], "no score before the end where the LMS would judge by it");
  assert.match(value("cmi.core.session_time") ?? "", /^0000:00:0\d\.\d\d$/);
  await adapter.save(PASSED);
  assert.deepEqual(["lesson_status", "exit", "score.raw", "score.min", "score.max"].map((name) => value(`cmi.core.${name}`)), ["passed", "", "80", "0", "100"]);
});

test("scorm2004: the values, one by one", async () => {
  const host = scormHost("scorm2004");
  const adapter = host.adapter(host.launch(), demo);
  await adapter.open();
  record(adapter, fact("sum", ["3"]));
  await adapter.save({ ...OPEN, score: 0.5 });
  const value = (name: string) => host.committed.get(name);
  assert.deepEqual(
    ["id", "type", "objectives.0.id", "timestamp", "correct_responses.0.pattern", "learner_response", "result", "latency", "description"].map((name) => value(`cmi.interactions.0.${name}`)),
    ["sum", "numeric", "duties", "2026-01-02T03:04:05.0Z", "0.25[:]0.35", "3", "incorrect", "PT12.35S", "Which rung is this?"]);
  assert.deepEqual(["completion_status", "success_status", "location", "exit", "score.scaled", "score.raw", "progress_measure"].map((name) => value(`cmi.${name}`)), ["incomplete", "unknown", "ladder", "suspend", "0.5", "50", "0.5"]);
  await adapter.save(PASSED);
  assert.deepEqual(["completion_status", "success_status", "exit", "score.scaled", "score.raw"].map((name) => value(`cmi.${name}`)), ["completed", "passed", "suspend", "0.8", "80"]);
});

test("scorm: a new session of the LMS gets what the old one never confirmed", async () => {
  const [host, other] = [scormHost("scorm12"), scormHost("scorm12")];
  const window = host.launch();
  const lms = window.parent as unknown as Record<string, unknown>;
  const adapter = host.adapter(window, demo);
  await adapter.open();
  await adapter.save(OPEN);
  record(adapter, fact("truth", ["true"]));
  assert.equal(await adapter.save(OPEN), true);
  host.outage(true);
  record(adapter, fact("one", ["inform"]));
  assert.equal(await adapter.save(OPEN), false);
  lms.API = (other.launch().parent as unknown as Record<string, unknown>).API; // signed in again: not initialised yet
  assert.equal(await adapter.save(OPEN), true);
  assert.deepEqual(other.recorded().answers, [["one", "c", "incorrect"]]);
});

const CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
const MOVEON = "https://w3id.org/xapi/cmi5/context/categories/moveon";
const categories = (host: ReturnType<typeof cmi5Host>) =>
  host.lrs.statements.map(({ context }) => (context.contextActivities.category ?? []).map(({ id }) => id).filter((id) => id === CMI5 || id === MOVEON).length);

test("cmi5: a session in order, with its marks", async () => {
  const host = cmi5Host();
  const adapter = host.adapter(host.launch(), demo);
  const opening = await adapter.open();
  assert.equal(opening.mastery, 0.7);
  assert.deepEqual(host.lrs.requests.slice(0, 3), ["GET activities/state LMS.LaunchData", "GET agents/profile cmi5LearnerPreferences", "GET activities/state masterclass"]);
  await adapter.save(OPEN);
  record(adapter, [{ kind: "page", page: "start", title: "Start", progress: 0.5, at: AT }, ...fact("one", ["codesign"])]);
  await adapter.save(PASSED);
  await adapter.close(PASSED);
  await adapter.save(PASSED);
  assert.deepEqual(host.lrs.verbs(), ["initialized", "experienced", "progressed", "answered", "passed", "completed", "terminated"]);
  assert.deepEqual(categories(host), [1, 0, 0, 0, 2, 2, 1]);
  assert.match(host.lrs.requests.at(-1) ?? "", /^POST statements/, "nothing after terminated");
  const times = host.lrs.statements.map(({ timestamp }) => timestamp);
  assert.deepEqual(times, [...new Set(times)].sort());
  const [initialized, , , answered, passed, completed, terminated] = host.lrs.statements;
  assert.deepEqual([initialized, passed, completed, terminated].map((said) => said?.object.id), [AU, AU, AU, AU]);
  assert.deepEqual(passed?.result?.score, { scaled: 0.8, raw: 80, min: 0, max: 100 });
  assert.deepEqual([passed?.result?.success, completed?.result?.completion, completed?.result?.score, initialized?.result], [true, true, undefined, undefined]);
  assert.equal(passed?.context.extensions["https://w3id.org/xapi/cmi5/context/extensions/masteryscore"], 0.7);
  assert.deepEqual(answered?.context.contextActivities, {
    grouping: [{ id: "https://publisher.example/au" }, { objectType: "Activity", id: demo.iri }],
    parent: [{ objectType: "Activity", id: `${demo.iri}/pages/ladder` }],
    category: [{ objectType: "Activity", id: "https://w3id.org/masterclass/xapi/v1.0.0" }],
  });
  assert.deepEqual(answered?.context.extensions, {
    "https://w3id.org/xapi/cmi5/context/extensions/sessionid": "session-1",
    "https://w3id.org/masterclass/xapi/extensions/attempt": 1,
    "https://w3id.org/masterclass/xapi/extensions/key-revision": 1,
    "https://w3id.org/masterclass/xapi/extensions/purpose": "practice",
  });
  assert.deepEqual([answered?.context.registration, answered?.context.revision, answered?.context.platform], [REGISTRATION, "1.0.0", "cmi5"]);
});

test("cmi5: completed and passed once in all sessions; no failed after passed", async () => {
  const host = cmi5Host();
  const first = host.adapter(host.launch(), demo);
  await first.open();
  await first.save(PASSED);
  await first.close(PASSED);
  const second = host.adapter(host.launch("https://lms.example/fetch/1"), demo);
  assert.equal((await second.open()).recorded, "passed");
  await second.save(PASSED);
  await second.close({ ...OPEN, attempted: true, score: 0.2 });
  assert.deepEqual(host.lrs.verbs(), ["initialized", "passed", "completed", "terminated", "initialized", "terminated"]);
});

test("cmi5: what another computer said but never got through is said anew, and only that", async () => {
  const host = cmi5Host();
  const first = host.adapter(host.launch(), demo);
  await first.open();
  await first.save(OPEN);
  const sends = host.lrs.fetch;
  const window = host.launch();
  window.fetch = (async (url: string, init?: RequestInit) => {
    if (init?.method === "POST" && String(url).includes("statements")) throw new TypeError("gone");
    return sends(url, init);
  }) as typeof window.fetch;
  const dying = host.adapter(window, demo);
  await dying.open();
  await dying.save(PASSED);
  window.localStorage.clear();
  const next = host.adapter(host.launch(), demo);
  assert.equal((await next.open()).recorded, null);
  await next.save(PASSED);
  assert.deepEqual(host.lrs.verbs().filter((verb) => verb !== "initialized"), ["passed", "completed"]);
});

test("cmi5: what an ended session never got through joins the next, but for cmi5's own statements", async () => {
  const host = cmi5Host();
  const first = host.adapter(host.launch(), demo);
  await first.open();
  await first.save(OPEN);
  host.outage(true);
  record(first, fact("one", ["codesign"]));
  await first.save(PASSED);
  await first.close(PASSED);
  host.outage(false);
  const second = host.adapter(host.launch(), demo);
  await second.open();
  assert.equal(await second.save(PASSED), true);
  await second.close(PASSED);
  assert.deepEqual(host.lrs.verbs(), ["initialized", "initialized", "answered", "passed", "completed", "terminated"]);
});

test("cmi5: a failure that never got through is said when the next session ends", async () => {
  const host = cmi5Host();
  const failing: Snapshot = { ...OPEN, score: 0.25, attempted: true };
  const first = host.adapter(host.launch(), demo);
  await first.open();
  await first.save(failing);
  host.outage(true);
  await first.close(failing);
  host.outage(false);
  const second = host.adapter(host.launch(), demo);
  await second.open();
  await second.save({ ...failing, attempted: false });
  await second.close({ ...failing, attempted: false });
  assert.deepEqual(host.lrs.verbs(), ["initialized", "initialized", "failed", "terminated"]);
});

test("cmi5: failed once, when the learner leaves", async () => {
  const host = cmi5Host();
  const adapter = host.adapter(host.launch(), demo);
  await adapter.open();
  const failing: Snapshot = { ...OPEN, score: 0.25, attempted: true };
  await adapter.save(failing);
  await adapter.save(failing);
  assert.deepEqual(host.lrs.verbs(), ["initialized"]);
  await adapter.close(failing);
  await adapter.close(failing);
  assert.deepEqual(host.lrs.verbs(), ["initialized", "failed", "terminated"]);
});

for (const launchMode of ["Browse", "Review"])
  test(`cmi5: ${launchMode} says only that it began and ended`, async () => {
    const host = cmi5Host({ launchMode });
    const adapter = host.adapter(host.launch(), demo);
    assert.equal((await adapter.open()).mode, launchMode.toLowerCase());
    record(adapter, fact("one", ["codesign"]));
    await adapter.save(PASSED);
    await adapter.close(PASSED);
    assert.deepEqual(host.lrs.verbs(), ["initialized", "terminated"]);
    assert.equal(host.lrs.documents.size, 0);
  });

test("cmi5: a reload keeps the token and does not begin twice; after terminated it is over", async () => {
  const host = cmi5Host();
  const window = host.launch();
  const adapter = host.adapter(window, demo);
  await adapter.open();
  await adapter.save(OPEN);
  const reloaded = host.adapter(window, demo);
  assert.equal((await reloaded.open()).connected, true);
  await reloaded.save(OPEN);
  assert.equal(host.lrs.tokens, 1);
  await reloaded.close(OPEN);
  assert.deepEqual(host.lrs.verbs(), ["initialized", "terminated"]);
  const late = await host.adapter(window, demo).open();
  assert.deepEqual([late.over, late.connected], [true, false]);
});

test("cmi5: an LMS that is down at launch is caught up with", async () => {
  const host = cmi5Host();
  host.outage(true);
  const adapter = host.adapter(host.launch(), demo);
  const opening = await adapter.open();
  assert.deepEqual([opening.connected, opening.over], [false, false]);
  record(adapter, fact("one", ["codesign"]));
  assert.equal(await adapter.save(OPEN), false);
  host.outage(false);
  assert.equal(await adapter.save(OPEN), true);
  assert.deepEqual(host.lrs.verbs(), ["initialized", "answered"]);
});

test("xapi: the page's own activity, no cmi5 marks, the actor as it came", async () => {
  const host = xapiHost();
  const adapter = host.adapter(host.launch(), demo);
  await adapter.open();
  record(adapter, fact("one", ["codesign"]));
  await adapter.save(PASSED);
  await adapter.close(PASSED);
  assert.deepEqual(host.lrs.verbs(), ["initialized", "answered", "passed", "completed", "terminated"]);
  assert.ok(!JSON.stringify(host.lrs.statements).includes("cmi5/context/categories"));
  assert.equal(host.lrs.statements[0]?.context.platform, "xapi");
});

test("actors of old LMSs", () => {
  assert.deepEqual(normalActor({ name: ["Ada"], mbox: ["mailto:ada@example.org"] }), { objectType: "Agent", name: "Ada", mbox: "mailto:ada@example.org" });
  assert.deepEqual(
    normalActor({ name: ["Ada"], account: [{ accountServiceHomePage: "https://lms.example", accountName: "7" }] }),
    { objectType: "Agent", name: "Ada", account: { homePage: "https://lms.example", name: "7" } });
  const modern = { objectType: "Agent", account: { homePage: "https://lms.example", name: "7" } };
  assert.equal(normalActor(modern), modern);
});
