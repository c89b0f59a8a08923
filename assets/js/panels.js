// The panels behind the vendor pills: shown as one dialog, from what the server drew. A key that is typed there is
// handed over once and wiped at once; the page keeps it nowhere.
(() => {
  "use strict";
  const SLOW = 10000; // milliseconds until an answer that does not come is no longer waited for
  let drawn, tell, dialog, vendor, waiting, shown;
  const panel = () => drawn?.querySelector(`.keypanel[data-vendor="${vendor}"]`);

  const ready = (yes) => {
    clearTimeout(waiting);
    dialog.setAttribute("aria-busy", String(!yes));
    for (const button of dialog.querySelectorAll("[type=submit], [data-act=forget]")) button.disabled = !yes;
  };
  const fill = () => {
    const copy = panel()?.cloneNode(true);
    if (!copy) return;
    dialog.setAttribute("aria-label", window.TryOn.filled(window.TryOn.words.keyPanel, { vendor: copy.querySelector("h2").textContent }));
    const field = document.activeElement?.name; // who has begun to type stays where they are
    shown = copy.innerHTML;
    dialog.replaceChildren(...copy.children);
    ready(true);
    if (field) dialog.querySelector(`input[name="${CSS.escape(field)}"]`)?.focus();
  };
  const send = (event, fields) => {
    tell(event, { vendor, ...fields });
    ready(false);
    waiting = setTimeout(() => ready(true), SLOW);
  };
  const hand = (form) => {
    const fields = Object.fromEntries(new FormData(form));
    form.reset();
    send("submit", fields);
  };
  const make = () => {
    dialog = Object.assign(document.createElement("dialog"), { className: "keydialog" });
    dialog.addEventListener("submit", (event) => { event.preventDefault(); hand(event.target); });
    dialog.addEventListener("close", () => dialog.replaceChildren());
    dialog.addEventListener("click", (event) => {
      const act = event.target.closest?.("[data-act]")?.dataset.act;
      if (event.target === dialog || act === "close") return dialog.close();
      return act === "forget" ? send("delete", {}) : undefined;
    });
    (document.querySelector(".gradio-container") ?? document.body).append(dialog);
  };
  const open = (name) => {
    if (!dialog?.isConnected) make();
    vendor = name;
    fill();
    dialog.querySelector(".keynote")?.remove(); // it told of an earlier visit to the panel
    if (!dialog.open) dialog.showModal();
  };
  addEventListener("click", (event) => {
    const door = event.target instanceof Element ? event.target.closest("button[data-key]") : null;
    if (door) open(door.dataset.key);
  });

  // What the server drew anew while the dialog is open is its answer.
  const answered = () => {
    if (!dialog?.open || panel()?.innerHTML === shown) return;
    const typed = [...dialog.querySelectorAll("input")].some((input) => input.value);
    const note = panel()?.querySelector(".keynote")?.dataset.mark;
    if (typed && !note) return; // drawn for another reason: somebody is typing
    fill();
    dialog.querySelector(".keynote")?.focus();
  };
  window.TryOn.panels = (element, trigger) => {
    [drawn, tell] = [element, trigger];
    const all = { childList: true, subtree: true, characterData: true, attributes: true };
    new MutationObserver(answered).observe(element, all);
  };
})();
