// On a narrow window the form and the result stand one under the other: Create leads down to the one, Change back up.
(() => {
  "use strict";
  const ONE_COLUMN = matchMedia("(max-width: 1179px)"), STILL = matchMedia("(prefers-reduced-motion: reduce)");
  const PLACES = { go: "now", "refine-go": "rresult" };
  const behavior = () => STILL.matches ? "auto" : "smooth";
  addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("#go, #refine-go") : null;
    if (button && ONE_COLUMN.matches) document.getElementById(PLACES[button.id])?.scrollIntoView({ behavior: behavior() });
  });
  // A job that is opened from the list of all comes into view as well, once its card is there.
  const PATIENCE = 6000, LOOKS = 100; // milliseconds
  addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(":is(#jobrows, #jobsrunning) [data-act=open]") : null;
    if (!button || !ONE_COLUMN.matches) return;
    const { job } = button.closest("[data-job]").dataset, until = performance.now() + PATIENCE;
    const look = setInterval(() => {
      const card = [...document.querySelectorAll("section.job")].find((one) => one.dataset.job === job && one.offsetParent);
      card?.closest(".sheet")?.scrollIntoView({ behavior: behavior() });
      if (card || performance.now() > until) clearInterval(look);
    }, LOOKS);
  });
  // So does a collection, once it is another one than before.
  const board = () => document.querySelector("#boardwhole .board");
  addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("#many-go, #manyask [data-draft=yes], #jobrows [data-act=collection]") : null;
    if (!button || !ONE_COLUMN.matches) return;
    const before = board()?.dataset.collection, listed = Boolean(button.dataset.act), until = performance.now() + PATIENCE;
    const look = setInterval(() => {
      const there = board()?.offsetParent && (listed || board().dataset.collection !== before);
      if (there) document.getElementById("board").scrollIntoView({ behavior: behavior() });
      if (there || performance.now() > until) clearInterval(look);
    }, LOOKS);
  });
  window.TryOn.toForm = () => {
    const well = [...document.querySelectorAll(".card-img, #manygarments")].find((item) => item.offsetParent);
    const to = ONE_COLUMN.matches ? well?.closest(".brief") : well;
    to?.scrollIntoView({ block: ONE_COLUMN.matches ? "start" : "nearest", behavior: behavior() });
    well?.querySelector("button, input")?.focus({ preventScroll: true });
  };
})();
