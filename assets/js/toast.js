// What the page says by itself, in a line at its foot, and what it copies.
(() => {
  "use strict";
  const words = window.TryOn.words, SHOWN = 15000; // milliseconds
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  const AWAY = [words.offline, words.notDone, words.uploadLater]; // each says of itself that the connection is lost
  let timer, staying = false;

  const place = () => {
    const found = document.getElementById("saying");
    if (found) return found;
    const made = Object.assign(document.createElement("div"), { id: "saying" });
    made.setAttribute("role", "alert");
    made.addEventListener("click", () => made.replaceChildren());
    document.body.append(made);
    return made;
  };
  // What stays until its cause is gone is not put out by what gives way to it.
  const say = (lines, { stays = false, gives = false } = {}) => {
    if (gives && staying && place().childElementCount) return;
    staying = stays;
    place().classList.toggle("away", AWAY.includes([lines].flat()[0]));
    const rows = [lines].flat().map((line) => Object.assign(document.createElement("p"), { textContent: line }));
    place().replaceChildren(...rows);
    clearTimeout(timer);
    if (!stays) timer = setTimeout(() => place().replaceChildren(), SHOWN);
  };

  // Over plain http browsers have no clipboard for pages, but an older way that needs a selection.
  const copiedOld = (text) => {
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    field.style.cssText = "position:fixed;opacity:0";
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    field.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* then it is said */ }
    field.remove();
    return done;
  };
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { return copiedOld(text); }
  };
  const copy = async (button) => {
    const label = button.firstElementChild;
    if (!(await copied(button.dataset.copy))) {
      getSelection()?.selectAllChildren(button.parentElement.querySelector("code") ?? button);
      return say(words.copyByHand);
    }
    label.textContent = words.copied;
    return setTimeout(() => { label.textContent = words.copy; }, 1600);
  };

  // While an input method composes, Enter chooses a word; it does not send what stands there.
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
  }, true);

  const begin = () => { if (window.TryOn.keepsNothing) say(words.keepsNothing, { stays: true }); };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
  Object.assign(window.TryOn, { say, copy, filled });
})();
