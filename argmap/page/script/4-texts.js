// The texts: lines between a passage and its counterparts, and arrow keys from passage to passage.

const spread = document.querySelector(".spread");
const SVG = "http://www.w3.org/2000/svg";
let threaded = [];

const passagesOf = (refs) => all(".passage", spread ?? document).filter((passage) => refsOf(passage).some((ref) => refs.includes(ref)));

/** Start of a line: the inner edge of the passage's pane, within the visible part of the pane. */
function anchorOf(passages, frame) {
  const pane = passages[0].closest(".essay").getBoundingClientRect();
  const boxes = passages.map((passage) => passage.getBoundingClientRect());
  const middle = (Math.min(...boxes.map((box) => box.top)) + Math.max(...boxes.map((box) => box.bottom))) / 2;
  const y = Math.min(Math.max(middle, pane.top + 8), pane.bottom - 8) - frame.top;
  return { left: pane.left - frame.left, right: pane.right - frame.left, y };
}

function drawThreads(refs) {
  threaded = refs;
  const svg = spread?.querySelector(".threads");
  if (!svg) return;
  svg.replaceChildren();
  if (getComputedStyle(svg).display === "none") return;
  const frame = spread.getBoundingClientRect();
  const drawn = new Set();
  for (const change of refs.flatMap(changesOf)) {
    for (const before of change.before) {
      for (const after of change.after) {
        if (!refs.includes(before) && !refs.includes(after)) continue;
        const ends = [passagesOf([before]), passagesOf([after])];
        if (!ends[0].length || !ends[1].length || drawn.has(before + after)) continue;
        drawn.add(before + after);
        thread(svg, anchorOf(ends[0], frame), anchorOf(ends[1], frame), change.suggested);
      }
    }
  }
}

function thread(svg, start, end, guessed) {
  const path = document.createElementNS(SVG, "path");
  const [x0, x1] = start.right <= end.left ? [start.right + 4, end.left - 10] : [start.left - 4, end.right + 10];
  const bend = (x1 - x0) / 2;
  path.setAttribute("d", `M${x0} ${start.y}C${x0 + bend} ${start.y} ${x1 - bend} ${end.y} ${x1} ${end.y}`);
  if (guessed) path.setAttribute("class", "guessed");
  const tip = document.createElementNS(SVG, "path");
  const back = Math.sign(x1 - x0) * 8;
  tip.setAttribute("d", `M${x1 + back} ${end.y}L${x1} ${end.y - 4.5}V${end.y + 4.5}Z`);
  tip.setAttribute("class", "tipped");
  svg.append(path, tip);
}

/** Scroll a passage to the middle of its pane without scrolling the page. */
function scrollPane(passage) {
  const pane = passage.closest(".essay");
  if (pane.scrollHeight <= pane.clientHeight) return;
  const box = passage.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  pane.scrollBy({ top: box.top - frame.top - (frame.height - box.height) / 2 });
}

function showInTexts(refs) {
  for (const which of [refs, answersTo(refs)]) {
    const seen = new Set();
    for (const passage of passagesOf(which)) {
      const pane = passage.closest(".essay");
      if (!seen.has(pane) && passage !== document.activeElement) scrollPane(passage);
      seen.add(pane);
    }
  }
}

function startTexts() {
  for (const essay of all(".essay")) {
    const passages = all("a.passage", essay);
    passages.forEach((passage, place) => passage.setAttribute("tabindex", place ? "-1" : "0"));
    essay.addEventListener("focusin", (event) => {
      if (!event.target.matches(".passage")) return;
      for (const passage of passages) passage.setAttribute("tabindex", passage === event.target ? "0" : "-1");
    });
    essay.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const end = { Home: 0, End: passages.length - 1 }[event.key];
      const at = passages.indexOf(document.activeElement);
      if (step === undefined && (end === undefined || at < 0)) return;
      const next = passages[step === undefined ? end : Math.min(Math.max(at + step, 0), passages.length - 1)];
      if (!next) return;
      event.preventDefault();
      next.focus({ preventScroll: true });
      scrollPane(next);
    });
    essay.addEventListener("scroll", () => requestAnimationFrame(() => drawThreads(threaded)), { passive: true });
  }
  addEventListener("resize", () => drawThreads(threaded));
  document.querySelector(".texts-fold")?.addEventListener("toggle", () => drawThreads(threaded));
}
