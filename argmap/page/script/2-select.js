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

/** Mark elements that have come to the page since. */
function remark() {
  mark(selected, "chosen");
  mark(pointed.length ? pointed : selected, "lit", "answer");
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
  refs = refs.filter((ref) => Object.hasOwn(DATA.claims, ref));
  if (how.from) cameFrom = how.from;
  selected = refs;
  pointed = [];
  mark(refs, "chosen");
  mark(refs, "lit", "answer");
  if (!how.fromAddress) address();
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

/** Write selection and filter to the address, as `#claim=1996/a,1996/b&issue=standing`, as a new step of the history. */
function address() {
  const parts = [selected.length ? `claim=${selected.join(",")}` : "", ...filterParts()].filter(Boolean);
  const hash = parts.length ? `#${parts.join("&")}` : location.pathname + location.search;
  if (hash === (location.hash || location.pathname + location.search)) return;
  try {
    keepPlace();
    history.pushState({ y: scrollY }, "", hash);
  } catch {
    // Some viewers of saved pages forbid this; the selection still works.
  }
}

/** Keep the place in the page with the current step of the history. */
function keepPlace() {
  try {
    history.replaceState({ y: scrollY }, "");
  } catch {
    // As above.
  }
}

function addressParts() {
  const found = {};
  for (const part of location.hash.slice(1).split("&")) {
    const [name, ...value] = part.split("=");
    try {
      found[name] = decodeURIComponent(value.join("="));
    } catch {
      // Not an address of this page.
    }
  }
  return found;
}

/** Show what the address says: the filter, and the selected claims. A new link jumps to its claim; a step back or forward keeps its place. */
function fromAddress(event) {
  const found = addressParts();
  const stepped = event?.type === "popstate";
  const place = history.state?.y;
  if (stepped && place === undefined) return; // a link within the page; `hashchange` follows
  if (stepped || "issue" in found || "speaker" in found || "word" in found) setFilter(found);
  const refs = (found.claim ?? "").split(",").filter((ref) => Object.hasOwn(DATA.claims, ref));
  if (refs.length || stepped) select(refs, { reveal: place === undefined, fromAddress: true });
  if (place !== undefined) scrollTo({ top: place });
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
  addEventListener("hashchange", () => {
    if (history.state?.y !== undefined) return;
    fromAddress();
    keepPlace();
  });
  addEventListener("popstate", fromAddress);
  history.scrollRestoration = "manual";
  let waiting = 0;
  addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keepPlace, 150);
  }, { passive: true });
}
