// Filters by issue, speaker and change word: other changes are hidden, other claims are dimmed.

const filter = { issue: "", speaker: "", words: new Set() };

function passesChange(change) {
  const sides = [...change.before, ...change.after].map((ref) => DATA.claims[ref]);
  return (
    (!filter.issue || change.issue === filter.issue) &&
    (!filter.speaker || sides.some((claim) => claim.speaker === filter.speaker)) &&
    (!filter.words.size || filter.words.has(change.word))
  );
}

function passesClaim(ref) {
  const claim = DATA.claims[ref];
  const numbers = DATA.of[ref] ?? [];
  const changes = numbers.map((number) => DATA.changes[number]);
  return (
    (!filter.issue || claim.issue === filter.issue || changes.some((change) => change.issue === filter.issue)) &&
    (!filter.speaker || claim.speaker === filter.speaker) &&
    (!filter.words.size || changes.some((change) => filter.words.has(change.word)))
  );
}

const held = new Map();

/** Claims in a folded part of a large page. */
function holds(part) {
  if (!held.has(part)) held.set(part, new Set(part.dataset.holds.split(" ")));
  return held.get(part);
}

function applyFilter() {
  const on = Boolean(filter.issue || filter.speaker || filter.words.size);
  const passed = DATA.changes.filter(passesChange);
  const shown = passed.length;
  const wanted = (issue, part) => passed.some((change) => (change.issue ?? "") === issue.dataset.issue && [...change.before, ...change.after].every((ref) => holds(part).has(ref)));
  for (const element of all("[data-change]")) {
    const passes = passesChange(DATA.changes[element.dataset.change]);
    if (element.closest("svg")) element.classList.toggle("dim", !passes);
    else element.hidden = !passes;
  }
  for (const issue of all(".issue")) {
    // Relations between claims have no issue and no change word.
    if (issue.matches(".ties")) {
      issue.hidden = on;
      continue;
    }
    const unfold = issue.querySelector(".unfold");
    const passes = issue.querySelector("[data-change]:not([hidden])") !== null;
    const part = issue.querySelector("[data-packed]");
    if (part) {
      // What is unpacked is filtered once more.
      issue.hidden = on && !wanted(issue, part);
      if (on && !issue.hidden) unfolded([part]);
      continue;
    }
    if (on && passes && !unfold.open) {
      unfold.open = true;
      unfold.dataset.filtered = "";
    } else if (!on && "filtered" in unfold.dataset) {
      unfold.open = false;
      delete unfold.dataset.filtered;
    }
    for (const folded of all(".folded", issue)) {
      folded.hidden = !folded.querySelector("[data-change]:not([hidden])");
      if (filter.words.size) folded.open = true;
    }
    issue.hidden = on && !passes;
  }
  for (const none of all(".no-changes")) none.hidden = !on || none.parentElement.querySelector(".issue:not([hidden])") !== null;
  const passing = new Map(Object.keys(DATA.claims).map((ref) => [ref, !on || passesClaim(ref)]));
  for (const element of all(".passage, .map svg [data-claims], .still svg [data-claims], .told[data-claims]")) {
    element.classList.toggle("dim", !refsOf(element).some((ref) => passing.get(ref) ?? true));
  }
  for (const chip of all(".chip[data-word]")) chip.setAttribute("aria-pressed", String(filter.words.has(chip.dataset.word)));
  const bar = document.getElementById("filtering");
  bar.hidden = !on;
  const claims = [...passing.values()].filter(Boolean).length;
  const says = DATA.changes.length ? `${shown} of ${DATA.changes.length} changes, ${claims} of ${passing.size} claims` : `${claims} of ${passing.size} claims`;
  document.getElementById("filtering-says").textContent = `Showing ${says}.`;
  say(on ? `Showing ${says}.` : "Showing everything.");
}

/** The filter as parts of the address. */
function filterParts() {
  const { issue, speaker, words } = filter;
  return [["issue", issue], ["speaker", speaker], ["word", [...words].join(",")]].filter(([, value]) => value).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
}

/** Take the filter from the parts of an address. */
function setFilter(found) {
  Object.assign(filter, { issue: found.issue ?? "", speaker: found.speaker ?? "", words: new Set((found.word ?? "").split(",").filter(Boolean)) });
  document.getElementById("by-issue").value = filter.issue;
  document.getElementById("by-speaker").value = filter.speaker;
  applyFilter();
}

function clearFilter() {
  Object.assign(filter, { issue: "", speaker: "", words: new Set() });
  document.getElementById("filter").reset();
  applyFilter();
  address();
}

function startFilter() {
  const form = document.getElementById("filter");
  const button = document.getElementById("filter-button");
  const open = (on) => {
    form.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
  };
  button.addEventListener("click", () => open(form.hidden));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    open(false);
    button.focus();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    filter.issue = document.getElementById("by-issue").value;
    filter.speaker = document.getElementById("by-speaker").value;
    applyFilter();
    address();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    Object.assign(filter, { issue: "", speaker: "", words: new Set() });
    applyFilter();
    address();
  }));
  for (const chip of all(".chip[data-word]")) {
    chip.addEventListener("click", () => {
      const { word } = chip.dataset;
      if (!filter.words.delete(word)) filter.words.add(word);
      applyFilter();
      address();
    });
  }
  for (const link of all(".tally [data-word]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      filter.words = new Set([link.dataset.word]);
      applyFilter();
      address();
      document.getElementById(link.getAttribute("href").slice(1)).scrollIntoView();
    });
  }
  document.getElementById("filter-clear").addEventListener("click", () => {
    clearFilter();
    button.focus();
  });
}
