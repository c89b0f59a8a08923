// Create waits for what has to come first, visibly, and goes on by itself.
(() => {
  "use strict";
  const { words, say } = window.TryOn;
  const LOOK = 150, STEP = 20, SHORT = 400, BREATH = 4000, HELD = "try-on-studio.held", LEFT = "try-on-studio.left", GONE = "gone", JUST_NOW = 1500, FOLLOWS = 3000; // milliseconds
  const reasons = []; // whether it has to wait, and what is said meanwhile
  const why = (button) => reasons.find(([isSo]) => isSo(button.id))?.[1];
  const JOBS = ["go", "many-go", "refine-go"];
  const buttonOf = (event) => event.target instanceof Element ? event.target.closest(JOBS.map((id) => `#${id}`).join()) : null;
  let pressed = { at: -Infinity };
  // A job without a file that was put in is another job: where one did not come meanwhile, it is not begun by itself.
  const refused = () => [...document.querySelectorAll(".advice.said li:not(.note)")].map((line) => line.textContent).join();
  let missed = 0, missing; // files that did not arrive, and what was said of the last one

  const hold = (button, pause = 0, held = button.id) => {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    sessionStorage.setItem(HELD, held);
    const begun = performance.now(), until = begun + pause, before = refused(), missedBefore = missed;
    let said;
    const end = (line) => {
      clearInterval(look);
      sessionStorage.removeItem(HELD);
      button.ariaBusy = null;
      say(line, { stays: true });
    };
    const look = setInterval(() => {
      if (missed > missedBefore) return end([...missing, words.notBegun]);
      const now = why(button);
      if (now && now !== said && performance.now() - begun > SHORT) say(said = now, { stays: true });
      if (now || performance.now() < until) return;
      if (refused() && refused() !== before) return end(words.notBegun);
      end([]);
      button.click();
    }, LOOK);
  };
  addEventListener("click", (event) => {
    const button = buttonOf(event), anew = event.target instanceof Element && event.target.closest("#rewatch");
    if (anew && performance.now() - pressed.at < BREATH) { // the card before would come back over what was just begun
      event.stopImmediatePropagation();
      setTimeout(() => anew.click(), BREATH);
      return;
    }
    if (button) pressed = { button, at: performance.now() };
    else if (event.isTrusted) pressed = { at: -Infinity }; // what fails now may be that, and not what was pressed before
    if (!button || !why(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    hold(button);
  }, true);

  // Everything that may begin jobs, and what is said of it after the page was opened anew meanwhile: what is asked
  // about, or is done in a collection, may be had twice on purpose, so a second press may be a second job.
  const FORM = { said: GONE, moves: true }, ASKED = { said: "asked", moves: true }, THERE = { said: "asked" };
  const BEGINS = {
    "go click": FORM, "many-go click": FORM, "refine-go click": { said: GONE }, "manyask submit": ASKED,
    "boardask submit": THERE, "boardwhole retry": THERE, "jobcard retry": THERE, "refinecard retry": THERE,
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
    sessionStorage.setItem(HELD, last.said);
    if (last.moves) sessionStorage.setItem(LEFT, last.at);
  });
  // It comes back to the newest then, as from where nothing else has been opened, not to what was there before.
  if (sessionStorage.getItem(LEFT) === location.search && location.search) {
    const search = new URLSearchParams(location.search);
    for (const name of ["job", "collection", "picture"]) search.delete(name);
    try { history.replaceState(null, "", `${location.pathname}${search.size ? `?${search}` : ""}${location.hash}`); } catch { /* a frame without an address */ }
  }
  sessionStorage.removeItem(LEFT);
  // A page that was opened anew meanwhile has forgotten it, and says so: what waited was not sent, what had gone may have been.
  const SAID = { [GONE]: words.maybeSent, asked: words.maybeBegun };
  const begin = () => {
    const held = sessionStorage.getItem(HELD);
    if (held) say(SAID[held] ?? words.notSent, { stays: true });
    sessionStorage.removeItem(HELD);
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
  // Milliseconds in which this page could work, in steps that let go first what is waiting: longer on a busy machine.
  const workedFor = (ms, then) => setTimeout(() => (ms > STEP ? workedFor(ms - STEP, then) : then()), Math.min(ms, STEP));
  window.TryOn.workedFor = workedFor;
  window.TryOn.miss = (lines) => {
    missed += 1;
    say(missing = lines);
  };
  window.TryOn.waitsFor = (isSo, sentence) => reasons.push([isSo, sentence]);
  // The same call again is the same job, never a second one: what may have been lost on its way is sent anew.
  window.TryOn.holdPressed = () => {
    if (performance.now() - pressed.at > JUST_NOW) return false;
    hold(pressed.button, BREATH, GONE);
    say(words.offline, { stays: true });
    return true;
  };
})();
