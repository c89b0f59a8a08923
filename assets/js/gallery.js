// My jobs as a gallery: pages as they are scrolled to, a menu a card, a way back from deleting, and keys.
(() => {
  "use strict";
  const { words } = window.TryOn;
  const FAR = "2400px", MOST_PAGES = 12, ANSWERS = 8000, LOOKS = 2000, LAYOUT = "try-on-studio.layout";
  const panel = () => document.getElementById("jobspanel");
  const grid = () => document.getElementById("jobrows");
  const cards = () => [...(grid()?.querySelectorAll("li.jobrow") ?? [])];
  const idOf = (card) => card.dataset.job ?? card.dataset.collection; // a collection is one card, its stack
  const bars = () => [...document.querySelectorAll(":is(#jobsundo, #boardundo) .undo")].sort((a, b) => b.dataset.last - a.dataset.last);
  const goneBy = (bar) => (bar.dataset.jobs ?? bar.dataset.collections).split(" ");
  let ask, here = null;

  // Where a day begins the visitor's own clock knows.
  const bornAt = (card) => Number(card.querySelector("time[data-at]")?.dataset.at ?? Infinity);
  const dayOf = (card) => {
    const time = card.querySelector("time[data-at]");
    return time ? new Date(time.dataset.at * 1000).toDateString() : new Date().toDateString();
  };
  const dayName = (day) => {
    const date = new Date(day), today = new Date(), before = new Date(Date.now() - 864e5);
    if (day === today.toDateString()) return words.today;
    if (day === before.toDateString()) return words.yesterday;
    const year = date.getFullYear() === today.getFullYear() ? {} : { year: "numeric" };
    return date.toLocaleDateString(window.TryOn.locale, { weekday: "long", day: "numeric", month: "long", ...year });
  };
  const headings = () => {
    for (const old of grid().querySelectorAll("li.day")) if (!old.nextElementSibling?.matches("li.jobrow")) old.remove();
    let last = "";
    for (const card of cards()) {
      const day = dayOf(card), above = card.previousElementSibling;
      if (day !== last && !above?.matches("li.day")) {
        card.before(Object.assign(document.createElement("li"), { className: "day", textContent: dayName(day) }));
      } else if (day === last && above?.matches("li.day")) above.remove();
      last = day;
    }
  };

  // The next page is asked for before its place is seen; pages that lie far away are emptied, and come again.
  const pages = () => [...grid().querySelectorAll("ul.jobs[data-from]")];
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting && target.matches(".more")) want(target);
      if (isIntersecting && target.matches(".gone")) request({ after: target.dataset.from, n: 0 });
      if (!isIntersecting && target.matches("ul.jobs") && target.dataset.from && pages().length > MOST_PAGES) empty(target);
    }
  }, { rootMargin: FAR });
  // One page is asked for at a time, as the answers all come to one place. One that does not come is asked for again.
  const line = [];
  let asked = null, patience;
  const request = (what) => {
    const same = (one) => one?.after === what.after && one?.job === what.job;
    if (!same(asked) && !line.some(same)) line.push(what);
    send();
  };
  const send = () => {
    if (asked || !line.length) return;
    asked = line.shift();
    ask("expand", asked);
    patience = setTimeout(answered, ANSWERS);
  };
  const answered = () => {
    clearTimeout(patience);
    asked = null;
    for (const part of grid().querySelectorAll(".more, .gone")) { near.unobserve(part); near.observe(part); } // what is near by now
    send();
  };
  const want = (place) => request({ after: place.dataset.after, n: Number(place.dataset.shown) });
  const empty = (page) => {
    if (page.classList.contains("gone") || page.contains(document.activeElement)) return;
    page.style.height = `${page.offsetHeight}px`;
    page.classList.add("gone");
    page.replaceChildren();
  };
  const watch = () => { for (const part of grid().querySelectorAll(".more, ul.jobs[data-from]")) near.observe(part); };

  // What the server sent besides: the next page, one that was emptied, or a card anew.
  const place = (sent) => {
    const page = sent.querySelector("ul.jobs");
    const card = page.querySelector("li.jobrow");
    if (page.dataset.gone) {
      cards().find((one) => one.dataset.job === page.dataset.gone)?.remove();
      if (card && cards().some((one) => idOf(one) === idOf(card))) patch(card); // its collection, where that is in this list
      return undefined;
    }
    if (page.matches("[data-patch]")) return patch(card);
    const back = grid().querySelector(`ul.gone[data-from="${CSS.escape(page.dataset.from)}"]`);
    if (back) {
      back.replaceChildren(...page.children);
      back.classList.remove("gone");
      back.style.height = "";
      return undefined;
    }
    const waiting = grid().querySelector(`.more[data-after="${CSS.escape(page.dataset.from)}"]`);
    if (!waiting) return undefined;
    near.unobserve(waiting);
    return waiting.replaceWith(...sent.childNodes);
  };
  const isFiltered = () => Boolean(document.querySelector("#jobssearch :is(input, textarea)")?.value)
    || document.querySelector("#jobsstarred input")?.checked
    || ["#jobsfilter", "#jobsvendor", "#jobsdays"].some((group) => !document.querySelector(`${group} label:first-of-type input`)?.checked);
  const patch = (card) => {
    const old = cards().find((one) => idOf(one) === idOf(card));
    const had = old?.contains(document.activeElement), first = cards()[0];
    if (old) old.replaceWith(card);
    else if (!isFiltered() && !(first && bornAt(card) < bornAt(first))) grid().querySelector("ul.jobs")?.prepend(card); // an older one has its place further down
    if (had) focusOn(card);
  };

  // One tab stop for all cards: arrows go from one to the next, and the keys act on the one that has it.
  const focusOn = (card) => {
    if (!card) return;
    here?.setAttribute("tabindex", "-1");
    here = card;
    card.setAttribute("tabindex", "0");
    card.focus();
  };
  const below = (card, way) => {
    const { left, top } = card.getBoundingClientRect();
    const others = cards().filter((one) => way * (one.getBoundingClientRect().top - top) > 20);
    const row = way > 0 ? others[0] : others.at(-1);
    if (!row) return null;
    const level = row.getBoundingClientRect().top;
    const same = others.filter((one) => Math.abs(one.getBoundingClientRect().top - level) < 20);
    return same.reduce((best, one) => Math.abs(one.getBoundingClientRect().left - left) < Math.abs(best.getBoundingClientRect().left - left) ? one : best);
  };
  const press = (card, selector) => card.querySelector(selector)?.click();
  const KEYS = {
    ArrowLeft: (card, all, n) => focusOn(all[n - 1]), ArrowRight: (card, all, n) => focusOn(all[n + 1]),
    ArrowUp: (card) => focusOn(below(card, -1)), ArrowDown: (card) => focusOn(below(card, 1)),
    Home: (card, all) => focusOn(all[0]), End: (card, all) => focusOn(all.at(-1)),
    Enter: (card) => press(card, ".look, h3 button"), s: (card) => press(card, ".star"),
    Delete: (card) => press(card, "[data-act=delete], [data-act=delete-collection]"),
  };
  const isText = (element) => element.matches("input:not([type=radio], [type=checkbox]), textarea, select");
  addEventListener("keydown", (event) => {
    if (!panel()?.offsetParent || document.querySelector("dialog[open]") || isText(event.target)) return;
    if (event.key === "/") { event.preventDefault(); return document.querySelector("#jobssearch :is(input, textarea)")?.focus(); }
    const [last] = (event.ctrlKey || event.metaKey) && event.key === "z" ? bars() : [];
    if (last) {
      event.preventDefault(); // the browser would undo what was typed into the search
      [returning] = goneBy(last);
      return last.querySelector("[data-act=undo]").click();
    }
    const card = event.target.closest("li.jobrow"), does = card && KEYS[event.key];
    if (event.target !== card && (event.key === "Enter" || event.target.closest("details[open]"))) return undefined; // a button's own, or the menu's
    if (!does || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    event.preventDefault();
    const all = cards();
    return does(card, all, all.indexOf(card));
  });
  // Who goes on from a card finds what is in it; from elsewhere the whole gallery is one stop.
  const reach = (event) => {
    const card = event.target.closest?.("li.jobrow");
    for (const part of grid()?.querySelectorAll("li.jobrow :is(button, a, summary)") ?? []) {
      const inside = part.closest("li.jobrow") === card;
      if ((part.getAttribute("tabindex") === "-1") === inside) part.toggleAttribute("tabindex", !inside);
      if (!inside) part.setAttribute("tabindex", "-1");
    }
  };
  addEventListener("focusin", reach);

  let opened = ""; // the job whose menu is open: a list that is drawn anew does not take it from under the pointer
  const close = (menu) => { menu.open = false; opened = ""; };
  addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(target) || target.closest("[data-act]")) close(menu);
    const sign = target.closest("#jobrows details.menu > summary");
    if (sign) opened = sign.parentElement.open ? "" : idOf(sign.closest("li.jobrow")); // as it will be
    const over = target.closest("#jobsundo [data-act=dismiss]");
    if (over) for (const job of goneBy(over.closest(".undo"))) dismissed.add(job);
    const asks = target.closest("#jobrows [data-act=delete-collection]");
    if (asks) focusOn(asks.closest("li.jobrow")); // the menu has closed over what had the focus
    if (target.closest("#jobsask [data-answer]")) stands = cards().findIndex((card) => idOf(card) === target.closest(".boardask").dataset.collection);
    const star = target.closest("#jobrows .star");
    if (star) pressStar(star);
    const layout = target.closest("[data-layout]");
    if (layout) setLayout(layout.dataset.layout);
  });
  addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) { close(menu); menu.querySelector("summary").focus(); }
  });
  const setLayout = (name) => {
    localStorage.setItem(LAYOUT, name);
    panel()?.classList.toggle("lines", name === "list");
    for (const button of document.querySelectorAll("[data-layout]")) button.setAttribute("aria-pressed", String(button.dataset.layout === name));
  };

  // A star shows at once; a list that was drawn a moment before does not take it back.
  const stars = new Map(), HOLDS = 5000; // by job: what was pressed, and until when it counts
  const showStar = (card, on) => {
    const star = card.querySelector(".star");
    star.setAttribute("aria-pressed", String(on));
    star.dataset.act = on ? "unpin" : "pin";
  };
  const pressStar = (star) => {
    const card = star.closest("li.jobrow"), on = star.dataset.act === "pin";
    stars.set(card.dataset.job, { on, until: performance.now() + HOLDS });
    requestAnimationFrame(() => showStar(card, on));
  };
  const keepStars = () => {
    for (const card of cards()) {
      const wish = stars.get(card.dataset.job);
      if (wish && performance.now() < wish.until && card.querySelector(".star").ariaPressed !== String(wish.on)) showStar(card, wish.on);
    }
  };

  // What did not get through is not shown as done; and what was chosen above meanwhile is looked up when it can be.
  addEventListener("tryon:notdone", () => {
    for (const card of cards()) {
      const wish = stars.get(card.dataset.job);
      if (wish && performance.now() < wish.until) requestAnimationFrame(() => showStar(card, !wish.on));
      if (wish) stars.delete(card.dataset.job);
    }
  });
  addEventListener("tryon:back", () => { if (panel()?.offsetParent) ask("release", {}); });

  // While something runs it is looked at anew, and while the list cannot be read, all of it is.
  setInterval(() => {
    if (!panel()?.offsetParent || document.hidden) return;
    if (document.querySelector("#jobrows .nojobs[role=alert]")) ask("release", {});
    else if (document.querySelector("#jobsrunning li")) ask("tick", {});
  }, LOOKS);

  // A job that has come to its end while the gallery is looked at gets its card anew.
  let running = new Set();
  const ended = () => {
    const now = new Set([...document.querySelectorAll("#jobsrunning li[data-job]")].map((row) => row.dataset.job));
    for (const job of running) if (!now.has(job) && panel()?.offsetParent) request({ job });
    running = now;
  };
  // What was deleted goes at once, and what is next to it has the focus then.
  let leaves;
  const dismissed = new Set();
  const deleted = () => {
    const bar = document.querySelector("#jobsundo .undo");
    clearTimeout(leaves);
    if (bar) leaves = setTimeout(() => bar.querySelector("[data-act=dismiss]")?.click(), bar.dataset.left * 1000);
    bar?.toggleAttribute("hidden", goneBy(bar).every((job) => dismissed.has(job)));
    const gone = bars().flatMap(goneBy);
    for (const card of cards().filter((one) => gone.includes(idOf(one)))) {
      const had = card.contains(document.activeElement), all = cards(), at = all.indexOf(card);
      card.remove();
      if (had) focusOn(all[at + 1] ?? all[at - 1]);
      leaderless = had && all.length === 1;
    }
    if (gone.length && !cards().length && !grid().querySelector(".more, .nojobs, .gone")) ask("release", {});
    drawn();
  };
  let stands = -1; // the place of the stack that was asked about: what is there then has the focus, until somebody goes on
  for (const goesOn of ["pointerdown", "keydown"]) addEventListener(goesOn, () => { stands = -1; }, true);
  let leaderless = false; // the last card went with the focus: what is said in its place has it then
  let returning = ""; // the job that is had back by its key: then it has the focus
  const drawn = () => {
    if (!grid()) return;
    const first = cards()[0], back = returning && cards().find((one) => idOf(one) === returning);
    if (back) { focusOn(back); returning = ""; }
    const menu = opened && cards().find((one) => idOf(one) === opened)?.querySelector("details.menu");
    if (menu) menu.open = true;
    const instead = leaderless && grid().querySelector(".nojobs button");
    if (instead) { leaderless = false; instead.focus(); }
    if (stands >= 0 && document.activeElement === document.body) {
      if (first) focusOn(cards()[stands] ?? cards().at(-1));
      else grid().querySelector(".nojobs button")?.focus();
    }
    if (!here?.isConnected) here = first;
    if (here?.tabIndex === -1) here.setAttribute("tabindex", "0");
    reach({ target: document.activeElement ?? document.body });
    headings();
    keepStars();
    watch();
    if (!document.querySelector("[data-layout][aria-pressed]")) setLayout(localStorage.getItem(LAYOUT) ?? "grid");
  };

  window.TryOn.gallery = (element, trigger) => {
    ask = trigger;
    window.TryOn.bind(element, trigger);
    const observed = { childList: true, subtree: true };
    let queued = false;
    const later = () => { if (!queued) { queued = true; requestAnimationFrame(() => { queued = false; drawn(); }); } };
    new MutationObserver(later).observe(element, observed);
    // The framework draws anew in several steps: each sending is taken once, when all of it is there.
    let taken = "";
    new MutationObserver(() => requestAnimationFrame(() => {
      const sent = document.querySelector("#jobsmore .jobs");
      const trouble = document.querySelector("#jobsmore .nojobs"), waits = grid().querySelector(".more p");
      if (trouble && waits) waits.textContent = trouble.textContent; // and it is asked for again
      if (!sent || sent.dataset.drawn === taken) return;
      taken = sent.dataset.drawn;
      place(sent.parentElement.cloneNode(true));
      answered();
    })).observe(document.getElementById("jobsmore"), { ...observed, attributes: true });
    for (const undo of ["jobsundo", "boardundo"]) new MutationObserver(deleted).observe(document.getElementById(undo), { ...observed, attributes: true, attributeFilter: ["data-jobs", "data-collections"] });
    new MutationObserver(ended).observe(document.getElementById("jobsrunning"), { ...observed, attributes: true, attributeFilter: ["data-job"] });
    drawn();
  };
})();
