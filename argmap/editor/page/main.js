// The frame: bar, panes, keys, and the address of what is shown.

import { all, button, byId, choose, get, make, say, table } from "./ui.js";
import { S, file, history, idOf, listen, load, mapNames, now, onChange, refresh, select, series } from "./state.js";
import { addWords, drawText, isLeftOut, lightText, markWords, revealInText, selectWords, selected, setAside, startReading, takeBack, toSentence } from "./reading.js";
import { connectByKey, drawPicture, forgetPicture, lightPicture, revealInPicture, startDragging, startPicture, zoomTools } from "./picture.js";
import { drawOutline, lightOutline, revealInOutline, startOutline } from "./outline.js";
import { acts, drawDetails, dropRelation, next, premise, scheme } from "./details.js";
import { compareKey, compared, drawCompare, startCompare } from "./compare.js";
import { drawCodebook, startCodebook } from "./codebook.js";

const VIEWS = { read: "Read", compare: "Compare", codebook: "Codebook", pictures: "Pictures" };
const PICTURES = { how: "How it moved", dumbbells: "Where each text stands", ledger: "Question by question" };
let middle = "picture";
let shownPicture = "how";

// --- drawing -----------------------------------------------------------------------------------------------------------

function drawBar() {
  byId("maps").replaceChildren(...mapNames().map((name) =>
    make("button", { type: "button", class: `tab ${series(name)}`, "aria-pressed": String(S.view === "read" && name === S.map), click: () => show("read", name), title: name }, idOf(name))));
  byId("views").replaceChildren(...Object.entries(VIEWS).slice(1).map(([view, words]) =>
    make("button", { type: "button", class: "tab", "aria-pressed": String(S.view === view), click: () => show(view) }, words)));
  byId("undo").disabled = !S.undo[0];
  byId("redo").disabled = !S.undo[1];
  document.title = `${S.view === "read" ? idOf(S.map) : VIEWS[S.view]} – argmap`;
}

function draw(what = "all") {
  drawBar();
  if (what === "list") return;
  const problem = S.view === "read" && file()?.problem;
  for (const view of Object.keys(VIEWS)) byId(view).hidden = S.view !== view || Boolean(problem);
  byId("problem").hidden = !problem;
  byId("problem").replaceChildren(problem ? make("div", {}, make("h2", {}, `${S.map} cannot be read`), make("p", { class: "hint" }, "Mend it in your own editor; this page shows it as soon as it can be read."), make("pre", {}, problem)) : "");
  if (problem) return;
  if (S.view === "compare") drawCompare();
  else if (S.view === "codebook") drawCodebook();
  else if (S.view === "pictures") drawPictures();
  else if (now()) drawRead(what);
}

function drawRead(what) {
  byId("picture").hidden = middle !== "picture";
  byId("outline").hidden = middle !== "outline";
  document.querySelector(".zoom").hidden = middle !== "picture";
  for (const each of all("#middle-tools [data-middle]")) each.setAttribute("aria-pressed", String(each.dataset.middle === middle));
  if (what === "select") {
    lightText();
    lightPicture();
    lightOutline();
  } else {
    drawText();
    if (middle === "outline") drawOutline();
    else if (Object.keys(now().claims).length) drawPicture("map", [S.map]);
    else {
      forgetPicture();
      byId("picture").replaceChildren(make("p", { class: "hint" }, "The map grows here. Select words in the text, and make claims of them."));
    }
  }
  drawDetails();
  address();
}

function drawPictures() {
  const box = byId("gallery");
  const [before, after] = compared();
  const maps = before && after ? [before, after] : mapNames().slice(0, 2);
  for (const each of all("#picture-tools button")) each.setAttribute("aria-pressed", String(each.dataset.kind === shownPicture));
  if (mapNames().length < 2) return box.replaceChildren(make("p", { class: "hint" }, "These pictures compare two maps."));
  drawPicture(shownPicture, shownPicture === "dumbbells" ? mapNames() : maps, box);
}

/** Show a map, or another part of the editor. */
async function show(view, name = S.map) {
  if (name !== S.map) Object.assign(S, { map: name, claim: null, relation: null });
  S.view = view;
  forgetPicture();
  if (!S.files.has(name)) await load(name);
  draw();
  address();
}

function setMiddle(to) {
  middle = to;
  draw();
  if (S.claim) (to === "outline" ? revealInOutline : revealInPicture)(S.claim);
}

function address() {
  const parts = { view: S.view === "read" ? null : S.view, map: S.map, claim: S.claim };
  const hash = `#${new URLSearchParams(Object.entries(parts).filter(([, value]) => value))}`;
  if (hash !== location.hash) window.history.replaceState(null, "", hash);
}

// --- keys --------------------------------------------------------------------------------------------------------------

const need = (act) => () => (S.relation !== null && now() ? act(S.relation) : say("Select a connection first", true));
const READ = {
  m: markWords, q: addWords, z: setAside, Z: takeBack, j: () => toSentence(1, isLeftOut), J: () => toSentence(-1, isLeftOut),
  a: () => acts.accept(), A: () => acts.accept(true), x: () => acts.reject(), n: () => next(1), p: () => next(-1), k: () => acts.kind(), c: () => acts.commitment(), f: () => acts.force(), i: () => acts.issue(), w: () => acts.speaker(), t: () => acts.thesis(), e: () => acts.words(),
  s: () => connectByKey("support"), o: () => connectByKey("attack"), l: () => connectByKey("linked"), "=": () => connectByKey("rephrase"), h: need(scheme), u: premise,
  Delete: () => (S.relation !== null ? dropRelation(S.relation) : acts.drop()), v: () => setMiddle(middle === "picture" ? "outline" : "picture"),
  Escape: () => select(null, null),
};
const ALL = { "?": keys, "/": find, g: go, "[": () => other(-1), "]": () => other(1) };

const KEYS = [
  ["Everywhere", [["/", "find in texts and claims"], ["g", "go to a map or a part"], ["[ ]", "previous, next map"], ["F6", "next pane"], ["Ctrl+Z", "undo"], ["Ctrl+Shift+Z", "redo"], ["?", "this table"]]],
  ["Text", [["↑ ↓", "sentence by sentence"], ["Shift+←/→", "fewer, more words"], ["m", "make a claim of the words"], ["q", "add them to the selected claim"], ["z", "set them aside"], ["Z", "take back what was set aside"], ["j J", "next, previous sentence not accounted for"]]],
  ["Claim", [["n p", "next, previous (suggested ones first)"], ["a", "accept"], ["A", "accept with its connections"], ["x", "reject"], ["e", "edit its words"], ["k", "kind"], ["c", "what the author does with it"], ["f", "wording: hedged, plain, emphatic"], ["w", "who says it"], ["i", "question"], ["1–9", "position on the scale"], ["0", "no position"], ["t", "thesis"], ["u", "add an unstated premise"], ["Delete", "remove"]]],
  ["Connect", [["s", "supports …"], ["o", "speaks against a claim or a step …"], ["l", "is linked with the reasons of a step …"], ["=", "says in other words …"], ["h", "scheme of the selected connection"], ["v", "picture or outline"], ["← ↑ ↓ →", "from claim to claim"]]],
  ["Compare", [["n p", "next, previous claim"], ["1–5", "take this candidate"], ["0", "none of these"], ["s", "search another claim"], ["w", "what happened"], ["b", "because"], ["v", "the other text passes over it"], ["y", "go to the other side"], ["Delete", "take back the match"]]],
];

function keys() {
  table("Keys", KEYS);
}

function other(step) {
  const names = mapNames();
  show("read", names[(names.indexOf(S.map) + step + names.length) % names.length]);
}

async function go() {
  const items = [...mapNames().map((name) => ({ label: idOf(name), hint: name, value: ["read", name] })), ...Object.entries(VIEWS).slice(1).map(([view, label]) => ({ label, value: [view] })),
    { label: "Outline", hint: "instead of the picture", value: ["outline"] }, { label: "Picture of the map", value: ["picture"] }];
  const found = await choose("Go to", items);
  if (!found) return;
  if (["outline", "picture"].includes(found.value[0])) (await show("read"), setMiddle(found.value[0]));
  else show(...found.value);
}

async function find() {
  for (const name of mapNames()) if (!S.files.has(name)) await load(name);
  const items = mapNames().flatMap((name) => {
    const view = now(name);
    if (!view) return [];
    const claims = Object.entries(view.claims).map(([id, claim]) => ({ label: claim.text, hint: `claim of ${view.id}`, also: id, value: { name, claim: id } }));
    const sentences = Object.entries(view.sources).flatMap(([source, data]) => {
      const points = [];
      for (const { runs } of data.paragraphs) for (const [at, words] of runs) [...words].forEach((char, n) => (points[at + n] = char));
      return data.sentences.map(([start, end]) => ({ label: Array.from(points.slice(start, end), (char) => char ?? " ").join("").replace(/\s+/g, " "), hint: `text of ${view.id}`, class: "of-text", value: { name, source, start, end } }));
    });
    return [...claims, ...sentences];
  });
  const found = await choose("Find in texts and claims", items);
  if (!found) return;
  const { name, claim, source, start, end } = found.value;
  await show("read", name);
  if (claim) select(claim);
  else {
    selectWords(source, start, end);
    byId("text").focus({ preventScroll: true });
  }
}

function nextPane(back) {
  const panes = S.view === "read" ? ["text", middle, "details"] : [S.view];
  const order = ["bar", ...panes];
  const at = order.findIndex((id) => byId(id).contains(document.activeElement));
  const to = order[(Math.max(at, 0) + (back ? -1 : 1) + order.length) % order.length];
  const first = { bar: "button", picture: "[data-claims][tabindex='0']", outline: "[role=treeitem][tabindex='0']" }[to];
  (byId(to).querySelector(first ?? ":scope") ?? byId(to)).focus();
}

function onKey(event) {
  if (document.querySelector("dialog[open]") || event.defaultPrevented) return;
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z" && !(typing && typing.value !== typing.defaultValue && typing.tagName !== "SELECT")) {
    event.preventDefault();
    history(event.shiftKey ? "redo" : "undo");
  } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "y" && !typing) {
    event.preventDefault();
    history("redo");
  } else if (event.key === "F6") {
    event.preventDefault();
    nextPane(event.shiftKey);
  } else if (typing) {
    if (event.key === "Escape") typing.blur();
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey) {
    if (byId("single").checked === false && event.key.length === 1) return;
    let done = true;
    if (ALL[event.key]) ALL[event.key]();
    else if (S.view === "compare") done = compareKey(event.key);
    else if (S.view === "read" && now() && /^[0-9]$/.test(event.key)) acts.position(Number(event.key));
    else if (S.view === "read" && now() && READ[event.key]) READ[event.key]();
    else done = false;
    if (done) event.preventDefault();
  }
}

// --- start -------------------------------------------------------------------------------------------------------------

function remembered(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  remembered("argmap-theme", root.dataset.theme);
  byId("dark").setAttribute("aria-pressed", String(!dark));
}

async function start() {
  const chosen = remembered("argmap-theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
  byId("dark").setAttribute("aria-pressed", String(chosen === "dark"));
  byId("single").checked = remembered("argmap-keys") !== "off";
  byId("single").addEventListener("change", (event) => remembered("argmap-keys", event.target.checked ? "on" : "off"));
  const clicks = { undo: () => history("undo"), redo: () => history("redo"), find, keys, dark: theme };
  for (const [id, act] of Object.entries(clicks)) byId(id).addEventListener("click", act);
  byId("middle-tools").append(
    make("span", { class: "switch", role: "group", "aria-label": "Show the map as" }, ...[["picture", "Map"], ["outline", "Outline"]].map(([id, words]) => button(words, () => setMiddle(id), { "data-middle": id }))),
    make("span", { class: "zoom", role: "group", "aria-label": "Size of the picture" }, ...zoomTools()));
  byId("picture-tools").append(...Object.entries(PICTURES).map(([kind, words]) => button(words, () => {
    shownPicture = kind;
    forgetPicture();
    drawPictures();
  }, { "data-kind": kind })));
  for (const begin of [startReading, startPicture, startOutline, startDragging, startCompare, startCodebook]) begin();
  document.addEventListener("keydown", onKey);
  document.addEventListener("reveal", ({ detail: { claim, from } }) => {
    if (from !== "text") revealInText(claim);
    if (from !== "outline") revealInOutline(claim);
    if (from !== "picture") revealInPicture(claim);
  });
  onChange(draw);
  [S.words, { files: S.listing, others: S.others }] = await Promise.all([get("words"), get("files")]);
  const asked = new URLSearchParams(location.hash.slice(1));
  S.map = mapNames().includes(asked.get("map")) ? asked.get("map") : mapNames()[0];
  S.view = VIEWS[asked.get("view")] ? asked.get("view") : "read";
  await Promise.all(S.listing.map(({ name }) => load(name)));
  if (now()?.claims[asked.get("claim")]) S.claim = asked.get("claim");
  refresh();
  listen();
  document.documentElement.classList.add("ready");
}

start();
