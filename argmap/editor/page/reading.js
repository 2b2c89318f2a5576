// The text: select words and make claims of them, set sentences aside, see what is not accounted for yet.

import { all, ask, button, byId, choose, make, say } from "./ui.js";
import { S, edit, editAndSelect, now, select, series } from "./state.js";

const pane = () => byId("text");
const REASONS = [
  ["scenery", "describes, claims nothing"], ["transition", "only leads on"], ["heading", ""], ["repeats what was said", ""], ["example", ""],
  ["not the author's argument", ""], ["byline", "page furniture"], ["picture credit", "page furniture"], ["advertisement", "page furniture"], ["navigation", "page furniture"],
];

export async function askReason(title) {
  const items = REASONS.map(([label, hint]) => ({ label, hint, value: label }));
  const found = await choose(title, items, { free: "Choose a reason, or type your own" });
  return found && { reason: found.free ?? found.value, furniture: found.hint === "page furniture" };
}

// --- drawing ---------------------------------------------------------------------------------------------------------

/** The paragraphs of a source; `own` are the classes of a run. */
export function essay(view, source, classOf) {
  return view.sources[source].paragraphs.map((paragraph) =>
    make("p", { "data-number": paragraph.number, class: paragraph.title ? "text-title" : paragraph.furniture ? "furniture" : null },
      ...paragraph.runs.map(([start, text, claims, furniture, aside, leftOut]) =>
        make("span", {
          "data-start": start, "data-claims": claims.join(" ") || null,
          title: furniture ? `Page furniture: ${furniture}` : aside ? `Set aside: ${aside}` : null,
          class: [claims.length && "passage", furniture && "set-aside furniture", aside && "set-aside", leftOut && "left-out", classOf?.(claims)].filter(Boolean).join(" ") || null,
        }, text))));
}

export function drawText() {
  const view = now();
  const box = pane();
  const shown = JSON.stringify([S.map, view.title, view.sources, Object.values(view.claims).map((claim) => claim.status)]);
  if (shown === drawText.shown) return lightText();
  drawText.shown = shown;
  const place = box.scrollTop;
  const words = selected(); // words that are selected stay so when something changes meanwhile
  const parts = [];
  for (const [id, source] of Object.entries(view.sources)) {
    const done = source.all - source.left_out;
    const by = [source.author ?? "no author named", source.published ?? "no date given"].join(", ");
    parts.push(
      make("header", { class: series(S.map) },
        make("h2", {}, source.title ?? view.title ?? view.id), make("p", { class: "by" }, by, " ", button("Edit", () => about(id, source), { "aria-label": "Edit title, author and date" })),
        make("p", { class: "account" }, make("progress", { max: source.all || 1, value: source.all ? done : 1, "aria-label": "Sentences accounted for" }),
          source.left_out ? `${done} of ${source.all} sentences are accounted for` : "Every sentence is accounted for")));
    if (!source.has_text) parts.push(make("p", { class: "hint" }, "The text of this map cannot be read; see the findings."));
    parts.push(make("div", { class: `essay ${series(S.map)}`, "data-source": id, lang: source.language ?? "en" },
      ...essay(view, id, (claims) => claims.length && claims.every((claim) => view.claims[claim].status === "suggested") && "suggested")));
  }
  box.replaceChildren(...parts);
  if (words) selectWords(words.source, words.start, words.end);
  box.scrollTop = place;
  lightText();
}

export function lightText() {
  for (const run of all("[data-claims]", pane())) run.classList.toggle("chosen", run.dataset.claims.split(" ").includes(S.claim));
}

export function revealInText(claim, box = pane()) {
  const run = all("[data-claims]", box).find((each) => each.dataset.claims.split(" ").includes(claim));
  run?.scrollIntoView({ block: "center" });
}

async function about(source, data) {
  for (const [name, label] of [["title", "Title of the text"], ["author", "Author"], ["published", "Date: 2024, 2024-05 or 2024-05-31"]]) {
    const value = await ask(label, data[name] ?? "");
    if (value && value !== data[name]) await edit("about_source", { source, fields: { [name]: value } });
  }
}

// --- places: code points of the text, and the runs that show them -------------------------------------------------------

const points = (text) => [...text].length;
const unitsOf = (text, count) => [...text].slice(0, count).join("").length;

function placeOf(node, offset) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const child = node.childNodes[offset] ?? node.childNodes[offset - 1];
    const run = child && (child.matches?.("[data-start]") ? child : child.querySelector?.("[data-start]"));
    return run ? Number(run.dataset.start) + (node.childNodes[offset] ? 0 : points(run.textContent)) : null;
  }
  const run = node.parentElement.closest("[data-start]");
  return run && Number(run.dataset.start) + points(node.data.slice(0, offset));
}

/** The selected words: source, start and end; null without any. */
export function selected() {
  const found = getSelection();
  if (!found.rangeCount || found.isCollapsed) return null;
  const range = found.getRangeAt(0);
  const box = (range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer).closest?.("#text [data-source]");
  if (!box) return null;
  const start = placeOf(range.startContainer, range.startOffset);
  const inside = box.contains(range.endContainer);
  const last = all("[data-start]", box).at(-1);
  const end = inside ? placeOf(range.endContainer, range.endOffset) : Number(last.dataset.start) + points(last.textContent);
  return start !== null && end > start ? { source: box.dataset.source, start, end } : null;
}

export function selectWords(source, start, end) {
  const runs = all(`[data-source="${CSS.escape(source)}"] [data-start]`, pane());
  const at = (place, isEnd) => {
    const run = runs.findLast((each) => Number(each.dataset.start) < place || (!isEnd && Number(each.dataset.start) === place)) ?? runs[0];
    return [run.firstChild, Math.min(unitsOf(run.textContent, place - Number(run.dataset.start)), run.textContent.length)];
  };
  const [from, to] = [at(start, false), at(end, true)];
  getSelection().setBaseAndExtent(...from, ...to);
  from[0].parentElement.scrollIntoView({ block: "nearest" });
}

// --- the sentence at the cursor -----------------------------------------------------------------------------------------

function sentences() {
  return Object.entries(now().sources).flatMap(([source, data]) => data.sentences.map(([start, end]) => ({ source, start, end })));
}

export function toSentence(step, wanted = () => true) {
  const list = sentences();
  const here = selected() ?? (toSentence.map === S.map ? toSentence.last : null);
  let n = here ? list.findIndex((each) => each.source === here.source && each.end > here.start) : -1;
  if (n < 0 && step < 0) n = list.length;
  do n += step;
  while (list[n] && !wanted(list[n]));
  if (!list[n]) return say(step > 0 ? "This is the last one" : "This is the first one");
  Object.assign(toSentence, { last: list[n], map: S.map });
  selectWords(list[n].source, list[n].start, list[n].end);
  byId("said").textContent = getSelection().toString();
}

export const isLeftOut = ({ source, start, end }) => now().sources[source].paragraphs.some((paragraph) =>
  paragraph.runs.some(([at, text, , , , leftOut]) => leftOut && at < end && start < at + points(text)));

// --- acts ----------------------------------------------------------------------------------------------------------------

function wordsOrSentence() {
  const words = selected();
  if (!words) say("Select some words first; the arrow keys go from sentence to sentence", true);
  return words;
}

export async function markWords() {
  const words = wordsOrSentence();
  if (!words) return;
  Object.assign(toSentence, { last: words, map: S.map });
  getSelection().removeAllRanges();
  const made = await editAndSelect("mark", words);
  if (made) say(`Claim made: ${now().claims[made].text}`);
}

export async function addWords() {
  const words = wordsOrSentence();
  if (!words) return;
  if (!S.claim) return say("Select the claim first to which the words belong", true);
  getSelection().removeAllRanges();
  if (await edit("mark", { ...words, claim: S.claim })) say("Words added to the claim");
}

export async function setAside() {
  const words = wordsOrSentence();
  const why = words && (await askReason("Why do these words claim nothing?"));
  if (!why) return;
  Object.assign(toSentence, { last: words, map: S.map });
  if (await edit("set_aside", { ...words, ...why })) say("Set aside");
}

export async function takeBack() {
  const words = wordsOrSentence();
  if (words && (await edit("take_back", words))) say("Taken back");
}

export function startReading() {
  const bar = byId("marking");
  bar.append(
    button("Make a claim", markWords, { "aria-keyshortcuts": "m" }), button("Add to the claim", addWords, { id: "add-words", "aria-keyshortcuts": "q" }),
    button("Set aside", setAside, { "aria-keyshortcuts": "z" }), button("Take back", takeBack, { id: "take-back" }));
  for (const each of all("button", bar)) each.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
  const place = () => {
    const words = S.view === "read" ? selected() : null;
    bar.hidden = !words;
    if (!words) return;
    byId("add-words").hidden = !S.claim;
    byId("take-back").hidden = !all(".set-aside", pane()).some((run) => getSelection().containsNode(run, true));
    const spot = getSelection().getRangeAt(0).getBoundingClientRect();
    const frame = pane().getBoundingClientRect();
    const above = spot.top - bar.offsetHeight - 8;
    bar.style.top = `${Math.max(frame.top + 4, above < frame.top ? Math.min(spot.bottom + 8, frame.bottom - bar.offsetHeight - 4) : above)}px`;
    bar.style.left = `${Math.max(8, Math.min(spot.left, innerWidth - bar.offsetWidth - 8))}px`;
  };
  document.addEventListener("selectionchange", place);
  pane().addEventListener("scroll", place, { passive: true });
  pane().addEventListener("click", (event) => {
    const run = event.target.closest("[data-claims]");
    if (!run || !getSelection().isCollapsed) return;
    const claims = run.dataset.claims.split(" ");
    select(claims[(claims.indexOf(S.claim) + 1) % claims.length], null, { from: "text" }); // a click more takes the next claim of these words
  });
  pane().addEventListener("keydown", (event) => {
    if (event.target !== pane() || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !event.shiftKey) toSentence(step);
    else if (event.shiftKey && ["ArrowLeft", "ArrowRight"].includes(event.key) && selected()) {
      getSelection().modify("extend", event.key === "ArrowRight" ? "forward" : "backward", "word");
    } else if (event.key === "Enter") markWords();
    else return;
    event.preventDefault();
  });
}
