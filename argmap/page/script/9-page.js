// The current section, printing.

/** Mark the current section in the bar. */
function startWhere() {
  const links = new Map(all(".bar nav a").map((link) => [link.getAttribute("href").slice(1), link]));
  const sections = [...links.keys()].map((id) => document.getElementById(id)?.closest("section")).filter(Boolean);
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.getAttribute("aria-labelledby"))?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-20% 0px -75% 0px" });
  for (const section of sections) seen.observe(section);
}

/** Unfold everything for printing. */
function startPrint() {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])").filter((details) => !details.querySelector(":scope > [data-packed]"));
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
}

/** Unpack what a reader unfolds. */
function startFolds() {
  document.addEventListener("toggle", (event) => {
    if (event.target.open) unfolded(all("[data-packed]", event.target));
  }, { capture: true });
  unfolded(all("details[open] [data-packed]"));
}

register();
startTheme();
startBar();
startPictures();
startFolds();
startStills();
startTexts();
startFilter();
startSelecting();
startWhere();
startPrint();
onSelect(showTray);
onSelect(showInTexts);
onSelect((refs) => {
  for (const picture of PICTURES.values()) {
    const box = refs.length && picture.boxes.find((one) => refsOf(one).includes(refs[0]));
    if (box && document.activeElement !== box && !box.matches(":hover")) picture.nudge(box);
  }
});
// After the browser has scrolled to the address, select the claim that it names.
const arrive = () => {
  fromAddress();
  keepPlace();
};
if (document.readyState === "complete") arrive();
else addEventListener("load", () => requestAnimationFrame(arrive));
