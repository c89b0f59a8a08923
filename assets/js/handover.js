// The files of a collection: a dialog whose links say what was chosen in it.
(() => {
  "use strict";
  let ask, back;
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  const linked = (dialog) => {
    const asked = new URLSearchParams(new FormData(dialog.querySelector("form")));
    for (const link of dialog.querySelectorAll("[data-path]")) link.href = `${link.dataset.path}?${asked}`;
  };
  const drawn = (place) => {
    const dialog = place.querySelector("dialog");
    if (!dialog || dialog.open) return;
    linked(dialog);
    dialog.showModal();
    dialog.querySelector("input:checked")?.focus();
    dialog.addEventListener("close", () => { ask("clear", {}); if (back?.isConnected) back.focus(); });
  };
  window.TryOn.handOver = (element, trigger) => {
    ask = trigger;
    element.addEventListener("input", (event) => linked(closest(event, "dialog")));
    element.addEventListener("submit", (event) => event.preventDefault());
    element.addEventListener("click", (event) => {
      const dialog = closest(event, "dialog");
      if (event.target === dialog || closest(event, "[data-hand=close]")) dialog.close();
    });
    new MutationObserver(() => drawn(element)).observe(element, { childList: true, subtree: true });
  };
  window.TryOn.handOverFiles = (collection, button) => { back = button; ask?.("select", { collection }); };
})();
