// The table of texts: sorted by its heads, filtered by words and position; a long one starts with its first rows.

const FIRST = 50;
const table = document.querySelector("table.texts");
const body = table.tBodies[0];
const rows = [...body.rows];
const wordsOf = new Map(rows.map((row) => [row, folded(row.textContent)]));
const byWords = document.getElementById("by-words");
const byPosition = document.getElementById("by-position");
const showAll = document.getElementById("all-texts");
let whole = rows.length <= 2 * FIRST;

function narrow() {
  const wanted = runs(byWords.value);
  const at = byPosition?.value ?? "";
  let passing = 0;
  for (const row of body.rows) {
    const passes = wanted.every((word) => wordsOf.get(row).includes(word)) && (!at || row.dataset.at.split(" ").includes(at));
    if (passes) passing++;
    row.hidden = !passes || (!whole && passing > FIRST);
  }
  const on = wanted.length > 0 || at !== "";
  const shown = Math.min(passing, whole ? passing : FIRST);
  showAll.hidden = shown === passing;
  showAll.textContent = `Show all ${passing.toLocaleString("en")}`;
  const count = `${passing.toLocaleString("en")} of ${rows.length.toLocaleString("en")} texts${document.querySelector(".pager") ? " on this page" : ""}`;
  document.getElementById("narrowed").textContent = on ? (passing ? count : "No text passes the filter.") : "";
}

function sortBy(head, column) {
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of all("th[aria-sort]", table)) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const number = head.classList.contains("number");
  const keys = new Map(rows.map((row) => {
    const cell = row.cells[column];
    const key = cell.dataset.sort ?? cell.textContent;
    return [row, number ? Number(key) : folded(key)];
  }));
  const compare = (a, b) => (keys.get(a) < keys.get(b) ? -1 : keys.get(a) > keys.get(b) ? 1 : 0);
  body.append(...[...rows].sort((a, b) => (down ? compare(b, a) : compare(a, b))));
  narrow();
  say(`Sorted by ${head.textContent}, ${down ? "from last to first" : "from first to last"}`);
}

function say(words) {
  document.getElementById("said").textContent = words;
}

[...table.tHead.rows[0].cells].forEach((head, column) => {
  const button = make("button", { type: "button", class: "sort", click: () => sortBy(head, column) }, head.textContent);
  head.replaceChildren(button);
});
byWords.addEventListener("input", narrow);
byPosition?.addEventListener("change", narrow);
document.getElementById("narrow").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("narrow").addEventListener("reset", () => setTimeout(narrow));
addEventListener("beforeprint", () => {
  whole = true;
  narrow();
});
showAll.addEventListener("click", () => {
  const next = [...body.rows].find((row) => row.hidden);
  whole = true;
  narrow();
  next?.querySelector("a").focus();
});
narrow();
