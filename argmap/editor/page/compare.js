// Two texts side by side. For each claim: its candidates by confidence, none, or any claim by its words.

import { all, button, byId, choose, get, make, say } from "./ui.js";
import { S, alignmentOf, edit, idOf, load, mapNames, now, series } from "./state.js";
import { finding } from "./details.js";
import { essay } from "./reading.js";

const C = { before: null, after: null, side: "before", claim: null, data: null, seen: "", openOnly: false };
const other = (side) => (side === "before" ? "after" : "before");
const viewOf = (side) => now(C[side]);
const nameOf = (side) => idOf(C[side]);

export async function drawCompare() {
  const names = mapNames();
  if (names.length < 2) {
    byId("compare").replaceChildren(make("p", { class: "hint" }, "Two maps are needed to compare. Add a second text with argmap init."));
    return;
  }
  if (!names.includes(C.before)) C.before = names[0];
  if (!names.includes(C.after) || C.after === C.before) C.after = names.find((name) => name !== C.before);
  for (const side of ["before", "after"]) if (!S.files.has(C[side])) await load(C[side]);
  const seen = JSON.stringify([C.before, C.after, S.listing.filter((each) => each.kind !== "map").map((each) => each.name), [...S.files.values()].map((each) => [each.name, each.version])]);
  if (seen !== C.seen) {
    C.seen = seen;
    C.data = await get("compared", { before: C.before, after: C.after });
    if (C.data.alignment && !S.files.has(C.data.alignment)) {
      await load(C.data.alignment);
      C.seen = "";
      return drawCompare();
    }
  }
  if (S.view !== "compare") return;
  if (!viewOf("before")?.claims || !viewOf("after")?.claims || C.data.problem) {
    byId("compare").replaceChildren(make("p", { class: "hint" }, C.data.problem ?? "One of the two files cannot be read; see its findings."));
    return;
  }
  if (!C.claim || !viewOf(C.side).claims[C.claim]) C.claim = order("before")[0] ?? null;
  draw();
}

const order = (side) => {
  const start = (claim) => claim.quotes[0]?.start ?? Infinity;
  return Object.entries(viewOf(side).claims).sort(([, a], [, b]) => start(a) - start(b)).map(([id]) => id);
};
const decided = (side, claim, status = "accepted") => C.data.decided.filter((entry) => entry.status === status && entry[side].includes(claim));
const isSilent = (side, claim) => C.data.silent[side].includes(claim);
const isOpen = (side, claim) => !decided(side, claim).length && !isSilent(side, claim) && !decided(side, claim, "rejected").length;
const changeOf = (entry) => C.data.changes.find((change) => entry.before.every((id) => change.before.includes(id)) && entry.after.every((id) => change.after.includes(id)));
const textOf = (side, id) => viewOf(side).claims[id]?.text ?? id;

/** Candidates without those that were rejected. */
function candidates() {
  const no = new Set(decided(C.side, C.claim, "rejected").flatMap((entry) => entry[other(C.side)]));
  return (C.data.candidates[C.side][C.claim] ?? []).filter(([id]) => !no.has(id) && viewOf(other(C.side)).claims[id]);
}

const state = (side, claim) => (decided(side, claim).length ? "matched" : isSilent(side, claim) ? "passed" : isOpen(side, claim) ? "open" : "none");

let drawing = false; // browsers tell of it when a field is taken away

function draw() {
  const box = byId("compare");
  const typed = all("[data-of]", box).find((each) => each === document.activeElement && each.value !== each.defaultValue);
  const places = Object.fromEntries(all("[data-scroll]", box).map((each) => [each.dataset.scroll, each.scrollTop]));
  const held = box.contains(document.activeElement) ? document.activeElement.dataset.key ?? "cards" : null;
  const lit = { [C.side]: [C.claim], [other(C.side)]: decided(C.side, C.claim).flatMap((entry) => entry[other(C.side)]) };
  const text = (side) => {
    const view = viewOf(side);
    const picker = make("select", { "aria-label": side === "before" ? "Earlier text" : "Later text", "data-key": `pick-${side}`, change: () => pick(side, picker.value) }, ...mapNames().map((name) => make("option", { value: name }, idOf(name))));
    picker.value = C[side];
    return make("div", { class: `side ${series(C[side])}` }, make("header", {}, picker, make("p", { class: "hint" }, `${order(side).filter((id) => isOpen(side, id)).length} of ${order(side).length} claims are open`)),
      make("div", { class: "scroll", "data-scroll": side, tabindex: "0", role: "region", "aria-label": `Text of ${nameOf(side)}` }, ...Object.keys(view.sources).map((source) =>
        make("div", { class: "essay", "data-side": side }, ...essay(view, source, (claims) => [claims.some((id) => lit[side].includes(id)) && "chosen", claims.length && `is-${state(side, claims[0])}`].filter(Boolean).join(" "))))));
  };
  drawing = true;
  box.replaceChildren(text("before"), make("section", { class: "match", "aria-label": "The claim and its counterparts", "data-scroll": "match", tabindex: "-1", "data-key": "cards" }, ...card()), text("after"));
  drawing = false;
  for (const each of all("[data-scroll]", box)) each.scrollTop = places[each.dataset.scroll] ?? 0;
  if (draw.moved) for (const side of ["before", "after"]) show(side, lit[side][0]);
  draw.moved = false;
  if (held) (all("[data-key]", box).find((each) => each.dataset.key === held) ?? box.querySelector(".match")).focus({ preventScroll: true });
  const again = typed && all("[data-of]", box).find((each) => each.dataset.of === typed.dataset.of);
  if (!again) return;
  again.value = typed.value; // words under way outlive a change made elsewhere, or the answer to an edit before
  again.setSelectionRange(typed.selectionStart, typed.selectionEnd);
  again.focus({ preventScroll: true });
}

function show(side, claim) {
  const run = all(`[data-side=${side}] [data-claims]`, byId("compare")).find((each) => each.dataset.claims.split(" ").includes(claim));
  if (run) run.closest(".scroll").scrollTop = run.offsetTop - run.closest(".scroll").offsetTop - run.closest(".scroll").clientHeight / 3;
}

function card() {
  if (!C.claim) return [make("p", { class: "hint" }, "This map has no claims yet.")];
  const far = other(C.side);
  const claim = viewOf(C.side).claims[C.claim];
  const list = order(C.side);
  const entries = decided(C.side, C.claim);
  const looked = C.data.changes.find((change) => change[C.side].includes(C.claim) && !change[far].length)?.looked;
  const found = candidates();
  return [
    make("header", { class: "row" }, button("←", () => step(-1), { "aria-label": "Previous claim", "aria-keyshortcuts": "p", "data-key": "previous" }), make("span", { class: "hint" }, `${list.indexOf(C.claim) + 1} of ${list.length} in ${nameOf(C.side)}`),
      button("→", () => step(1), { "aria-label": "Next claim", "aria-keyshortcuts": "n", "data-key": "next" }), button("Other side", swap, { "aria-keyshortcuts": "y", "data-key": "swap" }), make("label", { class: "hint" }, openOnly(), " open ones only")),
    make("div", { class: `claim-card ${series(C[C.side])}` }, make("p", { class: "claim-text" }, claim.text), ...claim.quotes.slice(0, 2).map((quote) => make("q", {}, quote.exact)),
      make("p", { class: "hint" }, [claim.kind, claim.commitment !== "asserted" && claim.commitment, viewOf(C.side).issues[claim.issue]?.label].filter(Boolean).join(" · "))),
    ...entries.map((entry) => pairCard(entry)),
    isSilent(C.side, C.claim) && make("p", { class: "row" }, make("b", {}, `${nameOf(far)} passes over it.`), button("Take back", () => passOver(false), { "data-key": "pass" })),
    !entries.length && !isSilent(C.side, C.claim) && make("p", { class: "hint" }, looked ?? ""),
    make("h2", {}, entries.length ? `Also matches in ${nameOf(far)}?` : found.length ? `What answers to it in ${nameOf(far)}?` : `No candidate in ${nameOf(far)}`),
    make("ol", { class: "candidates" }, ...found.map(([id, chance, evidence], n) =>
      make("li", {}, make("button", { type: "button", class: `candidate ${series(C[far])}`, "data-key": `candidate-${n}`, click: () => accept(id), pointerenter: () => peek(id), focus: () => peek(id), "aria-keyshortcuts": String(n + 1) },
        make("kbd", {}, String(n + 1)), make("span", {}, make("span", { class: "claim-text" }, textOf(far, id)), make("span", { class: "hint" }, evidence.join(" · "))),
        make("span", { class: "chance", title: "Confidence" }, chance.toFixed(2)))))),
    make("p", { class: "row" }, found.length > 0 && button("None of these", none, { "aria-keyshortcuts": "0", "data-key": "none" }), button("Another claim …", search, { "aria-keyshortcuts": "s", "data-key": "search" }),
      !entries.length && !isSilent(C.side, C.claim) && button(`${nameOf(far)} passes over it`, () => passOver(true), { "aria-keyshortcuts": "v", "data-key": "pass" })),
  ].filter(Boolean);
}

function openOnly() {
  const box = make("input", { type: "checkbox", "data-key": "open-only", change: () => (C.openOnly = box.checked) });
  box.checked = C.openOnly;
  return box;
}

function pairCard(entry) {
  const far = other(C.side);
  const change = changeOf(entry);
  const derived = change?.basis === "analyst" && change.rule === "analyst" ? "" : change?.word;
  const pick = make("select", { "data-key": "word", change: () => say_({ change: pick.value }) }, make("option", { value: "" }, derived ? `${derived} (by the rules)` : "as the rules say"), ...Object.entries(S.words.changes).map(([word, means]) => make("option", { value: word, title: means }, word)));
  const because = make("textarea", { rows: 2, "data-key": "because", "data-of": JSON.stringify([C.before, C.after, entry.before, entry.after]), blur: () => !drawing && because.value.trim() !== (entry.because ?? "") && say_({ because: because.value.trim() }) });
  const say_ = (fields) => editPair("pair", { before: entry.before, after: entry.after, fields });
  pick.value = entry.change ?? "";
  because.defaultValue = entry.because ?? "";
  return make("div", { class: `pair-card ${series(C[far])}` }, ...entry[far].map((id) => make("p", { class: "claim-text" }, textOf(far, id))),
    entry[C.side].length > 1 && make("p", { class: "hint" }, `together with ${entry[C.side].filter((id) => id !== C.claim).map((id) => textOf(C.side, id)).join("; ")}`),
    make("div", { class: "fields" }, make("div", { class: "field" }, make("label", {}, "What happened", pick)), make("div", { class: "field" }, make("label", {}, "Because", because))),
    change && make("p", { class: "hint" }, S.words.changes[change.word] ?? ""),
    make("ul", { class: "findings" }, ...(now(C.data.alignment)?.findings ?? []).filter((found) => found.at[0] === "correspondences" && found.at[1] === entry.n).map(finding)),
    make("p", { class: "row" }, button("Take back this match", () => editPair("unpair", { before: entry.before, after: entry.after }), { "data-key": "unpair" })));
}

// --- acts ------------------------------------------------------------------------------------------------------------------

async function editPair(does, args) {
  const name = await alignmentOf(C.before, C.after, C.data.alignment);
  return name && edit(does, args, name);
}

const ends = (id) => (C.side === "before" ? { before: [C.claim], after: [id] } : { before: [id], after: [C.claim] });

async function accept(id) {
  if (await editPair("pair", { ...ends(id), fields: { status: "accepted" } })) say(`Matched: ${textOf(other(C.side), id)}`);
}

async function none() {
  const found = candidates().map(([id]) => id);
  if (found.length && (await editPair("none_of", { side: C.side, claim: C.claim, candidates: found }))) say("None of these");
}

async function passOver(on) {
  if (await editPair("passed_over", { side: C.side, claim: C.claim, on })) say(on ? `${nameOf(other(C.side))} passes over it` : "Taken back");
}

async function search() {
  const far = other(C.side);
  const chance = Object.fromEntries((C.data.candidates[C.side][C.claim] ?? []).map(([id, value]) => [id, value.toFixed(2)]));
  const items = order(far).map((id) => ({ label: textOf(far, id), hint: [chance[id], id].filter(Boolean).join(" · "), value: id, also: viewOf(far).claims[id].quotes.map((quote) => quote.exact).join(" ") }));
  const found = await choose(`Which claim of ${nameOf(far)} answers to “${textOf(C.side, C.claim)}”?`, items);
  if (found) accept(found.value);
}

function peek(id) {
  const far = other(C.side);
  for (const run of all(`[data-side=${far}] [data-claims]`, byId("compare"))) run.classList.toggle("answer", run.dataset.claims.split(" ").includes(id));
  show(far, id);
}

function step(by) {
  const list = order(C.side);
  let n = list.indexOf(C.claim);
  do n += by;
  while (C.openOnly && list[n] && !isOpen(C.side, list[n]));
  if (!list[n]) return say(by > 0 ? "This is the last claim" : "This is the first claim");
  C.claim = list[n];
  draw.moved = true;
  draw();
}

function swap() {
  const mate = decided(C.side, C.claim).flatMap((entry) => entry[other(C.side)])[0];
  C.side = other(C.side);
  C.claim = mate ?? order(C.side)[0];
  draw.moved = true;
  draw();
}

function pick(side, name) {
  if (name === C[other(side)]) C[other(side)] = C[side];
  C[side] = name;
  C.claim = null;
  drawCompare();
}

async function word() {
  const entry = decided(C.side, C.claim)[0];
  if (!entry) return say("Match the claim first", true);
  const items = Object.entries(S.words.changes).map(([value, hint]) => ({ label: value, hint, value }));
  const found = await choose("What happened", [{ label: "As the rules say", value: "" }, ...items], { now: entry.change ?? "" });
  if (found) editPair("pair", { before: entry.before, after: entry.after, fields: { change: found.value } });
}

export function compareKey(key) {
  if (!C.data || !C.claim) return false;
  const found = candidates();
  const acts = { n: () => step(1), p: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1), s: search, v: () => passOver(!isSilent(C.side, C.claim)), y: swap, 0: none,
    w: word, b: () => byId("compare").querySelector("[data-key=because]")?.focus(),
    Delete: () => decided(C.side, C.claim)[0] && editPair("unpair", { before: decided(C.side, C.claim)[0].before, after: decided(C.side, C.claim)[0].after }) };
  if (/^[1-9]$/.test(key)) {
    if (found[key - 1]) accept(found[key - 1][0]);
    return true;
  }
  if (!acts[key]) return false;
  acts[key]();
  return true;
}

export function startCompare() {
  byId("compare").addEventListener("click", (event) => {
    const run = event.target.closest("[data-side] [data-claims]");
    if (!run || !getSelection().isCollapsed) return;
    const side = run.closest("[data-side]").dataset.side;
    const ids = run.dataset.claims.split(" ");
    C.claim = side === C.side ? ids[(ids.indexOf(C.claim) + 1) % ids.length] : ids[0];
    C.side = side;
    draw.moved = true;
    draw();
  });
}

export const compared = () => [C.before, C.after];
