// Search over all claims. The index lies in small scripts beside the page, and those that a search needs are loaded.
// `terms` is the same function as in search_index.py.

const SHOWN = 20;
const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3134f}";
const RUN = new RegExp(`[${UNSPACED}]+|[^${UNSPACED} ]+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };

function folded(text) {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g, "").toLowerCase();
  return plain.replace(/[ßæœøłđðþıς]/g, (letter) => LETTERS[letter]).normalize("NFC");
}

const runs = (text) => folded(text).replace(/[^\p{L}\p{N}\p{M}]/gu, " ").match(RUN) ?? [];

/** Terms of a query: each with whether it may go on. Of a run without spaces, all pairs of letters; a single letter may go on. */
function asked(text) {
  const found = [];
  const words = runs(text);
  const unfinished = /[\p{L}\p{N}\p{M}]$/u.test(text);
  words.forEach((word, n) => {
    const letters = [...word];
    if (!IS_UNSPACED.test(word)) found.push([word, unfinished && n === words.length - 1]);
    else if (letters.length === 1) found.push([word, true]);
    else for (let k = 0; k + 1 < letters.length; k++) found.push([letters[k] + letters[k + 1], false]);
  });
  return found;
}

// ── parts of the index ──────────────────────────────────────────────────────────────────────────────────────────────

const parts = new Map();
const arrived = new Map();
globalThis.argmapPart = (name, data) => arrived.set(name, data);

function part(name) {
  if (!parts.has(name)) {
    parts.set(name, new Promise((done, failed) => {
      const script = make("script", { src: `search/${name}.js`, charset: "utf-8" });
      script.addEventListener("load", () => { done(arrived.get(name)); arrived.delete(name); script.remove(); });
      script.addEventListener("error", () => failed(new Error(`search/${name}.js cannot be loaded`)));
      document.head.append(script);
    }));
  }
  return parts.get(name);
}

/** Number of the last entry of a sorted list that is not after a value. */
function last(list, value, of = (entry) => entry) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(list[middle]) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Points of each claim for a term: 0 without it, 1 in quotes or speaker, 2 in the statement. */
async function pointsOf(index, term, unfinished) {
  const points = new Uint8Array(index.all);
  const end = unfinished ? `${term}\uffff` : term;
  const from = Math.max(last(index.terms, term), 0);
  const numbers = [];
  for (let n = from; n < index.terms.length && (n === from || index.terms[n] <= end); n++) numbers.push(n);
  for (const entries of await Promise.all(numbers.map((n) => part(`t${n}`)))) {
    for (let n = last(entries, term, (entry) => entry[0]); n < entries.length; n++) {
      const [found, packed] = entries[Math.max(n, 0)];
      if (n < 0 || found < term) continue;
      if (found !== term && !(unfinished && found.startsWith(term))) break;
      // Differences in base 36, with spaces between them.
      let at = 0;
      let step = 0;
      for (let k = 0; k <= packed.length; k++) {
        const code = k < packed.length ? packed.charCodeAt(k) : 32;
        if (code !== 32) {
          step = step * 36 + code - (code < 58 ? 48 : 87);
          continue;
        }
        at += step;
        step = 0;
        const number = Math.floor(at / 2);
        const stated = 1 + (at % 2);
        if (points[number] < stated) points[number] = stated;
      }
    }
  }
  return points;
}

/** Numbers of the claims that have all terms; those with more of them in their statement first, else in the order of the texts. */
async function search(text) {
  const query = asked(text);
  if (!query.length) return [];
  const index = await part("texts");
  const all = await Promise.all(query.map(([term, unfinished]) => pointsOf(index, term, unfinished)));
  const ranks = Array.from({ length: query.length + 1 }, () => []);
  for (let n = 0; n < index.all; n++) {
    let points = 0;
    for (const one of all) {
      if (!one[n]) { points = 0; break; }
      points += one[n];
    }
    if (points) ranks[2 * query.length - points].push(n);
  }
  return ranks.flat();
}

async function claim(number) {
  const index = await part("texts");
  const text = index.texts[last(index.texts, number, (entry) => entry[4])];
  const of = last(index.claims, number);
  const [id, statement, quotes, speaker, use, condition, apart] = (await part(`c${of}`))[number - index.claims[of]];
  const [page, map, title, date] = text;
  return { id, statement, quotes, speaker, use, condition, apart, page, map, title: title || map, date };
}

// ── what is shown ───────────────────────────────────────────────────────────────────────────────────────────────────

const form = document.getElementById("search");
const field = document.getElementById("query");
const results = document.getElementById("results");
const more = document.getElementById("more");
let found = [];
let latest = 0;

/** A text with the words of the query marked. */
function marked(text, query) {
  const pieces = text.split(/([\p{L}\p{N}\p{M}]+)/u);
  return pieces.map((piece, n) => (n % 2 && [...asked(`${piece} `)].some(([term]) => query.some(([want, unfinished]) => term === want || (unfinished && term.startsWith(want)))) ? make("mark", {}, piece) : piece));
}

async function show(query, from) {
  const turn = latest;
  const claims = await Promise.all(found.slice(from, from + SHOWN).map(claim));
  if (turn !== latest) return;
  const items = claims.map((one) => {
    const place = `${one.page}#claim=${encodeURIComponent(one.map)}/${encodeURIComponent(one.id)}`;
    const quotes = one.quotes.map((quote) => {
      const [exact, status] = typeof quote === "string" ? [quote, null] : quote;
      const told = { failed: " not found in the text", unchecked: " unchecked: the map has no text" }[status];
      return make("p", { class: "quote" }, make("q", {}, make("bdi", {}, ...marked(exact, query))), told ? make("span", { class: `quote-status ${status}` }, told) : null);
    });
    const condition = one.condition ? make("p", { class: "meta" }, "If: ", make("q", {}, make("bdi", {}, ...marked(one.condition, query))), one.apart ? " (in another sentence)" : null) : null;
    const use = one.use ? make("span", { class: "doing" }, one.use) : null;
    const speaker = one.speaker ? make("span", { class: "speaker" }, make("bdi", {}, ...marked(one.speaker, query))) : null;
    return make("li", {}, make("a", { href: place }, make("bdi", {}, ...marked(one.statement, query))), condition, ...quotes, make("p", { class: "meta" }, make("span", {}, make("bdi", {}, one.title)), one.date ? make("span", {}, one.date) : null, use, speaker));
  });
  if (!from) results.replaceChildren();
  results.append(...items);
  more.hidden = from + SHOWN >= found.length;
  if (from) items[0]?.querySelector("a").focus();
}

function told(text) {
  document.getElementById("found").textContent = text;
}

async function ask() {
  const turn = ++latest;
  const text = field.value;
  try {
    history.replaceState(null, "", text.trim() ? `#q=${encodeURIComponent(text.trim())}` : location.pathname + location.search);
  } catch {
    // Some viewers of saved pages forbid this; the search still works.
  }
  if (!runs(text).length) {
    found = [];
    results.replaceChildren();
    more.hidden = true;
    told("");
    return;
  }
  try {
    const all = await search(text);
    if (turn !== latest) return;
    found = all;
    await show(asked(text), 0);
    if (turn === latest) told(found.length ? `${found.length.toLocaleString("en")} ${found.length === 1 ? "claim" : "claims"}` : "No claim has all these words.");
  } catch (error) {
    told(`The search does not work here: ${error.message}. The files in “search” belong beside this page.`);
  }
}

if (form) {
  let waiting = 0;
  field.addEventListener("focus", () => part("texts").catch(() => {}), { once: true });
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 60);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    ask();
  });
  more.addEventListener("click", () => show(asked(field.value), results.childElementCount));
  const fromAddress = () => {
    if (!location.hash.startsWith("#q=")) return;
    try {
      field.value = decodeURIComponent(location.hash.slice(3));
    } catch {
      return; // not an address of this page
    }
    ask();
  };
  addEventListener("hashchange", fromAddress);
  fromAddress();
}
