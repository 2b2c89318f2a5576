// The tray at the foot of the window: the selected claims, their relations and their changes.

const tray = document.getElementById("tray");

const link = (ref) => {
  const claim = DATA.claims[ref];
  const unstated = claim?.implicit ? make("span", { class: "doing unstated" }, "unstated premise") : null;
  return make("a", { href: `#claim=${ref}`, "data-reveal": "yes" }, make("bdi", {}, claim ? claim.text : ref), unstated ? " " : null, unstated);
};

function list(title, refs) {
  if (!refs.length) return null;
  const items = refs.map((ref) => make("li", { class: DATA.claims[ref] ? `s${DATA.claims[ref].series}` : null }, DATA.claims[ref] ? link(ref) : ref));
  return make("div", { class: "row" }, make("h3", {}, title), make("ul", {}, ...items));
}

/** Whether the words were found in the text; nothing for those that were. */
function statusOf(status) {
  if (status === "checked") return null;
  return make("span", { class: `quote-status ${status}` }, status === "failed" ? " not found in the text" : " unchecked: the map has no text");
}

function quotes(claim) {
  return claim.quotes.map(([exact, paragraph, status]) =>
    make("blockquote", {}, make("p", {}, make("q", {}, make("bdi", {}, exact)), paragraph ? make("span", { class: "place" }, ` ¶\u00a0${paragraph}`) : "", statusOf(status))),
  );
}

function claimCard(ref) {
  const claim = DATA.claims[ref];
  const heading = make("h2", {}, make("b", { class: `s${claim.series}` }, claim.text_id), ` · ${[claim.role, ...claim.about].join(" · ")}`);
  const note = claim.note ? make("p", { class: "because" }, "Analyst’s note: ", make("bdi", {}, claim.note)) : null;
  const place = claim.place ? make("p", { class: "because" }, claim.place) : null;
  const mine = make("div", { class: `claim s${claim.series}` }, heading, make("p", { class: "claim-text" }, make("bdi", {}, claim.text)), ...quotes(claim), make("p", { class: "meta" }, claim.whose), place, note);
  const ties = (DATA.ties[ref] ?? []).map(([lead, refs]) => list(lead, refs));
  const became = changesOf(ref).map((change) => {
    const forward = change.before.includes(ref);
    const others = forward ? change.after : change.before;
    return make(
      "div",
      { class: "row" },
      make("h3", {}, `${forward ? "In" : "From"} ${forward ? change.to : change.from}: `, make("span", { class: "turned" }, change.suggested ? `suggested: ${change.label}` : change.label)),
      make("ul", {}, ...others.map((other) => make("li", { class: `s${DATA.claims[other].series}` }, link(other), ...quotes(DATA.claims[other])))),
      change.because ? make("p", { class: "because" }, make("bdi", {}, change.because)) : null,
    );
  });
  if (!became.length && DATA.silences[ref]) became.push(make("div", { class: "row" }, make("p", { class: "because" }, DATA.silences[ref])));
  return [mine, make("div", {}, ...ties), make("div", {}, ...became)];
}

/** Other places that show the claim: text, map, bridge, issue, outline. */
function places(ref) {
  const shown = (matches) => () => elementsFor(ref).find(matches);
  const folded = (root, selector) => {
    const holders = all(`${root} [data-packed]`).filter((holder) => holder.dataset.holds.split(" ").includes(ref));
    if (!holders.length) return shown((element) => element.matches(selector));
    return async () => {
      await unfolded(holders);
      return shown((element) => element.matches(selector))();
    };
  };
  const figure = document.getElementById(`map:${DATA.claims[ref].text_id}`);
  const inMap = async () => {
    await pictureOf(figure).ready;
    return pictureOf(figure).find(ref);
  };
  const spots = [
    ["Text", shown((element) => element.matches("a.passage"))],
    ["Map", figure ? inMap : () => null],
    ["How", shown((element) => element.closest(".still.how")?.getClientRects().length)],
    ["Issue", folded(".issue", ".held")],
    ["Outline", folded(".prose", ".told")],
  ];
  const go = async (find) => {
    const element = await find();
    if (element) reveal(element, true);
  };
  return spots.filter(([, find]) => find.constructor.name === "AsyncFunction" || find()).map(([name, find]) => make("button", { type: "button", class: "quiet", click: () => go(find) }, name));
}

function reveal(element, focus) {
  for (let at = element.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  const picture = element.closest(".picture");
  for (const other of PICTURES.values()) if (other.figure !== picture && other.figure.matches(".large")) other.large(false);
  if (picture) {
    picture.scrollIntoView({ block: "start" });
    pictureOf(picture).show(element);
  } else {
    element.closest(".essay")?.closest(".pane").scrollIntoView({ block: "start" });
    element.scrollIntoView({ block: "center" });
  }
  if (!focus) return;
  const target = element.matches("a, [tabindex]") ? element : element.querySelector("a");
  target?.focus({ preventScroll: true });
}

function showTray(refs, how) {
  tray.hidden = !refs.length;
  document.body.classList.toggle("with-tray", refs.length > 0);
  if (!refs.length) return;
  const close = make("button", { type: "button", class: "quiet close", click: letGo }, "Close");
  const tools = make("div", { class: "tray-tools", role: "group", "aria-label": "Show it in" }, ...places(refs[0]), close);
  tray.replaceChildren(make("div", { class: "tray-inner" }, tools, ...refs.flatMap(claimCard)));
  tray.scrollTop = 0;
  // Keep the selected element visible.
  const covered = how.from?.isConnected && !how.from.closest(".tray") ? how.from.getBoundingClientRect().bottom + 24 - tray.getBoundingClientRect().top : 0;
  if (covered > 0 && covered < innerHeight) scrollBy({ top: covered });
  if (how.focus) tray.focus({ preventScroll: true });
  if (how.reveal) {
    const element = ["passage", "held", "told"].map((name) => elementsFor(refs[0]).find((one) => one.classList.contains(name))).find(Boolean);
    if (element) reveal(element, how.focus);
  }
}
