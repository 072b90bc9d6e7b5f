/** SCORM hosts that answer otherwise than the standard has it, and what each of them may not cost a learner. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Opening, Snapshot } from "../src/adapters/adapter.ts";
import { interactions, type Fact } from "../src/interactions.ts";
import { course, WORDING } from "./fixture.ts";
import { scormHost } from "./hosts.ts";
import { fakeWindow } from "./windows.ts";

type Call = (...values: string[]) => unknown;
type Api = Record<string, Call>;

const demo = course();
const NAMES = ["scorm12", "scorm2004"] as const;
const fact = (question: string, response: string[]): readonly Fact[] =>
  interactions(demo, { question, response, confidence: null, attempt: 1, latency: 1, at: 0 }, WORDING);
const OPEN: Snapshot = {
  resume: "1Ab3_xZAAAA", page: "ladder", status: { complete: false, success: null }, score: null, mastery: 0.7, progress: 0.5, attempted: false,
};
const PASSED: Snapshot = { ...OPEN, resume: "1Ab3_xZBBBB", status: { complete: true, success: "passed" }, score: 0.8, progress: 1, attempted: true };

/** The host's API with some of its methods answered otherwise; names are those of 2004. */
function bent(name: (typeof NAMES)[number], change: (api: Api) => Api) {
  const host = scormHost(name);
  const prefix = name === "scorm12" ? "LMS" : "";
  const place = prefix ? "API" : "API_1484_11";
  const window = host.launch();
  const lms = window.parent as unknown as Record<string, Api>;
  const real = lms[place] ?? {};
  const long = (method: string) => (method === "Terminate" && prefix ? "LMSFinish" : prefix + method);
  const plain = new Proxy({}, { get: (_target, method) => real[long(String(method))] }) as Api;
  const changed = Object.entries(change(plain)).map(([method, call]) => [long(method), call]);
  lms[place] = { ...real, ...Object.fromEntries(changed) } as Api;
  return { ...host, window, lms, place, open: () => host.adapter(window, demo) };
}
const after = (call: Call | undefined, turn: (answer: unknown) => unknown): Call => (...values) => turn(call?.(...values));
const METHODS = ["Initialize", "SetValue", "Commit", "Terminate"];
const each = (api: Api, turn: (answer: unknown) => unknown): Api => Object.fromEntries(METHODS.map((method) => [method, after(api[method], turn)]));
const yes = (answer: unknown) => String(answer) === "true";

for (const name of NAMES) {
  const status = name === "scorm12" ? "cmi.core.lesson_status" : "cmi.success_status";
  const resume = "cmi.suspend_data";

  for (const [title, turn] of [
    ["1 and 0", (answer: unknown) => (yes(answer) ? 1 : 0)],
    ['"1" and "0"', (answer: unknown) => (yes(answer) ? "1" : "0")],
    ["booleans", yes],
    ["True and False", (answer: unknown) => (yes(answer) ? "True" : "False")],
    ["nothing", () => undefined],
    ["null", () => null],
    ["empty strings", () => ""],
  ] as const)
    test(`${name}: an LMS that answers with ${title}`, async () => {
      const host = bent(name, (api) => ({ ...each(api, turn), GetLastError: () => 0 }));
      const adapter = host.open();
      assert.equal((await adapter.open()).connected, true);
      for (const one of fact("one", ["codesign"])) adapter.record(one);
      assert.equal(await adapter.save(PASSED), true);
      assert.equal(host.recorded().final, "passed");
      assert.equal(host.recorded().answers.length, 1);
      assert.equal(await adapter.close(PASSED), true);
    });

  for (const nothing of [null, undefined, "null", "undefined"])
    test(`${name}: ${JSON.stringify(nothing) ?? "undefined"} is no learner, no work and no pass mark`, async () => {
      const host = bent(name, () => ({ GetValue: () => nothing }));
      const { learner, resume: kept, mode, mastery, recorded } = await host.open().open();
      assert.deepEqual([learner, kept, mode, mastery, recorded], [null, null, "normal", null, null]);
    });

  test(`${name}: numbers are understood as numbers`, async () => {
    const host = bent(name, (api) => ({
      GetValue: (element = "") => (element.endsWith("_count") ? 2 : element.endsWith("_id") ? 4711 : api.GetValue?.(element)),
    }));
    const adapter = host.open();
    assert.equal((await adapter.open()).learner, "4711");
    for (const one of fact("one", ["codesign"])) adapter.record(one);
    await adapter.save(OPEN);
    assert.ok(host.calls.some((call) => call.startsWith("SetValue cmi.interactions.2.id")));
  });

  test(`${name}: an LMS that keeps no interactions keeps the work, and is not asked for ever`, async () => {
    const host = bent(name, (api) => ({
      SetValue: (element = "", value = "") => (element.includes("interactions") ? "false" : api.SetValue?.(element, value)),
      GetLastError: () => "401",
    }));
    const adapter = host.open();
    await adapter.open();
    for (const one of [...fact("one", ["codesign"]), ...fact("truth", ["true"])]) adapter.record(one);
    assert.equal(await adapter.save(OPEN), true);
    assert.equal(host.committed.get(resume), OPEN.resume);
    const calls = host.calls.length;
    assert.equal(await adapter.save(OPEN), true);
    assert.ok(!host.calls.slice(calls).some((call) => call.includes("interactions")));
  });

  test(`${name}: one refused interaction keeps none of the others back`, async () => {
    const host = bent(name, (api) => ({
      SetValue: (element = "", value = "") => (value === "one" ? "false" : api.SetValue?.(element, value)),
    }));
    const adapter = host.open();
    await adapter.open();
    for (const one of [...fact("one", ["codesign"]), ...fact("truth", ["true"])]) adapter.record(one);
    assert.equal(await adapter.save(OPEN), true);
    assert.deepEqual(host.recorded().answers.map(([id]) => id), ["truth"]);
  });

  test(`${name}: what is optional may be refused; the work and a result may not`, async () => {
    const refused = (what: RegExp) =>
      bent(name, (api) => ({ SetValue: (element = "", value = "") => (what.test(element) ? "false" : api.SetValue?.(element, value)) })).open();
    for (const [what, confirmed] of [[/score\.(min|max|scaled)|location|exit|_time|progress/, true], [/suspend_data/, false], [/_status/, false]] as const) {
      const adapter = refused(what);
      await adapter.open();
      assert.equal(await adapter.save(PASSED), confirmed, String(what));
    }
  });

  test(`${name}: a status that an LMS holds on to, or has no word for, is no reason to worry a learner`, async () => {
    const locked = bent(name, (api) => ({ SetValue: (element = "", value = "") => (element.endsWith("_status") ? "false" : api.SetValue?.(element, value)) }));
    const open = locked.open();
    await open.open();
    assert.equal(await open.save(OPEN), true, "incomplete");
    locked.committed.set(status, "passed");
    if (name === "scorm2004") locked.committed.set("cmi.completion_status", "completed");
    const window = locked.launch();
    const api = (window.parent as unknown as Record<string, Api>)[locked.place];
    assert.ok(api);
    const set = name === "scorm12" ? "LMSSetValue" : "SetValue";
    const real = api[set];
    api[set] = (element = "", value = "") => (element.endsWith("_status") ? "false" : real?.(element, value));
    const passed = locked.adapter(window, demo);
    assert.equal((await passed.open()).recorded, "passed");
    assert.equal(await passed.save(PASSED), true, "passed already");
  });

  test(`${name}: an object of that name which is no API is passed by`, async () => {
    const host = scormHost(name);
    const outer = host.launch().parent as unknown as Window;
    const frame = fakeWindow("", { parent: outer, top: outer, [name === "scorm12" ? "API" : "API_1484_11"]: { version: "2" } });
    const adapter = host.adapter(fakeWindow("", { parent: frame, top: outer }), demo);
    assert.equal((await adapter.open()).connected, true);
  });

  test(`${name}: frames of other origins between the content and its LMS are passed by`, async () => {
    const host = scormHost(name);
    const outer = host.launch().parent;
    // A foreign window shows its parent, top and opener, and throws at anything else.
    const foreign = new Proxy({} as Window, {
      get: (_target, key) => {
        if (key === "parent" || key === "top") return outer;
        if (key === "opener") return null;
        throw new DOMException("cross-origin", "SecurityError");
      },
    });
    assert.equal((await host.adapter(fakeWindow("", { parent: foreign, top: outer }), demo).open()).connected, true);
  });

  test(`${name}: the API in a frame of the window that opened the window that opened this one`, async () => {
    const host = scormHost(name);
    const launcher = fakeWindow("", { opener: host.launch() });
    assert.equal((await host.adapter(fakeWindow("", { opener: launcher }), demo).open()).connected, true);
  });

  test(`${name}: an LMS that answers late gets its own earlier work put together with this one's`, async () => {
    const host = scormHost(name);
    host.committed.set(resume, "1EARLIER");
    host.committed.set(status, "passed");
    if (name === "scorm2004") host.committed.set("cmi.completion_status", "completed");
    const window = host.launch();
    host.outage(true);
    const adapter = host.adapter(window, demo);
    const late: Opening[] = [];
    const opening = await adapter.open((found) => {
      late.push(found);
      return { ...OPEN, resume: "1TOGETHER" };
    });
    assert.deepEqual([opening.connected, opening.over], [false, false]);
    assert.equal(await adapter.save(OPEN), false);
    assert.equal(host.committed.get(resume), "1EARLIER");
    host.outage(false);
    assert.equal(await adapter.save(OPEN), true);
    assert.deepEqual(late.map((found) => [found.connected, found.resume, found.recorded]), [[true, "1EARLIER", "passed"]]);
    assert.equal(host.committed.get(resume), "1TOGETHER");
    assert.equal(await adapter.save(OPEN), true);
    assert.equal(late.length, 1);
  });

  test(`${name}: two windows of one attempt keep both their answers`, async () => {
    const host = scormHost(name);
    const window = host.launch();
    const [one, two] = [host.adapter(window, demo), host.adapter(window, demo)];
    for (const each of [one, two]) await each.open();
    for (const [adapter, question] of [[one, "one"], [two, "truth"], [one, "often"]] as const) {
      for (const given of fact(question, [question === "truth" ? "true" : question === "one" ? "codesign" : "never"])) adapter.record(given);
      assert.equal(await adapter.save(OPEN), true);
    }
    assert.deepEqual(host.recorded().answers.map(([id]) => id), ["one", "truth", "often"]);
  });

  test(`${name}: an attempt that has been ended cannot be gone on with`, async () => {
    let [finished, error] = [false, "0"];
    const refuse = (call: Call | undefined, code: string): Call => (...values) => {
      error = finished ? code : "0";
      return finished ? (code === "301" || code === "123" ? "" : "false") : call?.(...values);
    };
    const codes = name === "scorm12" ? { Initialize: "101", GetValue: "301", SetValue: "301", Commit: "301" } : { Initialize: "104", GetValue: "123", SetValue: "133", Commit: "143" };
    const { window, adapter: factory } = bent(name, (api) => ({
      ...Object.fromEntries(Object.entries(codes).map(([method, code]) => [method, refuse(api[method], code)])),
      Terminate: () => String((finished = true)),
      GetLastError: () => error,
    }));
    const first = factory(window, demo);
    await first.open();
    await first.save(OPEN);
    await first.close(OPEN);
    const reloaded = await factory(window, demo).open();
    assert.deepEqual([reloaded.connected, reloaded.over], [false, true]);
  });
}

test("scorm12: a pass mark of nought is none, and the LMS hears no score it would judge by", async () => {
  const host = scormHost("scorm12");
  host.extra.set("cmi.student_data.mastery_score", "0");
  const adapter = host.adapter(host.launch(), demo);
  assert.equal((await adapter.open()).mastery, null);
  await adapter.save({ ...OPEN, score: 0.5 });
  assert.equal(host.committed.get("cmi.core.score.raw"), undefined);
});

test("scorm2004: an achieved attempt stays open, so that its record is still there next time; another is asked for after a failure", async () => {
  for (const [snapshot, exit] of [
    [OPEN, "suspend"], [PASSED, "suspend"], [{ ...OPEN, status: { complete: true, success: "failed" } }, "normal"],
  ] as const) {
    const host = scormHost("scorm2004");
    const adapter = host.adapter(host.launch(), demo);
    await adapter.open();
    await adapter.save(snapshot);
    assert.equal(host.committed.get("cmi.exit"), exit);
  }
});

test("scorm2004: measured as done only when it is", async () => {
  const host = scormHost("scorm2004");
  const adapter = host.adapter(host.launch(), demo);
  await adapter.open();
  await adapter.save({ ...OPEN, progress: 1 });
  assert.equal(host.committed.get("cmi.progress_measure"), "0.99");
  await adapter.save(PASSED);
  assert.equal(host.committed.get("cmi.progress_measure"), "1");
});
