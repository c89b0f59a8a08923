// The files of a collection: a dialog whose links say what was chosen in it.
(() => {
  "use strict";
  const TYPING = 400; // milliseconds
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
  // A pattern that no file can be called by is said at its field: a download would end on a page of its own.
  const named = (dialog) => dialog.querySelector("[name=pattern]");
  const isSaid = (field) => field.value === (field.dataset.said ?? field.defaultValue);
  const isWrong = (field) => field.getAttribute("aria-invalid") === "true";
  const said = (field, wrong) => {
    field.dataset.said = field.value;
    field.setAttribute("aria-invalid", String(Boolean(wrong)));
    document.getElementById("handwrong").textContent = wrong;
  };
  const checked = async (dialog) => {
    const field = named(dialog), { value } = field, { path } = dialog.querySelector("[data-named]").dataset;
    const answer = await fetch(`${path}?${new URLSearchParams({ pattern: value, check: 1 })}`).catch(() => null); // away: the download says so
    const wrong = answer?.status === 400 ? await answer.text() : "";
    if (field.isConnected && field.value === value) said(field, wrong);
  };
  const fetched = async (event, link) => {
    const dialog = closest(event, "dialog"), field = named(dialog);
    if (isSaid(field) && !isWrong(field)) return;
    event.preventDefault();
    while (field.isConnected && !isSaid(field)) await checked(dialog);
    if (isWrong(field)) field.focus();
    else link.click();
  };
  // While it is typed a word is not whole for a moment: what stands a little longer is looked at.
  let soon = 0;
  const typed = (event) => {
    const dialog = closest(event, "dialog");
    linked(dialog);
    if (event.target.name !== "pattern") return;
    clearTimeout(soon);
    soon = setTimeout(() => { if (dialog.open && !isSaid(named(dialog))) checked(dialog); }, TYPING);
  };
  window.TryOn.handOver = (element, trigger) => {
    ask = trigger;
    element.addEventListener("input", typed);
    element.addEventListener("change", (event) => { if (event.target.name === "pattern") checked(closest(event, "dialog")); });
    element.addEventListener("submit", (event) => event.preventDefault());
    element.addEventListener("click", (event) => {
      const dialog = closest(event, "dialog");
      const link = closest(event, "[data-named]");
      if (link) fetched(event, link);
      if (event.target === dialog || closest(event, "[data-hand=close]")) dialog.close();
    });
    new MutationObserver(() => drawn(element)).observe(element, { childList: true, subtree: true });
  };
  window.TryOn.handOverFiles = (collection, button) => { back = button; ask?.("select", { collection }); };
})();
