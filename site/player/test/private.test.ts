/** Words that stay in the browser: what keeps them, and what never does. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { privately, texts } from "../src/elements/private.ts";
// @ts-expect-error: another copy of the module, as practice.js and tools.js have one each
import { privately as elsewhere } from "../src/elements/private.ts?again";
import { found } from "../src/self-check/kept.ts";
import { shelf } from "../src/storage.ts";
import { fakeWindow, storage, type FakeWindow } from "./windows.ts";

function page(local = storage()) {
  const window = fakeWindow("", { localStorage: local });
  Object.assign(globalThis, { window, document: Object.assign(new EventTarget(), { querySelectorAll: () => [] }) });
  const kept = shelf(window as Window & FakeWindow, "/site/", "demo", "");
  return { local, session: { kept, onSite: true, opening: { learner: "" } } };
}

test("a shared computer keeps nothing of any block of the page, whichever bundle it comes from", () => {
  const { local, session } = page();
  const [plan, contrast] = [privately(session, "plan.one"), elsewhere(session, "contrast.two")];
  plan.write("my plan");
  contrast.write("my ratings");
  plan.share(true);
  assert.doesNotMatch(JSON.stringify({ ...local }), /my/);
  assert.deepEqual([plan.read(), contrast.read()], ["my plan", "my ratings"]);
  plan.share(false);
  assert.match(JSON.stringify({ ...local }), /my plan.*my ratings/);
});

test("what other pages have kept is still known on a shared computer, and can be forgotten", () => {
  const { local, session } = page();
  session.kept.write("work", "1abc");
  session.kept.write("own.sheet", "my sheet");
  const plan = privately(session, "plan.one");
  plan.write("my plan");
  plan.share(true);
  assert.deepEqual(plan.elsewhere(), ["own.sheet"]);
  plan.forget(plan.elsewhere());
  assert.deepEqual([plan.elsewhere(), plan.read(), session.kept.read("work")], [[], "my plan", "1abc"]);
  assert.doesNotMatch(JSON.stringify({ ...local }), /my/);
  plan.share(false);
});

test("what a full browser refuses is there until the page goes", () => {
  const items = storage();
  let full = false;
  const local = new Proxy(items, {
    get: (target, name, receiver) => {
      if (full && name === "setItem") throw new DOMException("full", "QuotaExceededError");
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  const { session } = page(local);
  const own = privately(session, "plan.one");
  own.write("first");
  full = true;
  own.write("first and second");
  assert.deepEqual([own.read(), own.fleeting()], ["first and second", true]);
  assert.equal(privately(session, "plan.one").read(), "first and second", "the page was shown again");
  own.share(true);
  assert.equal(own.read(), "first and second");
  assert.doesNotMatch(JSON.stringify({ ...items }), /first/);
  full = false;
  own.share(false);
  assert.match(JSON.stringify({ ...items }), /first and second/);
  own.remove();
  assert.equal(own.read(), null);
});

test("what somebody wrote into the browser's storage stops no block", () => {
  for (const text of ["", "null", "5", "[", '"x"']) assert.deepEqual(texts(text), {}, text);
  assert.deepEqual(texts('{"a": "1", "b": 2, "c": null, "__proto__": {"d": "3"}}'), { a: "1" });
  for (const [text, answers] of [["null", {}], ['{"answers": null, "shown": 5, "given": 1}', {}], ['{"answers": {"a": "1", "b": []}}', { a: "1" }]] as const) {
    const { session } = page();
    const own = privately(session, "answers");
    own.write(text);
    assert.deepEqual(found(own), { answers, shown: "", given: false });
  }
});
