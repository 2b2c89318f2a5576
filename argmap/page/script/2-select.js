// Which claims are pointed at, and which are selected. The parts of the page listen; nothing else holds state.

const listeners = [];
const onSelect = (listener) => listeners.push(listener);
let pointed = [];
let selected = [];
let cameFrom = null; // what had the focus when a claim was selected, to go back to

function mark(refs, own, answer) {
  for (const element of all(`.${own}`)) element.classList.remove(own);
  for (const element of elementsOf(refs)) element.classList.add(own);
  if (!answer) return;
  for (const element of all(`.${answer}`)) element.classList.remove(answer);
  for (const element of elementsOf(answersTo(refs))) element.classList.add(answer);
}

/** Light what is pointed at, or else what is selected. */
function point(refs) {
  if (refs.join() === pointed.join()) return;
  pointed = refs;
  const shown = refs.length ? refs : selected;
  mark(shown, "lit", "answer");
  drawThreads(shown);
}

/** Select claims; none to let go. `how.reveal` moves the page to them, `how.focus` moves the keyboard to the tray. */
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

/** `#claim=1996/a,1996/b` in the address bar, without a jump. */
function address(refs) {
  const hash = refs.length ? `#claim=${refs.join(",")}` : location.pathname + location.search;
  try {
    history.replaceState(null, "", hash);
  } catch {
    // Some readers of saved pages forbid it; the selection works all the same.
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
    // A click made with the keyboard has no place on the screen.
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
