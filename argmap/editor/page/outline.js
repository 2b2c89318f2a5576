// The same map in words, as a tree that the keyboard walks: the thesis, below it its reasons and objections, and theirs.

import { all, byId, make } from "./ui.js";
import { S, now, select } from "./state.js";

const LEADS = { support: "because", attack: "but against it", rephrase: "in other words" };
const folded = new Set();

/** Claims in the order of the tree; each claim unfolds only once. */
export function drawOutline() {
  const view = now();
  const seen = new Set();
  const into = (target) => view.relations.map((relation, n) => ({ relation, n })).filter(({ relation }) => relation.target === target);
  const row = (id, step, level) => {
    const claim = view.claims[id];
    const first = !seen.has(id);
    seen.add(id);
    const below = first && claim ? into(id) : [];
    const word = step === null ? (view.theses.includes(id) ? "thesis" : "") : [LEADS[view.relations[step].type], view.relations[step].by.length > 1 ? "together" : ""].join(" ");
    const open = below.length ? !folded.has(`${S.map}/${id}`) : null;
    const item = make("li", { role: "treeitem", class: ["row", claim?.status === "suggested" && "is-suggested", view.relations[step]?.type].filter(Boolean).join(" "), "aria-level": level, "aria-selected": "false", "aria-expanded": open === null ? null : String(open), "data-claim": id, "data-row": step ?? "", tabindex: "-1" },
      make("span", { class: "fold-sign", "aria-hidden": "true" }, open === null ? "" : open ? "▾" : "▸"),
      make("span", { class: "lead", "data-step": step }, word),
      make("span", { class: "says" }, claim ? claim.text : `(${id})`, first ? "" : make("span", { class: "hint" }, " — see above")),
      make("span", { class: "handle", "aria-hidden": "true" }, "⠿"));
    item.style.setProperty("--level", level - 1);
    return [item, ...(open ? below.flatMap((each) => rows(each, level + 1)) : [])];
  };
  const rows = ({ relation, n }, level) => [
    ...relation.by.flatMap((id) => row(id, n, level)),
    ...(relation.id ? into(relation.id).flatMap((each) => rows(each, level + 1)) : []),
  ];
  const sources = new Set(view.relations.flatMap((relation) => relation.by));
  const tops = [...view.theses.filter((id) => view.claims[id]), ...Object.keys(view.claims).filter((id) => !sources.has(id) && !view.theses.includes(id))];
  const tree = make("ul", { role: "tree", "aria-label": `Outline of ${view.id}` }, ...tops.flatMap((id) => row(id, null, 1)));
  const rest = Object.keys(view.claims); // what is left are claims in a circle
  if (!folded.size) for (const id of rest) if (!seen.has(id)) tree.append(...row(id, null, 1));
  const box = byId("outline");
  const place = box.scrollTop;
  const held = box.contains(document.activeElement);
  box.replaceChildren(Object.keys(view.claims).length ? tree : make("p", { class: "hint" }, "No claim yet. Select words in the text, and press m."));
  box.scrollTop = place;
  lightOutline(held);
}

const items = () => all("[role=treeitem]", byId("outline"));

export function lightOutline(focus = false) {
  const list = items();
  const here = list.find((item) => item === document.activeElement && item.dataset.claim === S.claim) ?? list.find((item) => item.dataset.claim === S.claim) ?? list[0];
  for (const item of list) {
    item.setAttribute("aria-selected", String(item === here && item.dataset.claim === S.claim));
    item.setAttribute("tabindex", item === here ? "0" : "-1");
  }
  if (focus) here?.focus({ preventScroll: true });
}

export function revealInOutline(claim) {
  items().find((item) => item.dataset.claim === claim)?.scrollIntoView({ block: "nearest" });
}

export function startOutline() {
  const box = byId("outline");
  const toggle = (item, open) => {
    const path = `${S.map}/${item.dataset.claim}`;
    if (open) folded.delete(path);
    else folded.add(path);
    S.claim = item.dataset.claim;
    drawOutline();
    lightOutline(true);
  };
  box.addEventListener("click", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item) return;
    if (event.target.closest(".fold-sign") && item.hasAttribute("aria-expanded")) return toggle(item, item.getAttribute("aria-expanded") !== "true");
    if (event.target.closest(".lead[data-step]")) return select(null, Number(event.target.dataset.step));
    item.focus({ preventScroll: true });
    select(item.dataset.claim, null, { from: "outline" });
  });
  box.addEventListener("keydown", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const list = items();
    const at = list.indexOf(item);
    const open = item.getAttribute("aria-expanded");
    let to = null;
    if (event.key === "ArrowDown") to = list[at + 1];
    else if (event.key === "ArrowUp") to = list[at - 1];
    else if (event.key === "Home") to = list[0];
    else if (event.key === "End") to = list.at(-1);
    else if (event.key === "ArrowRight" && open === "false") toggle(item, true);
    else if (event.key === "ArrowRight" && open === "true") to = list[at + 1];
    else if (event.key === "ArrowLeft" && open === "true") toggle(item, false);
    else if (event.key === "ArrowLeft") to = list.slice(0, at).findLast((each) => Number(each.ariaLevel) < Number(item.ariaLevel));
    else if (event.key === "Enter" && item.dataset.row) select(null, Number(item.dataset.row));
    else return;
    event.preventDefault();
    if (to) {
      select(to.dataset.claim, null);
      to.focus();
    }
  });
}
