// Pictures that stand still: point at a box, or tap it, to read the words behind it; select it to go to the passage.

const peek = document.getElementById("peek");
const ALSO = 3; // other claims on the same question that are named

function peekAt(box) {
  const refs = refsOf(box).filter((ref) => Object.hasOwn(DATA.claims, ref));
  if (!refs.length) return;
  peek.replaceChildren(...refs.flatMap(peekOf));
  peek.hidden = false;
  box.setAttribute("aria-describedby", "peek");
  const at = box.getBoundingClientRect();
  const { offsetWidth: w, offsetHeight: h } = peek;
  const top = at.bottom + 6 + h < innerHeight ? at.bottom + 6 : Math.max(at.top - h - 6, 8);
  peek.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - w - 8))}px`;
  peek.style.top = `${top}px`;
}

function peekOf(ref) {
  const claim = DATA.claims[ref];
  const became = changesOf(ref).map((change) => {
    const forward = change.before.includes(ref);
    const others = forward ? change.after : change.before;
    const lead = make("p", { class: "lead-in" }, `${forward ? "In" : "From"} ${forward ? change.to : change.from}, `, make("b", {}, change.suggested ? `suggested: ${change.label}` : change.label), ":");
    return make("div", {}, lead, ...others.flatMap((other) => quotes(DATA.claims[other])), change.because ? make("p", { class: "because" }, make("bdi", {}, change.because)) : null);
  });
  const also = claim.issue ? Object.entries(DATA.claims).filter(([other, one]) => other !== ref && one.issue === claim.issue && one.text_id === claim.text_id).map(([, one]) => one.text) : [];
  const more = also.length > ALSO ? `, and ${also.length - ALSO} more` : "";
  return [
    make("p", { class: `s${claim.series}` }, make("b", {}, claim.text_id), ` ${claim.text}`),
    ...quotes(claim),
    ...became,
    became.length || !DATA.silences[ref] ? null : make("p", { class: "because" }, DATA.silences[ref]),
    also.length ? make("p", { class: "because" }, `Also on this question: ${also.slice(0, ALSO).join(" · ")}${more}`) : null,
  ].filter(Boolean);
}

function unpeek() {
  peek.hidden = true;
  for (const box of all('[aria-describedby="peek"]')) box.removeAttribute("aria-describedby");
}

function startStills() {
  for (const svg of all(".still svg")) {
    const boxes = all("[data-claims]", svg);
    // The browser would show its own label over ours.
    for (const box of boxes) box.querySelector("title")?.remove();
    const stop = (box) => boxes.forEach((one) => one.setAttribute("tabindex", one === box ? "0" : "-1"));
    stop(boxes[0]);
    let tapped = false;
    svg.addEventListener("pointerdown", (event) => { tapped = event.pointerType === "touch"; });
    svg.addEventListener("pointerover", (event) => {
      const box = event.target.closest("[data-claims]");
      if (box) peekAt(box);
    });
    svg.addEventListener("pointerout", (event) => {
      if (!peek.contains(event.relatedTarget)) unpeek();
    });
    svg.addEventListener("focusin", (event) => {
      const box = event.target.closest("[data-claims]");
      if (!box) return;
      stop(box);
      if (box.matches(":focus-visible")) peekAt(box);
    });
    svg.addEventListener("focusout", unpeek);
    // A tap shows the words first; the tray then leads to the passage.
    const choose = (box, reveal, focus) => {
      unpeek();
      select(refsOf(box), { from: box, reveal, focus });
    };
    svg.addEventListener("click", (event) => {
      const box = event.target.closest("[data-claims]");
      if (box) choose(box, !tapped, false);
    });
    svg.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      const box = event.target.closest("[data-claims]");
      if (!box) return;
      if (way) nearest(boxes, box, way)?.focus({ preventScroll: false });
      else if (event.key === "Enter" || event.key === " ") choose(box, true, true);
      else if (event.key === "Escape" && !peek.hidden) unpeek();
      else return;
      event.preventDefault();
    });
  }
  peek.addEventListener("pointerleave", unpeek);
  addEventListener("scroll", () => {
    if (peek.hidden) return;
    const box = document.activeElement.closest(".still [data-claims]:focus-visible");
    if (box) peekAt(box);
    else unpeek();
  }, { passive: true });
}
