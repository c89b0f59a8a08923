// The matrix of a collection: what has changed takes its place, one is chosen from by pointer and keys, clocks run.
(() => {
  "use strict";
  const LOOK = 500, SAY = 5000; // milliseconds
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  const place = () => document.getElementById("boardwhole");
  const board = () => place()?.querySelector(".board");
  const cells = () => [...(board()?.querySelectorAll(".cell") ?? [])];
  const seen = () => cells().filter((cell) => cell.offsetParent);
  const two = (number) => String(number).padStart(2, "0");
  let ask, seq = 0, skew = 0, here = "", shows = "all";
  const heroes = new Map(); // by cell: the picture that stands large

  // What was sent last may come before what was sent earlier was drawn: each part replaces the one of its name.
  const patch = (sent) => {
    const mine = board();
    if (!mine || sent.dataset.collection !== mine.dataset.collection) return;
    const covers = Number(sent.dataset.covers), now = Number(sent.dataset.seq);
    if (covers > seq) ask("release", {});
    if (now) seq = now;
    skew = Date.now() / 1000 - Number(sent.dataset.now);
    mine.dataset.ended = sent.dataset.ended;
    for (const part of [...sent.querySelectorAll("[data-part]")]) replace(part);
    drawn();
  };
  const replace = (part) => {
    const old = board().querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
    if (!old || old.outerHTML === part.outerHTML) return;
    const fresh = part.cloneNode(true), had = old.contains(document.activeElement), act = document.activeElement?.dataset.board;
    old.replaceWith(fresh);
    if (had) (fresh.querySelector(`[data-board="${act}"]`) ?? fresh).focus({ preventScroll: true });
  };

  const setHero = (cell, n) => {
    const shots = [...cell.querySelectorAll(".shot[data-n]")], hero = shots.find((shot) => shot.dataset.n === String(n));
    if (!hero) return;
    const ordered = [hero, ...shots.filter((shot) => shot !== hero)];
    for (const [at, shot] of ordered.entries()) {
      shot.classList.toggle("second", at === 1);
      shot.classList.toggle("third", at > 1);
      shot.style.order = at;
    }
    for (const pick of cell.querySelectorAll(".cpick")) pick.setAttribute("aria-pressed", String(pick.dataset.n === String(n)));
  };
  const heroOf = (cell) => cell.querySelector(".shot[data-n]:not(.second, .third)")?.dataset.n ?? "1";

  const clocks = () => {
    for (const clock of board()?.querySelectorAll("[data-since]") ?? []) {
      const s = Math.max(0, Date.now() / 1000 - skew - clock.dataset.since);
      const text = `${Math.floor(s / 60)}:${two(Math.floor(s) % 60)}`;
      if (clock.textContent !== text) clock.textContent = text;
    }
  };
  setInterval(clocks, LOOK);
  // How far it is is said now and then, not with each picture.
  let said = "", waits = 0;
  const say = () => {
    const words = board()?.querySelector("[data-part=total]")?.innerText.replace(/\s+/g, " ") ?? "", line = document.getElementById("boardsays");
    if (waits || !line || words === said) return;
    said = words;
    line.textContent = words;
    waits = setTimeout(() => { waits = 0; say(); }, SAY);
  };

  // Which cells are shown.
  const matches = { all: () => true, chosen: (cell) => cell.matches(".chosen"), failed: (cell) => cell.matches(".bad, .warn") };
  const filter = () => {
    const mine = board();
    if (!mine) return;
    for (const cell of cells()) cell.classList.toggle("out", !matches[shows](cell));
    for (const row of mine.querySelectorAll(".mrow[data-garment]")) row.hidden = !row.querySelector(".cell:not(.out)");
    for (const button of mine.querySelectorAll("[data-filter]")) button.setAttribute("aria-pressed", String(button.dataset.filter === shows));
    mine.classList.toggle("filtered", shows !== "all");
  };

  // One tab stop: the cell that had the focus last; what is in it can be reached from there.
  const reach = (cell) => {
    here = cell.dataset.cell;
    for (const other of cells()) {
      const isHere = other === cell;
      other.tabIndex = isHere ? 0 : -1;
      for (const part of other.querySelectorAll("button")) part.tabIndex = isHere ? 0 : -1;
    }
  };
  const go = (cell) => { if (cell) { reach(cell); cell.focus({ preventScroll: true }); cell.scrollIntoView({ block: "nearest", inline: "nearest" }); } };
  const rowOf = (cell) => [...cell.parentElement.querySelectorAll(".cell:not(.out)")];
  const step = (cell, way) => {
    const rows = [...board().querySelectorAll(".mrow[data-garment]:not([hidden])")], at = rows.indexOf(cell.parentElement);
    const all = [...cell.parentElement.querySelectorAll(".cell")], column = all.indexOf(cell);
    for (let next = at + way; rows[next]; next += way) {
      const found = rows[next].querySelectorAll(".cell")[column];
      if (found && !found.matches(".out")) return found;
    }
    return null;
  };
  const beside = (cell, way) => { const row = rowOf(cell); return row[row.indexOf(cell) + way]; };
  const KEYS = {
    ArrowRight: (cell) => go(beside(cell, 1)), ArrowLeft: (cell) => go(beside(cell, -1)), ArrowDown: (cell) => go(step(cell, 1)), ArrowUp: (cell) => go(step(cell, -1)),
    Home: (cell) => go(rowOf(cell)[0]), End: (cell) => go(rowOf(cell).at(-1)), Enter: (cell) => look(cell, heroOf(cell)),
  };
  const pressed = (event) => {
    const cell = closest(event, ".cell");
    if (!cell || event.target !== cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[1-8]$/.test(event.key)) { heroes.set(cell.dataset.cell, event.key); setHero(cell, event.key); return; }
    const does = KEYS[event.key];
    if (!does) return;
    event.preventDefault();
    does(cell);
  };

  const tell = (name, source, more = {}) => {
    const cell = source.closest(".cell"), { collection } = board().dataset;
    ask(name, { collection, cell: cell?.dataset.cell ?? "", job: cell?.dataset.job ?? "", n: Number(source.dataset.n ?? (cell ? heroOf(cell) : 1)), ...more });
  };
  const look = (cell, n) => { if (cell.dataset.lightbox) window.TryOn.lightbox.open(cell.dataset.job, n, cell); };
  const DOES = {
    look: (button) => look(button.closest(".cell"), heroOf(button.closest(".cell"))),
    hero: (button) => { const cell = button.closest(".cell"); heroes.set(cell.dataset.cell, button.dataset.n); setHero(cell, button.dataset.n); },
    open: (button) => tell("select", button, { act: "open" }),
    change: () => window.TryOn.toForm(),
  };
  const clicked = (event) => {
    const opener = closest(event, ".shot .look"), button = closest(event, "[data-board]"), chosen = closest(event, "[data-filter]");
    if (opener) return look(opener.closest(".cell"), opener.dataset.n);
    if (chosen) { shows = chosen.dataset.filter; return filter(); }
    if (button?.getAttribute("aria-disabled") === "true") return undefined;
    return DOES[button?.dataset.board]?.(button);
  };

  const drawn = () => {
    const mine = board();
    if (!mine) return;
    for (const cell of cells()) setHero(cell, heroes.get(cell.dataset.cell) ?? heroOf(cell));
    const first = cells().find((cell) => cell.dataset.cell === here) ?? seen()[0];
    if (first) reach(first);
    filter();
    clocks();
    say();
    window.TryOn.lightbox?.refresh();
  };
  const whole = () => {
    const mine = board();
    if (!mine) return;
    [seq, skew] = [Number(mine.dataset.seq), Date.now() / 1000 - Number(mine.dataset.now)];
    drawn();
  };
  window.TryOn.board = (element, trigger) => {
    ask = trigger;
    element.addEventListener("click", clicked);
    element.addEventListener("keydown", pressed);
    element.addEventListener("focusin", (event) => { const cell = closest(event, ".cell"); if (cell && cell.dataset.cell !== here) reach(cell); });
    let known = null, taken = "";
    const later = () => requestAnimationFrame(() => { const mine = board(); if (mine && mine !== known) { known = mine; whole(); } });
    new MutationObserver(later).observe(element, { childList: true, subtree: true });
    const patches = document.getElementById("boardpatch");
    new MutationObserver(() => requestAnimationFrame(() => {
      const sent = patches.querySelector("[data-collection]"), mark = sent && `${sent.dataset.seq} ${sent.dataset.now}`;
      if (!sent || mark === taken) return;
      taken = mark;
      patch(sent);
    })).observe(patches, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-seq", "data-now"] });
    later();
  };
})();
