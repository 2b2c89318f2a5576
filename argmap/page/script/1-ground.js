// Shared by all parts of the page: the data, a function that makes elements, and the elements of each claim.

const DATA = JSON.parse(document.getElementById("data").textContent);
const REFS = new Map(); // "1996/unequal-partners" → the elements that show it

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const refsOf = (element) => element.dataset.claims.split(" ");

/** Make an element; words of a map only become text or attribute values. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function say(words) {
  document.getElementById("said").textContent = words;
}

function register() {
  for (const element of all("[data-claims]")) {
    for (const ref of refsOf(element)) {
      if (!REFS.has(ref)) REFS.set(ref, []);
      REFS.get(ref).push(element);
    }
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

const elementsOf = (refs) => refs.flatMap((ref) => REFS.get(ref) ?? []);
