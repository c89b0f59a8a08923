// A question may come under the pointer some time after the press that it asks about: a second press that was meant
// for that one, or a key that is held down, is no yes to what nobody has read.
(() => {
  "use strict";
  const UNREAD = 600; // milliseconds in which this page could work
  const QUESTION = "[role=alertdialog]", YES = "[data-answer=yes], [data-draft=yes]", PRESSES = ["Enter", " "];
  const yesOf = (event) => event.target instanceof Element ? event.target.closest(YES) : null;
  window.TryOn.asks = (element) => {
    let before = "", asked = 0, isFresh = false;
    const each = (change) => { for (const button of element.querySelectorAll(YES)) change(button); };
    const read = (which) => {
      if (which !== asked) return;
      isFresh = false;
      each((button) => { button.ariaDisabled = null; });
    };
    const drawn = () => {
      const question = element.querySelector(QUESTION), now = question ? question.textContent : "";
      if (before === now) return;
      [before, isFresh] = [now, Boolean(question)];
      if (!question) return;
      const which = asked += 1;
      each((button) => Object.assign(button, { ariaDisabled: "true", ariaBusy: null }));
      requestAnimationFrame(() => window.TryOn.workedFor(UNREAD, () => read(which)));
    };
    element.addEventListener("click", (event) => {
      const button = yesOf(event);
      if (!button || !(isFresh || button.ariaBusy === "true")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }, true);
    element.addEventListener("keydown", (event) => { if (event.repeat && PRESSES.includes(event.key) && yesOf(event)) event.preventDefault(); }, true);
    addEventListener("tryon:notdone", () => each((button) => { button.ariaBusy = null; }));
    new MutationObserver(drawn).observe(element, { childList: true, subtree: true, characterData: true });
    drawn();
  };
})();
