// Runs before anything is drawn: apply the reader's choice of light or dark, and mark that scripts run.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("live");
  try {
    const chosen = localStorage.getItem("argmap-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch {
    // A page opened from disk may have no storage; then it follows the system.
  }
})();
