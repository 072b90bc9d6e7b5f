import assert from "node:assert/strict";
import { test } from "node:test";
import { planned, type Speaker } from "../src/statements.ts";
import { fresh, merged, step, type Event, type State } from "../src/progress.ts";
import { decode, encode } from "../src/resume.ts";
import { missingPages, progress } from "../src/status.ts";
import { course, type CourseJson } from "./fixture.ts";

const plan = { id: "my-plan", page: "ladder", type: "plan", purpose: "practice", questions: [], slot: 1 };
const scenario = {
  id: "story", page: "ladder", type: "scenario", purpose: "practice", questions: [], slot: 0, gauges: [],
  scenes: [{ id: "first", choices: [{ id: "on", number: 0, letter: "a", to: "end" }] }, { id: "end", choices: [] }],
};
const withPlan = course((json: CourseJson) => {
  json.blocks.push(plan as never);
  json.complete_when = [{ pages: ["start", "ladder"], final_check: false, plan: true }] as never;
});
const play = (state: State, ...events: Event[]) => events.reduce((now, event) => step(withPlan, now, event), state);
const made: Event = { type: "plan", block: "my-plan" };

test("a plan completes once the pages are read, and making it again changes nothing", () => {
  const read = play(fresh(1), { type: "seen", page: "start" }, { type: "seen", page: "ladder" });
  assert.deepEqual([read.completed, missingPages(withPlan, read)], [false, ["ladder"]]);
  assert.ok(progress(withPlan, read) < 1);
  const done = play(read, made);
  assert.deepEqual([done.completed, missingPages(withPlan, done)], [true, []]);
  assert.equal(play(done, made), done);
});

test("whether a plan was made comes back, with and without scenarios beside it", () => {
  const both = course((json: CourseJson) => void json.blocks.push(scenario as never, plan as never));
  for (const [each, state] of [[withPlan, play(fresh(7), made)], [both, step(both, fresh(7), made)]] as const) {
    const story = each === both ? step(both, state, { type: "choose", block: "story", choice: 0 }) : state;
    const back = decode(each, encode(each, story));
    assert.deepEqual([back?.plans, back?.stories], [new Set(["my-plan"]), story.stories]);
    assert.deepEqual(decode(each, encode(each, fresh(7)))?.plans, new Set());
  }
});

test("a string from before there was a plan is read, and one with a plan by a release without", () => {
  const without = course();
  assert.deepEqual(decode(withPlan, encode(without, fresh(3)))?.plans, new Set());
  assert.deepEqual(decode(without, encode(withPlan, play(fresh(3), made)))?.plans, new Set());
});

test("a plan made in one tab is made in both", () => {
  const other = play(fresh(1), { type: "seen", page: "start" });
  assert.deepEqual(merged(withPlan, play(fresh(1), made), other).plans, new Set(["my-plan"]));
});

test("the statement says that a plan was made, and nothing of it", () => {
  const speaker: Speaker = { actor: { mbox: "mailto:a@example.org" }, registration: null, activity: withPlan.iri, platform: "site", template: {}, marksDefined: false };
  const said = planned(withPlan, speaker, { kind: "plan", block: "my-plan", page: "ladder", title: "My plan", at: 0 });
  assert.deepEqual(
    { ...said, id: "", context: {} },
    {
      id: "", actor: speaker.actor, context: {}, timestamp: "1970-01-01T00:00:00.000Z",
      verb: { id: "https://w3id.org/xapi/tla/verbs/planned", display: { en: "planned" } },
      object: {
        objectType: "Activity", id: `${withPlan.iri}/plans/my-plan`,
        definition: { type: "https://w3id.org/xapi/acrossx/activities/learning-plan", name: { [withPlan.language]: "My plan" } },
      },
    },
  );
});
