// What the page knows: the files with their versions, and what is selected. The files on disk are the truth.

import { Refusal, conflict, get, post, say } from "./ui.js";

export const S = { words: {}, listing: [], files: new Map(), map: null, view: "read", claim: null, relation: null, undo: [0, 0] };
const listeners = [];
export const onChange = (listener) => listeners.push(listener);
export const refresh = (what = "all") => listeners.forEach((listener) => listener(what));

export const mapNames = () => S.listing.filter((file) => file.kind === "map").map((file) => file.name);
export const file = (name = S.map) => S.files.get(name);
export const now = (name = S.map) => S.files.get(name)?.view;
export const claimNow = () => now()?.claims[S.claim];
export const series = (name) => `s${Math.max(0, mapNames().indexOf(name)) % 6}`;
export const idOf = (name) => S.listing.find((each) => each.name === name)?.id ?? name;

/** A reloaded page goes on with its undo; a copy of it begins its own. */
export const client = (() => {
  const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
  const known = reloaded ? sessionStorage.getItem("argmap-client") : null;
  const id = known ?? crypto.randomUUID();
  sessionStorage.setItem("argmap-client", id);
  return id;
})();

export async function load(name) {
  const answer = await get("file", { name });
  const before = S.files.get(name);
  S.files.set(name, answer);
  return JSON.stringify(before) !== JSON.stringify(answer);
}

/** Select a claim or a relation; both may be null. */
export function select(claim, relation = null, how = {}) {
  Object.assign(S, { claim, relation });
  refresh("select");
  if (claim) document.dispatchEvent(new CustomEvent("reveal", { detail: { claim, from: how.from } }));
}

let queue = Promise.resolve();

/** Send edits one after the other, so that each knows the version that the one before made. */
function queued(send, name) {
  const run = queue.then(async () => {
    try {
      return taken(await send());
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.status !== 409) {
        say(refusal.message, true);
        if (refusal.status) await stale(name);
        return null;
      }
      const again = await conflict(refusal);
      await load(name);
      refresh();
      if (!again) return null;
      try {
        return taken(await send());
      } catch (second) {
        say(second.message, true);
        return null;
      }
    }
  });
  queue = run.catch(() => null);
  return run;
}

async function stale(name) {
  if (name && (await load(name).catch(() => false))) refresh();
}

async function taken(answer) {
  if (answer.gone) {
    S.files.delete(answer.name);
    S.listing = S.listing.filter((each) => each.name !== answer.name);
  } else S.files.set(answer.name, answer);
  S.undo = answer.undo;
  const entry = S.listing.find((each) => each.name === answer.name);
  if (entry?.kind === "codebook") await Promise.all([...S.files.keys()].filter((name) => mapNames().includes(name)).map(load));
  if (S.claim && now() && !now().claims[S.claim]) S.claim = null;
  if (S.relation !== null && !now()?.relations[S.relation]) S.relation = null;
  refresh();
  return answer;
}

/** Make an edit and save it; gives the file's answer, or null if it was refused. */
export const edit = (does, args = {}, name = S.map) =>
  queued(() => post("edit", { client, file: name, version: S.files.get(name).version, do: does, with: args }), name);

/** Make an edit that adds a claim, and select it. */
export async function editAndSelect(does, args) {
  const before = new Set(Object.keys(now().claims));
  const answer = await edit(does, args);
  const made = answer && Object.keys(answer.view.claims).find((id) => !before.has(id));
  if (made) select(made, null, { from: "text" });
  return made ?? null;
}

export async function history(step) {
  const answer = await queued(() => post(step, { client }), S.map);
  if (answer) say(step === "undo" ? "Undone" : "Done again");
}

/** The alignment of two maps; made if there is none. */
export async function alignmentOf(before, after, known) {
  if (known && S.files.has(known)) return known;
  const answer = await queued(() => post("align", { client, before, after }), null);
  if (answer && !S.listing.some((each) => each.name === answer.name)) S.listing.push({ name: answer.name, kind: "alignment" });
  return answer?.name ?? null;
}

async function heard(listing) {
  const codebooks = listing.files.filter((each) => each.kind === "codebook");
  const stale = S.others !== listing.others || codebooks.some((each) => S.listing.find((old) => old.name === each.name)?.version !== each.version);
  S.listing = listing.files;
  S.others = listing.others;
  let differs = false;
  for (const [name, known] of S.files) {
    const told = listing.files.find((each) => each.name === name);
    if (!told) {
      S.files.delete(name);
      differs = true;
      continue;
    }
    if (told.version !== known.version || (stale && mapNames().includes(name))) differs = (await load(name)) || differs;
  }
  if (!mapNames().includes(S.map)) Object.assign(S, { map: mapNames()[0], claim: null, relation: null }); // the file is gone
  if (S.claim && now() && !now().claims[S.claim]) S.claim = null;
  if (differs) refresh();
  else refresh("list");
}

/** Hear of changes made elsewhere; a hidden page listens no longer, so that it holds no connection. */
export function listen() {
  let events = null;
  const connect = () => {
    if (document.hidden) {
      events?.close();
      events = null;
    } else if (!events) {
      events = new EventSource("events");
      for (const name of ["hello", "changed"]) {
        events.addEventListener(name, (event) => (queue = queue.then(() => heard(JSON.parse(event.data))).catch(() => null)));
      }
      events.addEventListener("error", () => say("The editor does not answer. Start it again with argmap edit.", true));
      events.addEventListener("open", () => document.documentElement.classList.add("heard"));
    }
  };
  document.addEventListener("visibilitychange", connect);
  connect();
}
