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
  // What was opened comes into view as well, once it is there; `find` gives it.
  const PATIENCE = 6000, LOOKS = 100, OPENS = 20000, SEEN = 1600; // milliseconds
  const awaited = (find, patience = PATIENCE) => {
    const until = performance.now() + patience;
    const look = setInterval(() => {
      const place = find();
      place?.scrollIntoView({ behavior: behavior() });
      if (place || performance.now() > until) clearInterval(look);
    }, LOOKS);
    return () => clearInterval(look);
  };
  const cardOf = (name, value) => [...document.querySelectorAll("section.job")].find((one) => one.dataset[name] === value && one.offsetParent)?.closest(".sheet");
  const board = () => document.querySelector("#boardwhole .board");
  const isOther = (before) => board()?.offsetParent && board().dataset.collection !== before;
  const isRefused = () => document.querySelector("#boardwhole .job.refused")?.offsetParent;
  addEventListener("click", (event) => {
    const pressed = (selector) => event.target instanceof Element && ONE_COLUMN.matches ? event.target.closest(selector) : null;
    const job = pressed(":is(#jobrows, #jobsrunning) [data-act=open]"), before = board()?.dataset.collection;
    if (job) awaited(() => cardOf("job", job.closest("[data-job]").dataset.job));
    if (pressed("#many-go, #manyask [data-draft=yes]")) awaited(() => isOther(before) || isRefused() ? document.getElementById("board") : null);
    if (pressed("#boardwhole [data-board=share]")) awaited(() => document.querySelector("#boardshare .bshare"));
    if (pressed("#jobrows [data-act=collection]")) awaited(() => board()?.offsetParent ? document.getElementById("board") : null);
  });
  // So does what the page's address names, unless its visitor is quicker; after a reload the place is as it was.
  const begin = () => {
    const { job, collection, tab } = Object.fromEntries(new URLSearchParams(location.search));
    if (!ONE_COLUMN.matches || tab || !(job || collection) || performance.getEntriesByType("navigation")[0]?.type !== "navigate") return;
    const there = () => collection ? board()?.offsetParent && board().dataset.at === collection && document.getElementById("board") : cardOf("at", job);
    const leave = awaited(() => there() || null, OPENS);
    for (const kind of ["pointerdown", "keydown", "wheel"]) addEventListener(kind, leave, { once: true, passive: true });
  };
  begin();
  window.TryOn.toForm = () => {
    const well = [...document.querySelectorAll(".card-img, #manygarments")].find((item) => item.offsetParent);
    const wrong = well?.querySelector(".g.bad"), part = wrong ?? well;
    const to = ONE_COLUMN.matches && !wrong ? well?.closest(".brief") : part;
    const block = wrong ? "center" : ONE_COLUMN.matches ? "start" : "nearest";
    to?.scrollIntoView({ block, behavior: behavior() });
    part?.querySelector("button, input")?.focus({ preventScroll: true });
    // Where the form stands beside the result nothing moves: it is seen where to look.
    part?.animate([{ boxShadow: "0 0 0 3px var(--acc)" }, { boxShadow: "0 0 0 3px transparent" }], { duration: SEEN, easing: STILL.matches ? "steps(1)" : "ease-in" });
  };
})();
