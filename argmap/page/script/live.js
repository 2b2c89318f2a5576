// Only on the page served by `argmap report --watch`: reload when the maps change, show errors in the maps.
(() => {
  const events = new EventSource("events");
  let banner = null;
  const show = (words) => {
    if (!words && !banner) return;
    banner ??= document.querySelector(".bar").insertAdjacentElement("afterend", document.createElement("p"));
    banner.className = "problem";
    banner.setAttribute("role", "alert");
    banner.textContent = words;
    banner.hidden = !words;
  };
  events.addEventListener("reload", () => location.reload());
  events.addEventListener("problem", (event) => show(JSON.parse(event.data)));
})();
