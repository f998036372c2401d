// What a mouse and a keyboard add to the report: linked passages, sortable and filtered tables.
// Everything can be read without it.
"use strict";

// Passages: pointing at one, or reaching its number by keyboard, marks it on both sides; a click brings the other side.
const marks = [...document.querySelectorAll("mark[data-passages]")];
const numbers = (mark) => mark.dataset.passages.split(" ");

function link(active) {
  const wanted = new Set(active ? numbers(active) : []);
  for (const mark of marks) mark.classList.toggle("linked", numbers(mark).some((number) => wanted.has(number)));
}

for (const mark of marks) {
  mark.addEventListener("pointerenter", () => link(mark));
  mark.addEventListener("pointerleave", () => link(null));
  mark.addEventListener("focusin", () => link(mark));
  mark.addEventListener("focusout", () => link(null));
}

for (const number of document.querySelectorAll(".text a.passage-number")) {
  number.addEventListener("click", (event) => {
    const twin = document.getElementById(number.hash.slice(1));
    if (!twin) return;
    event.preventDefault();
    const pane = twin.closest(".text");
    const offset = twin.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTo({ top: pane.scrollTop + offset - pane.clientHeight / 3 });
    twin.focus({ preventScroll: true });
    twin.scrollIntoView({ block: "nearest" });
  });
}

// Tables: a heading sorts by its column, a field keeps the rows that hold the words.
function value(row, column) {
  const cell = row.cells[column];
  const text = cell.dataset.sort ?? cell.textContent.trim();
  const plain = text.replace(/,/g, "");
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : text;
}

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), "sr-Latn");
}

for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  if (body.rows.length < 2) continue;
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((one, other) => compare(value(one, column), value(other, column)));
      body.append(...(down ? rows.reverse() : rows));
    });
  });
}

for (const table of document.querySelectorAll("table.filterable")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 12) continue;
  const label = document.createElement("label");
  const field = document.createElement("input");
  const left = document.createElement("span");
  label.className = "filter";
  field.type = "search";
  field.autocomplete = "off";
  left.setAttribute("role", "status");
  label.append("Show rows with ", field, left);
  table.closest(".frame").before(label);
  field.addEventListener("input", () => {
    const wanted = field.value.toLocaleLowerCase("sr").split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLocaleLowerCase("sr");
      row.hidden = !wanted.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    left.textContent = wanted.length ? `${shown} of ${rows.length} rows` : "";
  });
}

// On paper everything is open.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
