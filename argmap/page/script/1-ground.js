// What every part of the page stands on: the data, a way to make elements, and which elements stand for a claim.

const DATA = JSON.parse(document.getElementById("data").textContent);
const REFS = new Map(); // "1996/unequal-partners" → the elements that stand for it

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const refsOf = (element) => element.dataset.claims.split(" ");
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** An element; what a map says only ever becomes text or an attribute's value. */
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

/** The changes in which a claim takes part with a counterpart. */
function changesOf(ref) {
  return (DATA.of[ref] ?? []).map((number) => DATA.changes[number]).filter((change) => change.before.length && change.after.length);
}

/** The claims of the other text that answer to any of these. */
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

/** A change's claims on both sides. */
const sidesOf = (number) => [...DATA.changes[number].before, ...DATA.changes[number].after];

const elementsOf = (refs) => refs.flatMap((ref) => REFS.get(ref) ?? []);
