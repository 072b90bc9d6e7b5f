// Tables sort where they stand, and show the rows with the words that are typed. Without this the links and the form do it.
function cellOf(row, place) {
  return row.cells[place]?.dataset.value ?? "";
}

function compare(one, other) {
  const numbers = [Number(one), Number(other)];
  return numbers.some(Number.isNaN) ? one.localeCompare(other) : numbers[0] - numbers[1];
}

// On a telephone a row is a list of its own.
const isTelephone = matchMedia("(max-width: 30em)").matches;
const FIRST = isTelephone ? 10 : 25;
const SPARED = 5;

// Of the rows, those with the words that are asked for; without words the first, until all are asked for.
function show(table) {
  const rows = [...table.tBodies[0].rows];
  const words = (table.dataset.words ?? "").split(" ").filter(Boolean);
  const isShort = !words.length && !table.dataset.whole && rows.length > FIRST + SPARED;
  for (const [at, row] of rows.entries()) {
    const text = row.textContent.toLowerCase();
    row.hidden = isShort ? at >= FIRST : !words.every((word) => text.includes(word));
  }
  const button = buttons.get(table);
  if (button) button.hidden = !isShort;
}

const buttons = new Map();

function shortened(table) {
  const { rows } = table.tBodies[0];
  if (rows.length <= FIRST + SPARED) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "show-all", textContent: `Show all ${rows.length} rows` });
  button.addEventListener("click", () => {
    const next = rows[FIRST];
    table.dataset.whole = "yes";
    show(table);
    // Who came by keyboard goes on where the rows go on.
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  });
  table.closest(".report-frame").after(button);
  buttons.set(table, button);
  show(table);
}

// What stood in the row above may stand there no more.
function inFull(table) {
  for (const words of table.querySelectorAll(".again")) words.classList.remove("again");
}

function sort(table, place, down) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const known = rows.filter((row) => cellOf(row, place) !== "");
  const others = rows.filter((row) => cellOf(row, place) === "");
  known.sort((one, other) => compare(cellOf(one, place), cellOf(other, place)) * (down ? -1 : 1));
  body.append(...known, ...others);
  inFull(table);
  show(table);
  for (const [at, head] of [...table.tHead.rows[0].cells].entries()) {
    if (at === place) head.setAttribute("aria-sort", down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
}

function sortable(table) {
  for (const [place, head] of [...table.tHead.rows[0].cells].entries()) {
    const words = head.querySelector("[data-sort]");
    if (!words) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words.textContent, title: words.title });
    button.addEventListener("click", () => sort(table, place, head.getAttribute("aria-sort") === "ascending"));
    words.replaceWith(button);
  }
}

function searchable(input, table) {
  input.addEventListener("input", () => {
    table.dataset.words = input.value.toLowerCase().split(/\s+/).filter(Boolean).join(" ");
    if (table.dataset.words) inFull(table);
    show(table);
  });
}

// On a disk there is no form: a long table gets a field of its own.
function field(table) {
  const label = Object.assign(document.createElement("label"), { textContent: "Rows with the words", htmlFor: `find-${table.id}` });
  const input = Object.assign(document.createElement("input"), { type: "search", id: label.htmlFor });
  const line = Object.assign(document.createElement("p"), { className: "field find" });
  line.append(label, input);
  table.closest(".report-frame").before(line);
  return input;
}

const LONG = 8;
const tables = [...document.querySelectorAll("[data-table]")];
tables.forEach(sortable);
const asked = document.querySelector("[data-find]");
if (asked && tables[0]) searchable(asked, tables[0]);
else if (!document.querySelector(".filters"))
  for (const table of tables) if (table.tBodies[0].rows.length > LONG) searchable(field(table), table);

tables.forEach(shortened);
// The summary says what is filtered: an open form would hide the answer.
for (const filters of isTelephone ? document.querySelectorAll(".filters") : []) filters.open = false;

// What is closed or left out would not be printed.
addEventListener("beforeprint", () => {
  for (const meaning of document.querySelectorAll(".meaning")) meaning.open = true;
  for (const table of buttons.keys()) {
    table.dataset.whole ||= "on paper";
    show(table);
  }
});
addEventListener("afterprint", () => {
  for (const table of buttons.keys()) {
    if (table.dataset.whole === "on paper") delete table.dataset.whole;
    show(table);
  }
});
