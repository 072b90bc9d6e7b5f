/** Worksheets as Markdown, as HTML and as files to go on with. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { FORMAT, html, markdown, saved, type Filled, type Saved } from "../src/sheet.ts";

const NASTY = "a|b <script>x</script> *c* _d_ [e](f) `g` # h \\ & \"i\"";

const sheet: Filled = {
  title: NASTY,
  from: "Demo, version 1.0.0",
  language: "en-GB",
  parts: [{ title: "One", entries: [
    { label: "Said", text: `${NASTY}\r\nand more\n` },
    { label: "Unsaid", text: "" },
    { label: "Grid", rows: [["Topic", "Who"], ["Opening\nhours", NASTY]] },
  ] }],
};

/** What is left when everything that Markdown would take for markup is made plain again. */
const plain = (text: string) => text.replace(/\\([\\`*_[\]<>|#])/g, "$1");

test("Markdown holds the words and none of their markup", () => {
  const text = markdown(sheet);
  const lines = text.split("\n");
  assert.equal(plain(lines[0] ?? ""), `# ${NASTY}`);
  assert.ok(lines.includes("–"), "what was left empty is seen to be empty");
  assert.equal(text.replaceAll("<br>", "").match(/(?<!\\)[<>[\]`_]/g), null);
  const row = lines.find((line) => line.startsWith("| Opening"));
  assert.equal(row?.match(/(?<!\\)\|/g)?.length, 3);
  assert.ok(row?.includes("Opening<br>hours"));
});

test("HTML holds the words and none of their markup", () => {
  const text = html(sheet);
  assert.doesNotMatch(text, /<script|"i"/);
  assert.match(text, /<td>Opening<br>hours<\/td>/);
  const words = text.replace(/<[^>]*>/g, "\n").replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  assert.equal(words.split(NASTY).length - 1, 4, "title, heading, answer, cell");
});

const file: Saved = { format: FORMAT, course: "demo", worksheet: "grid", title: "Grid", version: "1.0.0", answers: [{ key: "a", label: "A", value: NASTY }] };

test("a saved file is read back as it was", () => {
  assert.deepEqual(saved(JSON.stringify(file)), file);
});

const NONE = {
  "no JSON": "{", "a number": "1", nothing: "null", "another format": JSON.stringify({ ...file, format: "other" }),
  "no answers": JSON.stringify({ ...file, answers: undefined }), "answers that are none": JSON.stringify({ ...file, answers: [null] }),
  "a value that is no text": JSON.stringify({ ...file, answers: [{ key: "a", label: "A", value: 1 }] }),
  "no version": JSON.stringify({ ...file, version: undefined }),
};
for (const [name, text] of Object.entries(NONE)) test(`not a saved worksheet: ${name}`, () => assert.equal(saved(text), null));
