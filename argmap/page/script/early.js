// Before anything is drawn: the reader's own choice of light or dark, and word that a script runs.
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
