// A picture that stands alone: its boxes show their words when they are pointed at, focused or tapped.

const peek = document.getElementById("peek");

const VIEW = {
  words: () => undefined,
  choose: (refs, how) => peekAt(how.from),
  change: () => {},
  point: () => {},
  /** Keep the words that a browser would show over ours. */
  added(root) {
    for (const title of all("g > title", root)) {
      title.parentElement.dataset.hover = title.textContent;
      title.remove();
    }
  },
};

function peekAt(shape) {
  const words = shape.dataset.hover || shape.getAttribute("aria-label");
  if (!words) return;
  peek.replaceChildren(...words.split("\n").map((line) => make("p", {}, make("bdi", {}, line))));
  peek.hidden = false;
  const at = shape.getBoundingClientRect();
  const { offsetWidth: w, offsetHeight: h } = peek;
  const below = at.bottom + 6 + h < innerHeight;
  peek.style.left = `${Math.max(8, Math.min(at.left, innerWidth - w - 8))}px`;
  peek.style.top = `${below ? at.bottom + 6 : Math.max(at.top - h - 6, 8)}px`;
}

function unpeek() {
  peek.hidden = true;
}

const asked = location.hash.slice(1);
if (asked === "light" || asked === "dark") document.documentElement.dataset.theme = asked;
document.documentElement.classList.add("live");
for (const element of all(".scripted")) element.hidden = false;
const figure = document.querySelector(".picture");
VIEW.added(figure);
const { svg } = pictureOf(figure);
const told = "[data-hover], [data-claims]";
svg.addEventListener("pointerover", (event) => {
  const shape = event.target.closest(told);
  if (shape && event.pointerType !== "touch") peekAt(shape);
});
svg.addEventListener("pointerout", unpeek);
svg.addEventListener("focusin", (event) => {
  if (event.target.matches(`${told}`) && event.target.matches(":focus-visible")) peekAt(event.target);
});
svg.addEventListener("focusout", unpeek);
figure.addEventListener("pointerdown", (event) => {
  if (!event.target.closest(told)) unpeek();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") unpeek();
});
