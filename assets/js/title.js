// The window's title says what runs and what is done; who wants to is told of it while looking elsewhere.
(() => {
  "use strict";
  const { words, filled } = window.TryOn;
  const CARDS = ["#jobcard", "#refinecard"], LIVE = ["submitting", "queued", "running"];
  const WISH = "try-on-studio.notify";
  // A collection in the place of the card is told of as a job is.
  const board = () => { const found = document.querySelector("#boardwhole .board"); return found?.dataset.at ? found : null; };
  const jobs = () => (board() ? [CARDS[1]] : CARDS).map((place) => document.querySelector(`${place} .job[data-at]`)).filter((card) => card?.dataset.at);
  const isLive = (card) => card.matches(".board") ? card.dataset.ended === "false" : LIVE.some((state) => card.classList.contains(state));
  const nameOf = (card) => card.querySelector("h2")?.textContent.trim() ?? "";
  const countOf = (card) => {
    if (card.matches(".board")) return card.querySelector(".btotal b").textContent;
    const all = Number(card.querySelector("[data-pictures]")?.dataset.pictures ?? 1);
    return filled(words.nOfM, { n: card.querySelectorAll("button.slot").length, m: all });
  };
  const can = () => "Notification" in window && isSecureContext && !/Android/.test(navigator.userAgent); // there a page alone may not

  // A job that came to its end while nobody looked is new until somebody does.
  const running = new Set();
  let news = "";
  const tell = (card) => {
    const what = card.classList.contains("succeeded") || card.matches(".board") ? words.done : words.stopped;
    const text = filled(what, { title: nameOf(card) });
    if (!document.hidden) return;
    news = text;
    if (!can() || Notification.permission !== "granted" || !localStorage.getItem(WISH)) return;
    try { new Notification(text, { tag: card.dataset.at, icon: "gradio_api/ext/a/icons/favicon.png" }).onclick = () => focus(); } catch { /* some systems let no page do it */ }
  };
  const look = () => {
    const shownBoard = board(), all = shownBoard ? [shownBoard, ...jobs()] : jobs(), live = all.find(isLive);
    for (const card of all) {
      const { at } = card.dataset;
      if (isLive(card)) running.add(at);
      else if (running.delete(at)) tell(card);
    }
    const shown = all.find((card) => card.offsetParent);
    const about = live ? `${countOf(live)} · ${nameOf(live)}` : news || (shown ? `${nameOf(shown)} · ${words.app}` : words.app);
    if (document.title !== about) document.title = about;
    for (const button of document.querySelectorAll("button.notify")) {
      const wanted = can() && Notification.permission !== "denied" && !localStorage.getItem(WISH);
      if (button.hidden === wanted) button.hidden = !wanted;
    }
  };
  addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("button.notify") : null;
    if (!button) return;
    const granted = (await Notification.requestPermission()) === "granted";
    if (granted) localStorage.setItem(WISH, "yes");
    window.TryOn.say(granted ? words.willTell : words.mayNotTell);
    look();
  });
  const seen = () => { if (!document.hidden) { news = ""; look(); } };
  for (const kind of ["visibilitychange", "focus"]) addEventListener(kind, seen);
  const drawn = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["class", "data-at", "data-ended", "aria-selected"] };
  new MutationObserver(look).observe(document.documentElement, drawn);
})();
