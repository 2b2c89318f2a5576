// Light and dark, and the height of the bar.

function startTheme() {
  const root = document.documentElement;
  const button = document.getElementById("theme-button");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => button.setAttribute("aria-pressed", String(dark()));
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("argmap-theme", root.dataset.theme);
    } catch {
      // No storage: the choice lasts until the page is closed.
    }
    show();
  });
  system.addEventListener("change", show);
  show();
}

/** Measure the bar, so that targets of links are not hidden under it. */
function startBar() {
  const bar = document.querySelector(".bar");
  new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`)).observe(bar);
}
