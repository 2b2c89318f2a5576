// The map as a picture, drawn by argmap's engine; and dragging from claim to claim, in pictures, outline and text.

import { all, button, byId, choose, get, make, say } from "./ui.js";
import { S, edit, now, select } from "./state.js";

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
let drawn = ""; // what the picture shows
let zoom = null; // null fits the width
let size = [1, 1];

const box = () => byId("picture");

/** Draw a picture of maps into an element, if it is not drawn already. */
export async function drawPicture(kind, maps, into = box()) {
  const made = kind === "map" ? [[maps[0], S.files.get(maps[0])?.version]] : [...S.files].map(([name, each]) => [name, each.version]);
  const wanted = JSON.stringify([kind, maps, made, S.others]);
  if (wanted === drawn && into.firstChild) return;
  drawn = wanted;
  into.setAttribute("aria-busy", "true");
  let answer;
  try {
    answer = await get("picture", [["kind", kind], ...maps.map((name) => ["map", name])]);
  } catch (refusal) {
    answer = { problem: refusal.message };
  }
  if (wanted !== drawn) return;
  into.removeAttribute("aria-busy");
  if (answer.problem) {
    into.replaceChildren(make("p", { class: "hint" }, answer.problem));
    return;
  }
  const place = into.dataset.of === maps.join() ? [into.scrollLeft, into.scrollTop] : null;
  into.dataset.of = maps.join();
  sheet.replaceSync(answer.css);
  const svg = document.importNode(new DOMParser().parseFromString(answer.svg, "image/svg+xml").documentElement, true);
  for (const arrow of all("[data-relation]", svg)) { // a wide invisible line is easier to hit
    const line = arrow.querySelector("path");
    if (!line) continue;
    const grip = line.cloneNode();
    grip.setAttribute("class", "grip");
    arrow.append(grip);
  }
  size = answer.size;
  for (const each of all(".picture-box > svg")) each.remove();
  into.replaceChildren(svg);
  fit();
  lightPicture();
  const first = into.querySelector(".chosen[data-claims]") ?? into.querySelector(".box.thesis");
  if (place) [into.scrollLeft, into.scrollTop] = place;
  else first?.scrollIntoView({ block: "nearest", inline: "center" });
  into.dispatchEvent(new CustomEvent("drawn", { bubbles: true }));
}

export function forgetPicture() {
  drawn = "";
}

function fit() {
  const svg = document.querySelector(".picture-box:not([hidden]) > svg.argmap");
  if (!svg?.parentElement.clientWidth) return;
  const wide = svg.parentElement.clientWidth - (svg.parentElement === box() ? 20 : 44);
  const isMap = svg.parentElement === box();
  const scale = (isMap && zoom) || Math.min(isMap ? 1.35 : 1.8, Math.max(wide / size[0], isMap ? 1.05 : 0.9));
  svg.style.width = `${size[0] * scale}px`;
  svg.style.height = `${size[1] * scale}px`;
}

function zoomBy(factor) {
  const svg = box().querySelector("svg");
  if (!svg) return;
  zoom = factor && Math.max(0.2, Math.min(3, (parseFloat(svg.style.width) / size[0]) * factor));
  fit();
}

export const zoomTools = () => [
  button("−", () => zoomBy(0.8), { "aria-label": "Smaller" }), button("+", () => zoomBy(1.25), { "aria-label": "Larger" }), button("Fit", () => zoomBy(null), { "aria-label": "Fit the width" }),
];

const claimOf = (shape) => shape.dataset.claims.slice(now().id.length + 1);
const relationOf = (shape) => now().relations.findIndex((relation) => relation.key === shape.dataset.relation);

export function lightPicture() {
  if (S.view !== "read" || !now()) return;
  for (const shape of all("[data-claims]", box())) shape.classList.toggle("chosen", claimOf(shape) === S.claim);
  const key = S.relation === null ? null : now().relations[S.relation]?.key;
  for (const arrow of all("[data-relation]", box())) arrow.classList.toggle("chosen", arrow.dataset.relation === key);
  const first = box().querySelector(".chosen[data-claims]") ?? box().querySelector("[data-claims]");
  for (const shape of all("[data-claims]", box())) shape.setAttribute("tabindex", shape === first ? "0" : "-1");
}

export function revealInPicture(claim) {
  all("[data-claims]", box()).find((shape) => claimOf(shape) === claim)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// --- connecting: the same acts for the mouse, the finger and the keys ---------------------------------------------------

const short = (id) => now().claims[id]?.text ?? id;
export const ofRelation = (relation) =>
  `${relation.by.map(short).join(" + ")} ${{ support: "supports", attack: "speaks against", rephrase: "restates" }[relation.type]} ${short(relation.target)}`;

/** Tie a claim to what it was dropped on, after asking how. */
async function dropped(by, onto) {
  const relation = onto.relation !== undefined ? now().relations[onto.relation] : null;
  const items = relation
    ? [
        ...(relation.type === "support" ? [{ label: "Linked: only together with its reasons", value: "linked", hint: "joins the support" }] : []),
        { label: "Speaks against this step", value: "attack", hint: "undercuts" },
        { label: "Supports this step", value: "support", hint: "" },
        ...(relation.type !== "support" ? [{ label: "Joins the reasons", value: "linked", hint: "" }] : []),
      ]
    : [
        { label: "Supports it", value: "support", hint: "is a reason for it" },
        { label: "Speaks against it", value: "attack", hint: "attacks" },
        { label: "Says it in other words", value: "rephrase", hint: "restates" },
      ];
  const title = `“${short(by)}” → ${relation ? `the step “${ofRelation(relation)}”` : `“${short(onto.claim)}”`}`;
  const how = await choose(title, items);
  if (how) await connect(how.value, by, onto);
}

export async function connect(how, by, onto) {
  const answer = await edit("connect", { how, by, ...onto });
  if (answer) say({ support: "Supports", attack: "Speaks against", rephrase: "Restates", linked: "Linked with" }[how]);
}

/** Choose by keyboard what a claim is tied to. */
export async function connectByKey(how) {
  const by = S.claim;
  if (!by) return say("Select a claim first", true);
  const verb = { support: "supports", attack: "speaks against", rephrase: "says in other words", linked: "is linked with" }[how];
  const claims = how === "linked" ? [] : Object.entries(now().claims).filter(([id]) => id !== by)
    .map(([id, claim]) => ({ label: claim.text, hint: id, value: { claim: id } }));
  const steps = now().relations.map((relation, n) => ({ relation, n }))
    .filter(({ relation }) => how === "attack" || how === "linked")
    .filter(({ relation }) => !relation.by.includes(by))
    .map(({ relation, n }) => ({ label: ofRelation(relation), hint: how === "linked" ? "join these reasons" : "this step: undercut", value: { relation: n }, class: "step" }));
  const found = await choose(`“${short(by)}” ${verb} …`, [...claims, ...steps]);
  if (found) await connect(how, by, found.value);
}

/** Drag claims. A source is anything with a claim in the three panes; a target also an arrow. */
export function startDragging() {
  let drag = null;
  const near = (element) => {
    const shape = element?.closest?.("#picture [data-claims], #outline [data-claim], #text [data-claims]");
    if (!shape) return null;
    const claim = shape.closest("#picture") ? claimOf(shape) : shape.dataset.claim ?? shape.dataset.claims.split(" ")[0];
    return now()?.claims[claim] ? claim : null;
  };
  const targetAt = (x, y) => {
    for (const element of document.elementsFromPoint(x, y)) {
      const claim = near(element);
      if (claim) return { claim, element: element.closest("[data-claims], [data-claim]") };
      const arrow = element.closest?.("#picture [data-relation], #outline [data-step]");
      const n = arrow && (arrow.dataset.step !== undefined ? Number(arrow.dataset.step) : relationOf(arrow));
      if (arrow && n >= 0) return { relation: n, element: arrow };
      if (element.id === "text" || element.id === "details") return null;
    }
    return null;
  };
  const mark = (target) => {
    for (const element of all(".drop-here")) element.classList.remove("drop-here");
    target?.element.classList.add("drop-here");
  };
  const end = () => {
    mark(null);
    drag?.ghost?.remove();
    document.documentElement.classList.remove("dragging");
    drag = null;
  };
  document.addEventListener("pointerdown", (event) => {
    if (S.view !== "read" || event.button !== 0 || event.target.closest("dialog")) return;
    const claim = near(event.target);
    // In the text, words are selected; only a claim that is selected already is dragged from there.
    if (!claim || (event.target.closest("#text") && (claim !== S.claim || event.shiftKey || event.pointerType !== "mouse"))) return;
    if (event.pointerType === "touch" && event.target.closest("#outline") && !event.target.closest(".handle")) return; // a finger scrolls
    drag = { claim, x: event.clientX, y: event.clientY, id: event.pointerId, from: event.target };
    if (event.target.closest("#text")) event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    if (!drag.ghost) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 7) return;
      document.documentElement.classList.add("dragging");
      getSelection().removeAllRanges();
      drag.ghost = make("div", { class: "ghost" }, short(drag.claim));
      document.body.append(drag.ghost);
    }
    drag.ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    for (const each of [box(), byId("outline")]) { // at an edge, what is outside comes into view
      const frame = each.getBoundingClientRect();
      if (event.clientX < frame.left || event.clientX > frame.right || event.clientY < frame.top || event.clientY > frame.bottom) continue;
      const push = (at, from, to) => (at < from + 36 ? -14 : at > to - 36 ? 14 : 0);
      each.scrollBy(push(event.clientX, frame.left, frame.right), push(event.clientY, frame.top, frame.bottom));
    }
    const target = targetAt(event.clientX, event.clientY);
    drag.target = target && target.claim !== drag.claim ? target : null;
    mark(drag.target);
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const { claim, target, ghost } = drag;
    end();
    if (!ghost) return;
    const stop = (click) => (click.stopPropagation(), click.preventDefault());
    addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", stop, { capture: true }), 0);
    if (target) dropped(claim, target.claim ? { claim: target.claim } : { relation: target.relation });
  });
  document.addEventListener("pointercancel", end);
  document.addEventListener("touchmove", (event) => drag && event.preventDefault(), { passive: false }); // touch-action does not work in SVG
  document.addEventListener("keydown", (event) => event.key === "Escape" && drag && end());
}

export function startPicture() {
  box().addEventListener("click", (event) => {
    if (S.view !== "read") return;
    const shape = event.target.closest("[data-claims]");
    const arrow = event.target.closest("[data-relation]");
    if (shape) select(claimOf(shape), null, { from: "picture" });
    else if (arrow && relationOf(arrow) >= 0) select(null, relationOf(arrow));
  });
  box().addEventListener("keydown", (event) => {
    const here = event.target.closest?.("[data-claims]");
    if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") select(claimOf(here), null, { from: "picture" });
    else if (event.key.startsWith("Arrow")) nearest(here, event.key)?.focus();
    else return;
    event.preventDefault();
  });
  box().addEventListener("focusin", (event) => {
    const shape = event.target.closest?.("[data-claims]");
    if (shape && S.view === "read" && claimOf(shape) !== S.claim && !document.documentElement.classList.contains("dragging")) select(claimOf(shape), null, { from: "picture" });
  });
  const resized = new ResizeObserver(fit);
  for (const each of all(".picture-box")) resized.observe(each);
}

/** The nearest box in the direction of an arrow key. */
function nearest(shape, key) {
  const spot = shape.getBoundingClientRect();
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  const middle = (rect) => [rect.left + rect.width / 2, rect.top + rect.height / 2];
  const [x, y] = middle(spot);
  let best = null;
  for (const other of all("[data-claims]", box())) {
    const [ox, oy] = middle(other.getBoundingClientRect());
    const along = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    const cost = along + 2.5 * aside;
    if (other !== shape && along > 4 && (!best || cost < best.cost)) best = { other, cost };
  }
  return best?.other;
}
