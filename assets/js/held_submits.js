// Create waits for what has to come first, visibly, and goes on by itself.
(() => {
  "use strict";
  const { words, say } = window.TryOn;
  const LOOK = 150, STEP = 20, SHORT = 400, BREATH = 4000, JUST_NOW = 1500; // milliseconds
  const STILL = 4; // looks in a row in which nothing is counted: what follows on an answer begins a moment after it
  const reasons = []; // whether it has to wait, and what is said meanwhile
  const why = (button) => reasons.find(([isSo]) => isSo(button.id))?.[1];
  const JOBS = ["go", "many-go", "refine-go"];
  const buttonOf = (event) => event.target instanceof Element ? event.target.closest(JOBS.map((id) => `#${id}`).join()) : null;
  let pressed = { at: -Infinity };
  // A job without a file that was put in is another job: where one did not come meanwhile, it is not begun by itself.
  const refused = () => [...document.querySelectorAll(".advice.said li:not(.note)")].map((line) => line.textContent).join();
  let missed = 0, missing; // files that did not arrive, and what was said of the last one

  const hold = (button, pause = 0, mayHaveGone = false) => {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    window.TryOn.leaveWord(mayHaveGone ? "gone" : "waiting");
    const begun = performance.now(), until = begun + pause, before = refused(), missedBefore = missed;
    // Nobody knows how many garments files bring before they are read: of another number than the button said then
    // nothing is begun.
    const counted = window.TryOn.taking("manyadd") ? button.textContent : null;
    let said, still = 0;
    const end = (line) => {
      clearInterval(look);
      window.TryOn.leaveWord("");
      button.ariaBusy = null;
      say(line, { stays: true });
    };
    const look = setInterval(() => {
      if (missed > missedBefore) return end([...missing, words.notBegun]);
      const now = why(button);
      if (now && now !== said && performance.now() - begun > SHORT) say(said = now, { stays: true });
      still = now || counted && !window.TryOn.isCounted() ? 0 : still + 1;
      if (!still || performance.now() < until) return;
      if (refused() && refused() !== before) return end(words.notBegun);
      if (counted && still < STILL) return;
      if (counted && (counted !== button.textContent || !button.offsetParent)) return end(words.countedAnew);
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
    hold(pressed.button, BREATH, true);
    say(words.offline, { stays: true });
    return true;
  };
})();
