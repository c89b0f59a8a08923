// A page that is opened anew while something is on its way has forgotten it: it says so, and comes back to what was begun.
(() => {
  "use strict";
  const { words, say } = window.TryOn;
  const WORD = "try-on-studio.held", FROM = "try-on-studio.begun-at", FOLLOWS = 3000; // milliseconds
  // What waited was not sent, what had gone may have been. What is asked about, or is done in a collection, may be had
  // twice on purpose: a second press may be a second job.
  const SAID = { waiting: words.notSent, gone: words.maybeSent, asked: words.maybeBegun };
  window.TryOn.leaveWord = (word) => (word ? sessionStorage.setItem(WORD, word) : sessionStorage.removeItem(WORD));

  // Everything that may begin jobs, by what of the page triggers it; and whether the page goes on to what it began.
  const FORM = { word: "gone", moves: true }, ASKED = { word: "asked", moves: true }, THERE = { word: "asked" };
  const BEGINS = {
    "go click": FORM, "many-go click": FORM, "refine-go click": { word: "gone" }, "manyask submit": ASKED,
    "boardask submit": THERE, "boardwhole retry": THERE, "jobcard retry": ASKED, "refinecard retry": THERE,
  };
  const FREE = ["watch", "ask", "adopt", "open", "stop"]; // of those: what only looks, or ends
  const gone = new Set(); // the calls of these that have left
  window.TryOn.leaves = (call, act) => {
    const how = window.TryOn.triggersOf(call.fn).map((name) => BEGINS[name]).find(Boolean);
    if (how && !FREE.includes(act)) gone.add(Object.assign(call, how, { at: location.search }));
  };
  // What shows a new job is begun when the call is over, and the address comes with it: until then the page that is
  // opened anew knows nothing of it. What was only asked about has begun nothing.
  const isUnseen = ({ over, moves, at, asks }) => over === undefined
    || (moves && !asks && performance.now() - over < FOLLOWS && location.search === at);
  addEventListener("pagehide", () => {
    const last = [...gone].filter(isUnseen).at(-1);
    if (!last) return;
    window.TryOn.leaveWord(last.word);
    if (last.moves) sessionStorage.setItem(FROM, last.at);
  });
  // It comes back to the newest then, as from where nothing else has been opened, not to what was there before.
  if (sessionStorage.getItem(FROM) === location.search && location.search) {
    const search = new URLSearchParams(location.search);
    for (const name of ["job", "collection", "picture"]) search.delete(name);
    try { history.replaceState(null, "", `${location.pathname}${search.size ? `?${search}` : ""}${location.hash}`); } catch { /* a frame without an address */ }
  }
  sessionStorage.removeItem(FROM);
  const begin = () => {
    const line = SAID[sessionStorage.getItem(WORD)];
    window.TryOn.leaveWord("");
    if (line) say(line, { stays: true });
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
})();
