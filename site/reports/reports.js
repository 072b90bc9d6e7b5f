// Tables sort where they stand, and show the rows with the words that are typed. Without this the links and the form do it.
function cellOf(row, place) {
  return row.cells[place]?.dataset.value ?? "";
}

function compare(one, other) {
  const numbers = [Number(one), Number(other)];
  return numbers.some(Number.isNaN) ? one.localeCompare(other) : numbers[0] - numbers[1];
}

function sort(table, place, down) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const known = rows.filter((row) => cellOf(row, place) !== "");
  const others = rows.filter((row) => cellOf(row, place) === "");
  known.sort((one, other) => compare(cellOf(one, place), cellOf(other, place)) * (down ? -1 : 1));
  body.append(...known, ...others);
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
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of table.tBodies[0].rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
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

// What is closed would not be printed.
addEventListener("beforeprint", () => {
  for (const meaning of document.querySelectorAll(".meaning")) meaning.open = true;
});
