// Shared by all parts of the page: the data, a function that makes elements, and the elements of each claim.

let DATA = JSON.parse(document.getElementById("data").textContent);
if (typeof DATA === "string") DATA = JSON.parse(await unpack(DATA)); // a large page
const REFS = new Map(); // "1996/unequal-partners" → the elements that show it

function say(words) {
  document.getElementById("said").textContent = words;
}

function register(root = document) {
  for (const element of all("[data-claims]", root)) {
    for (const ref of refsOf(element)) {
      if (!REFS.has(ref)) REFS.set(ref, new Set());
      REFS.get(ref).add(element);
    }
  }
}

/** Elements that show a claim and are on the page now. */
const elementsFor = (ref) => [...(REFS.get(ref) ?? [])].filter((element) => element.isConnected);

/** Unpack folded parts of a large page. */
async function unfolded(parts) {
  for (const part of parts) {
    const text = part.dataset.packed;
    delete part.dataset.packed;
    if (text === undefined) continue;
    const told = new DOMParser().parseFromString(await unpack(text), "text/html");
    part.replaceChildren(...told.body.childNodes);
    VIEW.added(part);
  }
}

/** Changes of a claim that have a counterpart. */
function changesOf(ref) {
  return (DATA.of[ref] ?? []).map((number) => DATA.changes[number]).filter((change) => change.before.length && change.after.length);
}

/** Counterparts of claims in the other text. */
function answersTo(refs) {
  const answers = new Set();
  for (const ref of refs) {
    for (const change of changesOf(ref)) {
      for (const other of change.before.includes(ref) ? change.after : change.before) answers.add(other);
    }
  }
  for (const ref of refs) answers.delete(ref);
  return [...answers];
}

/** Claims on both sides of a change. */
const sidesOf = (number) => [...DATA.changes[number].before, ...DATA.changes[number].after];

const elementsOf = (refs) => refs.flatMap(elementsFor);
