// Shared by all parts: make elements, ask the server, choose from a list, ask for words, show both sides of a conflict.

export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const byId = (id) => document.getElementById(id);

/** Make an element; words of a map only become text or attribute values. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const button = (words, act, attributes = {}) => make("button", { type: "button", class: "quiet", click: act, ...attributes }, words);

/** Tell a screen reader, and for a mistake everybody. */
export function say(words, isProblem = false) {
  byId("said").textContent = words;
  const notice = byId("notice");
  clearTimeout(say.timer);
  notice.textContent = words;
  notice.hidden = false;
  notice.classList.toggle("problem", isProblem);
  say.timer = setTimeout(() => (notice.hidden = true), isProblem ? 9000 : 2500);
}

export class Refusal extends Error {
  constructor(status, answer) {
    super(answer.message);
    Object.assign(this, { status, answer });
  }
}

async function answered(asking) {
  let response;
  try {
    response = await asking;
  } catch {
    throw new Refusal(0, { message: "The editor does not answer. Start it again with argmap edit." });
  }
  const answer = await response.json();
  if (!response.ok) throw new Refusal(response.status, answer);
  return answer;
}

export const get = (path, query = []) => answered(fetch(`${path}?${new URLSearchParams(query)}`));
export const post = (path, data) =>
  answered(fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) }));

// --- dialogs ---------------------------------------------------------------------------------------------------------

/** Show a dialog and wait until it is closed; `fill` gets a function that closes it with a value. */
function dialog(name, title, fill) {
  return new Promise((done) => {
    const back = document.activeElement;
    const box = make("dialog", { class: name, "aria-labelledby": "dialog-title" }, make("h2", { id: "dialog-title" }, title));
    let result = null;
    const close = (value) => {
      result = value;
      box.close();
    };
    box.append(...fill(close));
    box.addEventListener("keydown", (event) => event.stopPropagation());
    box.addEventListener("click", (event) => {
      if (event.target === box) box.close();
    });
    box.addEventListener("close", () => {
      box.remove();
      if (back?.isConnected) back.focus({ preventScroll: true });
      done(result);
    });
    document.body.append(box);
    box.showModal();
  });
}

/** Let a person choose from items `{label, hint, value}` by arrows, typing or a click; `free` also takes other words. */
export function choose(title, items, { free = null, now = null } = {}) {
  return dialog("chooser", title, (close) => {
    const list = make("ul", { role: "listbox", id: "choices", "aria-label": title });
    const input = make("input", {
      type: "text", role: "combobox", "aria-label": title, "aria-controls": "choices", "aria-expanded": "true",
      "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: free ?? "Type to search",
    });
    let shown = [];
    let at = 0;
    const point = (to) => {
      at = Math.max(0, Math.min(to, shown.length - 1));
      for (const [n, row] of [...list.children].entries()) row.setAttribute("aria-selected", n === at);
      const row = list.children[at];
      if (row) input.setAttribute("aria-activedescendant", row.id);
      else input.removeAttribute("aria-activedescendant");
      row?.scrollIntoView({ block: "nearest" });
    };
    const fill = () => {
      const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      const hits = items.filter((item) => {
        const text = `${item.label} ${item.hint ?? ""} ${item.also ?? ""}`.toLocaleLowerCase();
        return words.every((word) => text.includes(word));
      });
      shown = hits.slice(0, 60);
      if (free && input.value.trim()) shown.push({ label: `“${input.value.trim()}”`, hint: "in your own words", free: input.value.trim() });
      list.replaceChildren(...shown.map((item, n) =>
        make("li", { role: "option", id: `choice-${n}`, class: item.class, click: () => close(item) },
          make("span", { class: "choice" }, item.label), item.hint ? make("span", { class: "hint" }, item.hint) : null)));
      if (!shown.length) list.append(make("li", { class: "hint", role: "option", "aria-disabled": "true" }, "Nothing found"));
      point(words.length ? 0 : Math.max(0, shown.findIndex((item) => item.value === now)));
    };
    input.addEventListener("input", fill);
    input.addEventListener("keydown", (event) => {
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
      if (steps) point(at + steps);
      else if (event.key === "Enter" && shown[at]) close(shown[at]);
      else return;
      event.preventDefault();
    });
    fill();
    return [input, list];
  });
}

/** Ask for words. */
export function ask(title, value = "", { long = false, label = title } = {}) {
  return dialog("asking", title, (close) => {
    const input = make(long ? "textarea" : "input", { "aria-label": label, rows: 3 });
    input.value = value;
    const form = make("form", { method: "dialog" }, input,
      make("p", { class: "row" }, make("button", { class: "quiet strong" }, "Done"), button("Cancel", () => close(null))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      close(input.value.trim() || null);
    });
    if (long) input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) close(input.value.trim() || null);
    });
    return [form];
  });
}

/** Show an edit that was refused beside the file as it is now; true to make the edit on it. */
export function conflict(refusal) {
  const side = (title, lines) =>
    make("section", {}, make("h3", {}, title),
      lines?.length ? make("pre", { tabindex: "0" }, ...lines.map((line) =>
        make("span", { class: line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : line.startsWith("@@") ? "hint" : "" }, `${line.startsWith("@@") ? "…" : line}\n`)))
        : make("p", { class: "hint" }, "No lines to show."));
  return dialog("conflict", refusal.message, (close) => [
    make("div", { class: "sides" }, side("Your edit, on the file as you saw it", refusal.answer.yours), side("What changed in the file meanwhile", refusal.answer.theirs)),
    make("p", { class: "row" },
      button("Make my edit on the file as it is now", () => close(true), { class: "quiet strong" }),
      button("Leave the file as it is now", () => close(false))),
  ]);
}

export function table(title, rows) {
  return dialog("keys", title, (close) => [
    make("div", { class: "key-columns" }, ...rows.map(([heading, keys]) => make("section", {}, make("h3", {}, heading),
      make("dl", {}, ...keys.flatMap(([key, what]) => [make("dt", {}, ...key.split(" ").map((each) => make("kbd", {}, each))), make("dd", {}, what)]))))),
    make("p", { class: "row" }, button("Close", () => close(null), { class: "quiet strong" })),
  ]);
}
