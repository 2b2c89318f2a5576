// The claims that are pointed at and selected. The parts of the page listen to changes of this state.

const listeners = [];
const onSelect = (listener) => listeners.push(listener);
let pointed = [];
let selected = [];
let cameFrom = null; // the element that had the focus when a claim was selected

function mark(refs, own, answer) {
  for (const element of all(`.${own}`)) element.classList.remove(own);
  for (const element of elementsOf(refs)) element.classList.add(own);
  if (!answer) return;
  for (const element of all(`.${answer}`)) element.classList.remove(answer);
  for (const element of elementsOf(answersTo(refs))) element.classList.add(answer);
}

/** Highlight the claim that is pointed at, or else the selected ones. */
function point(refs) {
  if (refs.join() === pointed.join()) return;
  pointed = refs;
  const shown = refs.length ? refs : selected;
  mark(shown, "lit", "answer");
  drawThreads(shown);
}

/** Select claims; an empty list clears the selection. `how.reveal` scrolls to them, `how.focus` focuses the tray. */
function select(refs, how = {}) {
  refs = refs.filter((ref) => ref in DATA.claims);
  if (how.from) cameFrom = how.from;
  selected = refs;
  pointed = [];
  mark(refs, "chosen");
  mark(refs, "lit", "answer");
  if (!how.fromAddress) address(refs);
  for (const listener of listeners) listener(refs, how);
  drawThreads(refs);
  if (refs.length) say(`Selected: ${refs.map((ref) => DATA.claims[ref].text).join("; ")}`);
}

function letGo() {
  const back = cameFrom;
  cameFrom = null;
  select([]);
  if (back?.isConnected) back.focus({ preventScroll: true });
}

/** Write `#claim=1996/a,1996/b` to the address bar without scrolling. */
function address(refs) {
  const hash = refs.length ? `#claim=${refs.join(",")}` : location.pathname + location.search;
  try {
    history.replaceState(null, "", hash);
  } catch {
    // Some viewers of saved pages forbid this; the selection still works.
  }
}

function fromAddress() {
  let hash;
  try {
    hash = decodeURIComponent(location.hash);
  } catch {
    return;
  }
  if (!hash.startsWith("#claim=")) return;
  const refs = hash.slice("#claim=".length).split(",").filter((ref) => ref in DATA.claims);
  if (refs.length) select(refs, { reveal: true, fromAddress: true });
}

function startSelecting() {
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const element = event.target.closest?.("[data-claims]");
    point(element ? refsOf(element) : []);
  });
  document.addEventListener("focusin", (event) => {
    const element = event.target.closest?.("[data-claims]");
    point(element ? refsOf(element) : []);
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    const link = event.target.closest?.('a[href^="#claim="]');
    if (!link) return;
    event.preventDefault();
    const refs = link.classList.contains("passage") ? refsOf(link) : [decodeURIComponent(link.getAttribute("href")).slice(7)];
    // A click from the keyboard has no position.
    const byKeyboard = event.detail === 0;
    select(refs, { from: link.closest(".tray") ? cameFrom : link, focus: byKeyboard, reveal: link.dataset.reveal });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && selected.length && !event.defaultPrevented) {
      event.preventDefault();
      letGo();
    }
  });
  addEventListener("hashchange", fromAddress);
}
