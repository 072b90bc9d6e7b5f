import assert from "node:assert/strict";
import { test } from "node:test";
import type { Course } from "../src/course.ts";
import { known } from "../src/known.ts";
import { fresh, merged, step, type Event, type State } from "../src/progress.ts";
import { decode, encode } from "../src/resume.ts";
import { missingPages, progress } from "../src/status.ts";
import { advanced, further, levels, MOST_STEPS, reach, replayed, share, UNPLAYED, walk, type Story } from "../src/story.ts";
import { course, dice, type CourseJson } from "./fixture.ts";

/** first ─0→ middle ─2→ good, ─3→ first (a circle); first ─1→ bad. */
const story = (json: CourseJson): void => {
  json.blocks.push({
    id: "story", page: "ladder", type: "scenario", purpose: "practice", questions: [], slot: 1, gauges: [["trust", 50]],
    scenes: [
      { id: "first", choices: [
        { id: "ask", number: 0, letter: "a", to: "middle", changes: [["trust", 30]] },
        { id: "wait", number: 1, letter: "b", to: "bad", changes: [["trust", -70]] }] },
      { id: "middle", choices: [
        { id: "share", number: 2, letter: "a", to: "good", changes: [["trust", 40]] },
        { id: "back", number: 3, letter: "b", to: "first", changes: [] }] },
      { id: "good", choices: [] },
      { id: "bad", choices: [] },
    ],
  });
  json.complete_when = [{ pages: ["start", "ladder"], final_check: false, scenario: true }] as never;
};
const told = course(story);
const block = known(told.blockById.get("story"));
const play = (state: State, ...events: Event[]) => events.reduce((now, event) => step(told, now, event), state);
const choose = (...choices: number[]): Event[] => choices.map((choice) => ({ type: "choose", block: "story", choice }));
const path = (...choices: number[]) => choices.reduce((now, choice) => advanced(block, now, choice), UNPLAYED);

test("a path leads to a scene, moves gauges within their bounds, and says how far along it is", () => {
  const good = known(walk(block, path(0, 2).path) ?? undefined);
  assert.deepEqual([good.scene.id, [...levels(block, good.steps)], share(block, good)], ["good", [["trust", 100]], 1]);
  const bad = known(walk(block, path(1).path) ?? undefined);
  assert.deepEqual([...levels(block, bad.steps)], [["trust", 0]]);
  assert.equal(share(block, known(walk(block, path(0).path) ?? undefined)), 0.5);
  assert.deepEqual([...reach(block, "middle").keys()].sort(), ["bad", "first", "good", "middle"]);
});

test("only what the scene offers can be chosen", () => {
  assert.equal(path(2), UNPLAYED);
  assert.deepEqual(path(0, 1).path, [0]);
  assert.deepEqual(path(1, 0).path, [1], "an ending offers nothing");
});

test("an ending completes, replaying takes nothing back", () => {
  const read = play(fresh(1), { type: "seen", page: "start" }, { type: "seen", page: "ladder" });
  assert.deepEqual([read.completed, missingPages(told, read)], [false, ["ladder"]]);
  assert.ok(progress(told, read) < 1);
  const ended = play(read, ...choose(0, 2));
  assert.deepEqual([ended.completed, missingPages(told, ended)], [true, []]);
  const again = play(ended, { type: "replay", block: "story" }, ...choose(0));
  assert.deepEqual(again.stories.get("story"), { path: [0], runs: 2, finished: true });
});

test("a story that goes in circles stays within its room, and keeps its last steps", () => {
  let circling: Story = UNPLAYED;
  for (let turn = 0; turn < 100; turn++) circling = advanced(block, circling, turn % 2 ? 3 : 0);
  assert.ok(circling.path.length <= MOST_STEPS);
  assert.equal(walk(block, circling.path)?.scene.id, "first");
  assert.equal(walk(block, advanced(block, circling, 0).path)?.scene.id, "middle");
});

test("1,000 random stories come back as they were", () => {
  const roll = dice(7);
  for (let count = 0; count < 1_000; count++) {
    let state = play(fresh(roll(2 ** 32)));
    for (let turn = roll(50); turn > 0; turn--) {
      state = play(state, roll(9) ? choose(roll(4))[0] as Event : { type: "replay", block: "story" });
    }
    assert.deepEqual(decode(told, encode(told, state)), state);
  }
});

test("a course without scenarios writes nothing of them, and a string from before they came is read", () => {
  const before = course();
  const old = encode(before, fresh(5));
  assert.deepEqual(decode(told, old)?.stories, new Map());
  assert.equal(decode(before, encode(told, play(fresh(5), ...choose(0))))?.seed, 5);
});

test("what a later version no longer has is left out, from there on", () => {
  const text = encode(told, play(fresh(5), ...choose(0, 2)));
  const changed = (change: (scenes: { choices: { number: number }[] }[]) => void): Course =>
    course((json) => {
      story(json);
      change(json.blocks.at(-1)?.scenes as { choices: { number: number }[] }[]);
    });
  const without = changed((scenes) => scenes[1]?.choices.shift());
  assert.deepEqual(decode(without, text)?.stories.get("story"), { path: [0], runs: 1, finished: true });
  const gone = course((json) => {
    story(json);
    json.blocks.pop();
  });
  assert.deepEqual(decode(gone, text)?.stories, new Map());
});

test("two tabs: the later run wins, then the longer path, and an ending is an ending", () => {
  const [short, long] = [path(0), path(0, 2)];
  assert.deepEqual(further(long, short), long);
  assert.deepEqual(further(replayed(long), long), { path: [], runs: 2, finished: true });
  const [here, there] = [play(fresh(1), ...choose(1)), play(fresh(1), { type: "seen", page: "start" })];
  assert.deepEqual(merged(told, here, there).stories.get("story")?.path, [1]);
});
