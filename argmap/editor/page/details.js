// The claim or the relation that is selected: everything that can be said of it, and what `check` finds.

import { all, ask, button, byId, choose, make, say } from "./ui.js";
import { S, edit, now, select, series } from "./state.js";
import { askReason } from "./reading.js";
import { connectByKey, ofRelation } from "./picture.js";

const ROLES = { support: ["Reason for", "Reasons"], attack: ["Speaks against", "Objections"], rephrase: ["Restates", "In other words"] };

/** A labelled field that saves when it is left or changed. */
function field(label, key, control, hint = null) {
  const id = `field-${key}`;
  control.id = id;
  control.dataset.key = key;
  return make("div", { class: "field" }, make("label", { for: id }, label), control, hint && make("p", { class: "hint" }, hint));
}

function options(choices, value, save, empty = null) {
  const control = make("select", { change: () => save(control.value) },
    empty !== null && make("option", { value: "" }, empty),
    ...choices.map(([key, words]) => make("option", { value: key }, words)),
    value && !choices.some(([key]) => key === value) && make("option", { value }, `${value} (not known)`));
  control.value = value ?? "";
  return control;
}

function words(value, save, long = false) {
  const control = make(long ? "textarea" : "input", { rows: 2, change: () => !drawing && control.value.trim() !== (value ?? "") && save(control.value.trim()) });
  control.value = value ?? "";
  if (long) control.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) (event.preventDefault(), control.blur());
  });
  return control;
}

const set = (name, value, claim = S.claim) => edit("change", { claim, fields: { [name]: value } });

export function findingsAt(...at) {
  return now().findings.filter((finding) => at.every((step, n) => finding.at[n] === step));
}

export const finding = (found) =>
  make("li", { class: `finding ${found.severity}` }, make("b", {}, { error: "Error", warning: "Warning", note: "Note" }[found.severity]), ` ${found.message} `, found.hint && make("span", { class: "hint" }, found.hint));

// --- acts on the selected claim, also by keys ---------------------------------------------------------------------------

const claimed = (act) => async (...args) => {
  if (!S.claim || !now()?.claims[S.claim]) return say("Select a claim first", true);
  return act(S.claim, now().claims[S.claim], ...args);
};
const of = (list) => list.map((each, n) => ({ label: each[1] ?? each[0], value: each[0], hint: each[2], also: String(n + 1) }));

export const acts = {
  accept: async (connections = false) => {
    if (S.relation !== null) return acceptRelation(S.relation);
    const claim = now()?.claims[S.claim];
    if (!claim) return say("Select a claim first", true);
    const waiting = now().relations.some((relation) => relation.status === "suggested" && relation.by.includes(S.claim));
    if (!waits(claim) && !(connections && waiting)) return say("This claim is accepted already");
    if (await edit("accept", { claim: S.claim, connections })) {
      say("Accepted");
      next(1);
    }
  },
  reject: async () => {
    if (S.relation !== null) return dropRelation(S.relation);
    const claim = S.claim;
    if (!now()?.claims[claim]) return say("Select a claim first", true);
    const why = await askReason("Why is this no claim?");
    const after = why && following(1);
    if (why && (await edit("reject", { claim, reason: why.reason }))) {
      say("Rejected; its words are set aside");
      if (after) select(after);
    }
  },
  drop: claimed(async (id) => (await edit("drop", { claim: id })) && say("Claim removed; undo brings it back")),
  kind: claimed(async (id, claim) => {
    const found = await choose("Kind", of(Object.entries(S.words.kinds).map(([kind, mode]) => [kind, kind, mode])), { now: claim.kind });
    if (found) set("kind", found.value, id);
  }),
  commitment: claimed(async (id, claim) => {
    const found = await choose("The author …", of(COMMITMENTS), { now: claim.commitment });
    if (found) set("commitment", found.value, id);
  }),
  force: claimed(async (id, claim) => {
    const found = await choose("Wording", of(S.words.forces.map((force) => [force])), { now: claim.force });
    if (found) set("force", found.value, id);
  }),
  issue: claimed(async (id, claim) => {
    const list = Object.entries(now().issues).map(([key, issue]) => ({ label: issue.label ?? issue.question, hint: issue.label ? issue.question : "", value: key }));
    const found = await choose("The question that it answers", [{ label: "No question", value: "" }, ...list], { now: claim.issue ?? "" });
    if (found) set("issue", found.value, id);
  }),
  speaker: claimed(async (id, claim) => {
    const list = Object.entries(now().speakers).map(([key, name]) => ({ label: name, value: key }));
    const found = await choose("Who says it?", [{ label: "The author", value: "" }, ...list], { now: claim.speaker ?? "", free: "Choose, or type a new name" });
    if (found?.free) edit("add_speaker", { name: found.free, claim: id });
    else if (found) set("speaker", found.value, id);
  }),
  position: claimed(async (id, claim, number) => {
    const scale = Object.keys(now().issues[claim.issue]?.scale ?? {});
    if (!scale.length) return say("Choose a question with a scale first (i)", true);
    const key = number ? scale[number - 1] : "";
    if (key === undefined) return say(`The scale has ${scale.length} positions`, true);
    if (await set("position", key, id)) say(key ? now().issues[claim.issue].scale[key] : "No position");
  }),
  thesis: claimed(async (id) => {
    const on = !now().theses.includes(id);
    if (await edit("thesis", { claim: id, on })) say(on ? "This is the thesis" : "No longer a thesis");
  }),
  words: claimed(() => byId("field-text")?.select()),
};

export const COMMITMENTS = [
  ["asserted", "asserts it"], ["reported", "reports it"], ["conceded", "concedes it"], ["rejected", "rejects it"], ["asked", "asks it"],
];

const waits = (claim) => claim.status === "suggested" || claim.suggested?.length > 0;

/** Claims in the order of the text. */
const inOrder = () => {
  const start = (claim) => claim.quotes[0]?.start ?? Infinity;
  return Object.entries(now().claims).sort(([, a], [, b]) => start(a) - start(b)).map(([id]) => id);
};

function following(step) {
  const list = inOrder();
  const some = list.some((id) => id !== S.claim && waits(now().claims[id])) ? (id) => waits(now().claims[id]) : () => true;
  const at = list.indexOf(S.claim);
  const turned = step > 0 ? [...list.slice(at + 1), ...list.slice(0, Math.max(at, 0))] : [...list.slice(0, Math.max(at, 0)).reverse(), ...list.slice(at + 1).reverse()];
  return turned.find((id) => some(id)) ?? null;
}

/** Go to the next claim: one that awaits a person, while there are any; then the connections that do. */
export function next(step) {
  const open = now().relations.map((relation, n) => (relation.status === "suggested" ? n : -1)).filter((n) => n >= 0);
  const claims = Object.values(now().claims).some(waits);
  if (!claims && open.length) {
    const here = S.relation ?? (step > 0 ? -1 : Infinity);
    select(null, (step > 0 ? open.find((n) => n > here) : open.findLast((n) => n < here)) ?? open.at(step > 0 ? 0 : -1));
    return;
  }
  const only = claims && waits(now().claims[S.claim] ?? {}) && Object.values(now().claims).filter(waits).length === 1;
  if (only) return say("This is the only claim that awaits you");
  const to = following(step);
  if (to) select(to);
  else say("There is no other claim");
}

async function acceptRelation(n) {
  if (now().relations[n].status !== "suggested") return say("This connection is accepted already");
  if (await edit("accept_relation", { relation: n })) {
    say("Accepted");
    if (now().relations.some((relation) => relation.status === "suggested")) next(1);
  }
}

// --- drawing ---------------------------------------------------------------------------------------------------------------

let drawing = false; // browsers tell of a change when a field is taken away

export function drawDetails() {
  const box = byId("details");
  const held = box.contains(document.activeElement) ? document.activeElement : null;
  const typed = held && /^(INPUT|TEXTAREA)$/.test(held.tagName) && held.value !== held.defaultValue ? held : null;
  const draft = typed && typed.dataset.of === `${S.map}/${S.claim}` ? typed.value : null;
  const place = box.scrollTop;
  const view = now();
  drawing = true;
  box.replaceChildren(...(S.claim ? claimForm(view, S.claim) : S.relation !== null ? relationForm(view, S.relation) : overview(view)));
  drawing = false;
  for (const control of all("input, textarea", box)) {
    control.defaultValue = control.value;
    control.dataset.of = `${S.map}/${S.claim}`;
  }
  if (box.dataset.of === `${S.map}/${S.claim}/${S.relation}`) box.scrollTop = place;
  box.dataset.of = `${S.map}/${S.claim}/${S.relation}`;
  const back = held?.dataset.key && all("[data-key]", box).find((each) => each.dataset.key === held.dataset.key);
  if (!back) return held && box.focus({ preventScroll: true });
  back.focus({ preventScroll: true });
  if (draft !== null) back.value = draft; // words under way outlive a change made elsewhere
}

function claimForm(view, id) {
  const claim = view.claims[id];
  const issue = view.issues[claim.issue];
  const found = findingsAt("claims", id);
  const doubt = (name) => claim.suggested.includes(name) && "Suggested; not yet looked at.";
  return [
    make("header", {}, make("p", { class: "kicker" }, [claim.implicit ? "unstated premise" : claim.role, id].join(" · "), " ", button("Rename", () => rename(id), { "data-key": "rename" })),
      waits(claim) && make("p", { class: "row" }, make("span", { class: "waits" }, "Suggested"), button("Accept", () => acts.accept(), { class: "quiet strong", "aria-keyshortcuts": "a", "data-key": "accept" }), button("… with its connections", () => acts.accept(true), { "aria-keyshortcuts": "A", "data-key": "accept-all" }), button("Reject", () => acts.reject(), { "aria-keyshortcuts": "x", "data-key": "reject" }))),
    found.length > 0 && make("ul", { class: "findings" }, ...found.map(finding)),
    field("Claim", "text", words(claim.text, (value) => set("text", value), true)),
    make("div", { class: "field" }, make("p", { class: "label" }, claim.quotes.length > 1 ? "Its words in the text" : "Its words in the text"),
      ...claim.quotes.map((quote, n) => make("blockquote", { class: series(S.map) }, make("q", {}, quote.exact), quote.start === null && make("span", { class: "quote-status failed" }, " not found in the text"),
        claim.quotes.length > 1 && button("Remove", () => edit("unquote", { claim: id, number: n }), { "aria-label": `Remove the words “${quote.exact}”` }))),
      !claim.quotes.length && make("p", { class: "hint" }, claim.implicit ? "None: the text leaves it unstated." : "None yet: select words in the text and press q.")),
    make("div", { class: "fields" },
      field("Kind", "kind", options(Object.entries(S.words.kinds).map(([kind, mode]) => [kind, `${kind} – ${mode.replace("says it ", "it ")}`]), claim.kind, (value) => set("kind", value), "not given"), doubt("kind")),
      field("The author", "commitment", options(COMMITMENTS, claim.commitment, (value) => set("commitment", value)), doubt("commitment")),
      field("Who says it", "speaker", options([...Object.entries(view.speakers), ["+", "somebody else …"]], claim.speaker, (value) => (value === "+" ? acts.speaker() : set("speaker", value)), "the author"), doubt("speaker")),
      field("Wording", "force", options(S.words.forces.map((force) => [force, force]), claim.force, (value) => set("force", value))),
      field("Question", "issue", options(Object.entries(view.issues).map(([key, each]) => [key, each.label ?? each.question]), claim.issue, (value) => set("issue", value), "none"), doubt("issue"))),
    issue && Object.keys(issue.scale).length > 0 && make("fieldset", { class: "scale-choice" }, make("legend", {}, "Position: ", issue.question),
      ...Object.entries(issue.scale).map(([key, label], n) => button([make("kbd", {}, String(n + 1)), ` ${label}`], () => set("position", claim.position === key ? "" : key), { "aria-pressed": String(claim.position === key), class: "chip", "data-key": `position-${key}` }))),
    ties(view, id),
    view.without[id] && make("p", { class: "hint without" }, view.without[id]),
    field("Condition: words of the text that it hangs on", "condition", words(claim.condition, (value) => set("condition", value))),
    field("Note", "note", words(claim.note, (value) => set("note", value), true)),
    make("p", { class: "row" },
      button(view.theses.includes(id) ? "No longer the thesis" : "Make it the thesis", acts.thesis, { "aria-keyshortcuts": "t", "data-key": "thesis" }),
      button("Remove claim", acts.drop, { "aria-keyshortcuts": "Delete", "data-key": "drop" })),
  ].filter(Boolean);
}

function ties(view, id) {
  const rows = [];
  const row = (n, lead, others) => {
    const relation = view.relations[n];
    rows.push(make("li", { class: relation.type },
      make("button", { type: "button", class: "plain lead", click: () => select(null, n), "data-key": `relation-${n}`, title: "Show this step" }, [lead, relation.scheme].filter(Boolean).join(" · ")),
      relation.status === "suggested" && button("Accept", () => edit("accept_relation", { relation: n }), { "aria-label": "Accept this suggested connection", "data-key": `accept-${n}` }),
      ...others.map((other) => view.claims[other]
        ? make("button", { type: "button", class: "plain", click: () => select(other) }, view.claims[other].text)
        : make("span", {}, `the step “${view.relations.find((each) => each.id === other) ? ofRelation(view.relations.find((each) => each.id === other)) : other}”`))));
  };
  view.relations.forEach((relation, n) => {
    if (relation.by.includes(id)) row(n, ROLES[relation.type][0], [relation.target ?? "?"]);
    if (relation.target === id) row(n, ROLES[relation.type][1], relation.by);
  });
  return make("section", { class: "ties" }, make("h3", {}, "Connections"),
    rows.length ? make("ul", {}, ...rows) : make("p", { class: "hint" }, "None yet. Drag the claim onto another one, or:"),
    make("p", { class: "row" },
      button("Supports …", () => connectByKey("support"), { "aria-keyshortcuts": "s", "data-key": "support" }), button("Speaks against …", () => connectByKey("attack"), { "aria-keyshortcuts": "o", "data-key": "attack" }),
      button("Linked with …", () => connectByKey("linked"), { "aria-keyshortcuts": "l", "data-key": "linked" }), button("Restates …", () => connectByKey("rephrase"), { "aria-keyshortcuts": "=", "data-key": "rephrase" })));
}

async function rename(id) {
  const to = await ask("Id of the claim", id);
  if (to && to !== id && (await edit("rename", { claim: id, to }))) select(to);
}

function relationForm(view, n) {
  const relation = view.relations[n];
  const [says, questions] = S.words.schemes[relation.scheme] ?? ["", []];
  const change = (fields) => edit("change_relation", { relation: n, fields });
  const found = findingsAt("relations", n);
  const name = (id) => view.claims[id]?.text ?? id;
  const under = view.relations.map((each, k) => [each, k]).filter(([each]) => relation.id && each.target === relation.id);
  return [
    make("header", {}, make("p", { class: "kicker" }, relation.kind ? `${relation.kind}s` : relation.by.length > 1 ? "linked reasons" : "one step"),
      relation.status === "suggested" && make("p", { class: "row" }, make("span", { class: "waits" }, "Suggested"), button("Accept", () => acceptRelation(n), { class: "quiet strong", "aria-keyshortcuts": "a" }), button("Remove", () => dropRelation(n), { "aria-keyshortcuts": "x" }))),
    found.length > 0 && make("ul", { class: "findings" }, ...found.map(finding)),
    make("div", { class: `step ${relation.type}` },
      ...relation.by.map((id) => make("p", {}, make("button", { type: "button", class: "plain", click: () => select(id) }, name(id)),
        relation.by.length > 1 && button("Take out", () => edit("unlink", { relation: n, by: id }), { "aria-label": `Take out “${name(id)}”` }))),
      make("p", { class: "lead" }, { support: "supports", attack: "speaks against", rephrase: "restates" }[relation.type]),
      make("p", {}, make("button", { type: "button", class: "plain", click: () => (view.claims[relation.target] ? select(relation.target) : select(null, view.relations.findIndex((each) => each.id === relation.target))) },
        view.claims[relation.target] ? name(relation.target) : ofRelation(view.relations.find((each) => each.id === relation.target) ?? { by: [], type: "support", target: relation.target })))),
    make("div", { class: "fields" }, field("This is", "type", options([["support", "a support"], ["attack", "an attack"], ["rephrase", "a rephrase"]], relation.type, (type) => change({ type }))),
      field("Scheme", "scheme", make("button", { type: "button", class: "quiet", click: () => scheme(n) }, relation.scheme ?? "Choose …"))),
    says && make("p", { class: "hint" }, says),
    questions.length > 0 && make("section", {}, make("h3", {}, "Critical questions"), make("ul", { class: "questions" }, ...questions.map((each) => make("li", {}, each)))),
    field("Connective in the text", "cue", words(relation.cue, (cue) => change({ cue }))),
    field("Note", "note", words(relation.note, (note) => change({ note }), true)),
    under.length > 0 && make("section", { class: "ties" }, make("h3", {}, "Against this step"), make("ul", {}, ...under.map(([each, k]) => make("li", { class: each.type }, make("button", { type: "button", class: "plain", click: () => select(null, k) }, each.by.map(name).join(" + ")))))),
    make("p", { class: "row" }, button("Remove connection", () => dropRelation(n), { "aria-keyshortcuts": "Delete" })),
  ].filter(Boolean);
}

export async function dropRelation(n) {
  const waited = now().relations[n].status === "suggested";
  if (await edit("drop_relation", { relation: n })) {
    say("Connection removed; undo brings it back");
    if (waited && now().relations.some((relation) => relation.status === "suggested")) next(1);
    else select(null, null);
  }
}

export async function scheme(n) {
  const items = Object.entries(S.words.schemes).map(([name, [hint]]) => ({ label: name, hint, value: name }));
  const found = await choose("Argumentation scheme", [{ label: "None", value: "" }, ...items], { now: now().relations[n].scheme ?? "", free: "Type to search, or a name of your own" });
  if (found) edit("change_relation", { relation: n, fields: { scheme: found.free ?? found.value } });
}

/** Nothing is selected: what is to be done in this map. */
function overview(view) {
  const claims = Object.entries(view.claims);
  const open = claims.filter(([, claim]) => waits(claim)).length;
  const ties_ = view.relations.filter((relation) => relation.status === "suggested").length;
  const left = Object.values(view.sources).reduce((sum, source) => sum + source.left_out, 0);
  const go = (found) => {
    if (found.at[0] === "claims" && view.claims[found.at[1]]) select(found.at[1]);
    else if (found.at[0] === "relations" && view.relations[found.at[1]]) select(null, found.at[1]);
  };
  return [
    make("header", {}, make("h2", {}, view.title ?? view.id)),
    make("p", {}, `${claims.length} claims, ${view.relations.length} connections`, view.theses.length ? "" : ", no thesis yet"),
    make("ul", { class: "todo" },
      open > 0 && make("li", {}, button(`${open} suggested claims await you`, () => next(1))),
      ties_ > 0 && !open && make("li", {}, button(`${ties_} suggested connections await you`, () => next(1))),
      left > 0 && make("li", {}, make("span", {}, `${left} sentences are not accounted for`))),
    make("h3", {}, view.findings.length ? "Findings" : "No findings"),
    make("ul", { class: "findings" }, ...view.findings.map((found) => {
      const row = finding(found);
      if (["claims", "relations"].includes(found.at[0])) row.append(button("Show", () => go(found), { "aria-label": `Show: ${found.message}` }));
      return row;
    })),
    make("p", { class: "row" }, button("Add an unstated premise …", premise, { "data-key": "premise" })),
  ];
}

export async function premise() {
  const text = await ask("Unstated premise", "", { long: true });
  if (!text) return;
  const before = new Set(Object.keys(now().claims));
  const answer = await edit("premise", { text });
  if (answer) select(Object.keys(answer.view.claims).find((id) => !before.has(id)));
}
