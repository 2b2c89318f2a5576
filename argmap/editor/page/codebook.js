// The codebook: questions and their scales. Drag, or Alt with the arrow keys, puts them in order.

import { all, ask, button, byId, make, say } from "./ui.js";
import { S, edit, load, mapNames, now } from "./state.js";

const bookOf = () => S.listing.find((each) => each.kind === "codebook")?.name;

/** The file that holds the questions: the codebook, or the map itself. */
function home() {
  const book = bookOf();
  return book && (!now()?.codebook || now().codebook === book) ? book : S.map;
}

export async function drawCodebook() {
  const name = home();
  if (!S.files.has(name)) await load(name);
  const box = byId("codebook");
  if (S.view !== "codebook") return;
  const view = now(name);
  if (!view) return box.replaceChildren(make("p", { class: "hint" }, S.files.get(name)?.problem ?? "There is no codebook here."));
  const held = box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const place = box.scrollTop;
  const uses = (issue, position = null) => mapNames().reduce((sum, map) => sum + Object.values(now(map)?.claims ?? {}).filter((claim) => claim.issue === issue && (position === null || claim.position === position)).length, 0);
  const input = (label, value, save, key) => {
    const control = make("input", { "aria-label": label, "data-key": key, change: () => control.value.trim() !== value && save(control.value.trim()) });
    control.value = value;
    control.defaultValue = value;
    return control;
  };
  const send = (does, args) => edit(does, args, name);
  const issues = Object.entries(view.issues);
  box.replaceChildren(
    make("header", {}, make("h2", {}, view.title ?? "Questions"), make("p", { class: "hint" }, `${name}. The first question is the headline. Drag by the handle, or hold Alt and press an arrow key.`)),
    make("ol", { class: "issues" }, ...issues.map(([key, issue], n) => {
      const scale = Object.entries(issue.scale);
      return make("li", { class: "issue", "data-issue": key, "data-at": n },
        make("div", { class: "issue-head" }, handle(`Move the question “${issue.question}”`, `move-${key}`),
          input("Question", issue.question, (question) => send("change_issue", { issue: key, fields: { question } }), `question-${key}`),
          input("Short name", issue.label ?? "", (label) => send("change_issue", { issue: key, fields: { label } }), `label-${key}`),
          make("span", { class: "hint" }, `${uses(key)} claims`),
          button("Remove", async () => (await send("drop_issue", { issue: key })) && say("Question removed; undo brings it back"), { "aria-label": `Remove the question “${issue.question}”` })),
        make("ol", { class: "scale-list", "aria-label": `Scale of “${issue.question}”` }, ...scale.map(([position, label], k) =>
          make("li", { "data-position": position, "data-at": k }, handle(`Move “${label}”`, `move-${key}-${position}`), make("kbd", {}, String(k + 1)),
            input(`Position ${k + 1}`, label, (words) => send("change_position", { issue: key, position, label: words }), `position-${key}-${position}`),
            make("span", { class: "hint" }, uses(key, position) || ""),
            button("×", () => send("drop_position", { issue: key, position }), { "aria-label": `Remove “${label}”` })))),
        button(scale.length ? "Add a position …" : "Add a scale …", async () => {
          const label = await ask(scale.length ? "Next position on the scale" : "First position on the scale, from one end to the other");
          if (label) send("add_position", { issue: key, label });
        }, { "data-key": `add-${key}` }));
    })),
    make("p", {}, button("Add a question …", async () => {
      const question = await ask("A question on which texts take positions");
      if (question) send("add_issue", { question });
    }, { "data-key": "add" })),
    view.findings?.filter((found) => found.at[0] === "issues").length ? make("ul", { class: "findings" }, ...view.findings.filter((found) => found.at[0] === "issues").map((found) => make("li", { class: `finding ${found.severity}` }, found.message, " ", found.hint ?? ""))) : "");
  box.scrollTop = place;
  if (held) all("[data-key]", box).find((each) => each.dataset.key === held)?.focus();
}

const handle = (label, key) => make("button", { type: "button", class: "handle plain", "aria-label": `${label}: Alt and an arrow key`, "data-key": key, title: "Drag, or Alt and an arrow key" }, "⠿");

function move(row, to) {
  const args = row.dataset.position ? { issue: row.closest("[data-issue]").dataset.issue, position: row.dataset.position, to } : { issue: row.dataset.issue, to };
  return edit(row.dataset.position ? "move_position" : "move_issue", args, home());
}

export function startCodebook() {
  const box = byId("codebook");
  box.addEventListener("keydown", (event) => {
    const row = event.target.closest(".handle")?.closest("[data-at]");
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (!row || !step || !event.altKey) return;
    event.preventDefault();
    const to = Number(row.dataset.at) + step;
    if (to >= 0 && to < row.parentElement.children.length) move(row, to);
  });
  let drag = null;
  box.addEventListener("pointerdown", (event) => {
    const row = event.target.closest(".handle")?.closest("[data-at]");
    if (!row || event.button !== 0) return;
    drag = { row, id: event.pointerId };
    event.target.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    drag.row.classList.add("moving");
    const rows = [...drag.row.parentElement.children];
    const over = rows.find((row) => {
      const spot = row.getBoundingClientRect();
      return event.clientY >= spot.top && event.clientY < spot.bottom && (!drag.row.dataset.position || (event.clientX >= spot.left && event.clientX < spot.right));
    });
    for (const row of all(".drop-here", box)) row.classList.remove("drop-here");
    drag.over = over && over !== drag.row ? over : null;
    drag.over?.classList.add("drop-here");
  });
  const end = () => {
    drag?.row.classList.remove("moving");
    for (const row of all(".drop-here", box)) row.classList.remove("drop-here");
    const done = drag;
    drag = null;
    return done;
  };
  box.addEventListener("pointerup", () => {
    const done = end();
    if (done?.over) move(done.row, Number(done.over.dataset.at));
  });
  box.addEventListener("pointercancel", end);
}
