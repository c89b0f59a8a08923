// The matrix of a collection: what has changed takes its place, one is chosen from by pointer and keys, clocks run.
(() => {
  "use strict";
  const LOOK = 500, SAY = 5000, OWED = 4000; // milliseconds
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  const place = () => document.getElementById("boardwhole");
  const board = () => place()?.querySelector(".board");
  const cells = () => [...(board()?.querySelectorAll(".cell") ?? [])];
  const { words, shots } = window.TryOn;
  const two = (number) => String(number).padStart(2, "0");
  let ask, seq = 0, skew = 0, here = "", shows = "all";
  const heroes = new Map(); // by cell: the picture that stands large, as `data-shot` has it

  // What was sent last may come before what was sent earlier was drawn: each part replaces the one of its name.
  const patch = (sent) => {
    const mine = board();
    if (!mine || sent.dataset.collection !== mine.dataset.collection) return;
    const covers = Number(sent.dataset.covers), now = Number(sent.dataset.seq);
    if (covers > seq) ask("release", {});
    if (now) seq = now;
    else owed = Math.max(0, owed - 1);
    skew = Date.now() / 1000 - Number(sent.dataset.now);
    Object.assign(mine.dataset, { ended: sent.dataset.ended, news: sent.dataset.news });
    const revision = Number(sent.dataset.revision);
    for (const part of [...sent.querySelectorAll("[data-part]")]) if (revision >= (newest.get(part.dataset.part) ?? 0)) replace(part, revision);
    stars.drawn({ isOwed: owed > 0 });
    drawn();
    const panel = links();
    if (panel && panel.dataset.news !== sent.dataset.news) ask("expand", { collection: panel.dataset.collection });
  };
  // Answers to quick clicks may come in another order: of each part the newest counts.
  const newest = new Map(); // by part: the revision that it was drawn of
  const replace = (part, revision) => {
    newest.set(part.dataset.part, revision);
    const old = board().querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
    if (!old || old.outerHTML === part.outerHTML) return;
    for (const made of part.querySelectorAll(".made[data-shot]")) if (!shots.called(old, made.dataset.shot)) heroes.delete(old.dataset.cell), shots.unpin(old); // a better one is here
    const fresh = part.cloneNode(true), had = old.contains(document.activeElement), act = document.activeElement?.dataset.board;
    old.replaceWith(fresh);
    if (had) (fresh.querySelector(`[data-board="${act}"]`) ?? fresh).focus({ preventScroll: true });
  };

  const setHero = (cell, name) => {
    heroes.set(cell.dataset.cell, name);
    shots.stand(cell, name);
  };
  const heroOf = (cell) => shots.firstOf(shots.large(cell))?.dataset.n ?? "1"; // its number

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

  const links = () => document.querySelector("#boardshare .bshare");
  window.TryOn.boardNews({ board, links, ask: (...told) => ask(...told), isOwed: () => owed > 0 });

  // Which cells are shown.
  const matches = { all: () => true, chosen: (cell) => cell.matches(".chosen"), failed: (cell) => cell.matches(".bad, .warn, .unrefined") };
  const filter = () => {
    const mine = board();
    if (!mine) return;
    for (const cell of cells()) cell.classList.toggle("out", !matches[shows](cell));
    for (const row of mine.querySelectorAll(".mrow[data-garment]")) row.hidden = !row.querySelector(".cell:not(.out)");
    for (const button of mine.querySelectorAll("[data-filter]")) button.setAttribute("aria-pressed", String(button.dataset.filter === shows));
    mine.classList.toggle("filtered", shows !== "all");
    const left = cells().filter((cell) => !cell.matches(".out")); // on a tab that is not open as well
    const first = left.find((cell) => cell.dataset.cell === here) ?? left[0];
    if (first) reach(first);
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
  const rowOf = (cell) => [...(cell.closest(".cards") ?? cell.parentElement).querySelectorAll(".cell:not(.out)")]; // cards are one row, as they stand
  const below = (cell, way) => {
    const { left, top } = cell.getBoundingClientRect(), at = (one) => one.getBoundingClientRect();
    const far = (one) => 1000 * Math.abs(at(one).top - top) + Math.abs(at(one).left - left);
    return rowOf(cell).filter((one) => way * (at(one).top - top) > 20).sort((one, other) => far(one) - far(other))[0];
  };
  const step = (cell, way) => {
    if (cell.closest(".cards")) return below(cell, way);
    const rows = [...board().querySelectorAll(".mrow[data-garment]:not([hidden])")], at = rows.indexOf(cell.parentElement);
    const all = [...cell.parentElement.querySelectorAll(".cell")], column = all.indexOf(cell);
    for (let next = at + way; rows[next]; next += way) {
      const found = rows[next].querySelectorAll(".cell")[column];
      if (found && !found.matches(".out")) return found;
    }
    return null;
  };
  const beside = (cell, way) => { const row = rowOf(cell); return row[row.indexOf(cell) + way]; };
  const press = (name) => board().querySelector(`.btools [data-board=${name}]:not([aria-disabled=true])`)?.click();
  const KEYS = {
    " ": (cell) => markLarge(cell), n: (cell) => note(cell, heroOf(cell)), r: () => press("refine"), R: () => press("retry-all"), c: () => press("compare"), p: () => press("present"),
    ArrowRight: (cell) => go(beside(cell, 1)), ArrowLeft: (cell) => go(beside(cell, -1)), ArrowDown: (cell) => go(step(cell, 1)), ArrowUp: (cell) => go(step(cell, -1)),
    Home: (cell) => go(rowOf(cell)[0]), End: (cell) => go(rowOf(cell).at(-1)), Enter: (cell) => lookAt(shots.large(cell)),
    F2: (cell, event) => lines.describeOf(cell, event.shiftKey ? "column" : "row"),
  };
  const ACTIVATE = new Set([" ", "Enter"]);
  const OF_ALL = new Set(["r", "R", "c", "p"]); // they need no cell
  const pressed = (event) => {
    const cell = closest(event, ".cell");
    if (lines.takes(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== cell && ACTIVATE.has(event.key)) return; // a button in it
    if (!cell && !OF_ALL.has(event.key)) return;
    if (/^[1-8]$/.test(event.key)) { setHero(cell, shots.numbered(cell, event.key)); return; }
    const does = KEYS[event.key];
    if (!does) return;
    event.preventDefault();
    does(cell, event);
  };

  const tell = (name, source, more = {}) => {
    const cell = source.closest(".cell"), { collection } = board().dataset;
    ask(name, { collection, cell: cell?.dataset.cell ?? "", job: source.closest("[data-job]")?.dataset.job ?? "", n: Number(source.dataset.n ?? (cell ? heroOf(cell) : 1)), ...more });
  };
  // Two answers that come in one frame are drawn as one, and one that comes as its stream ends is not heard.
  let owed = 0, overdue = 0;
  const tellAndHear = (...told) => {
    tell(...told);
    owed += 1;
    clearTimeout(overdue);
    overdue = setTimeout(() => { if (owed) ask("release", {}); owed = 0; }, OWED);
  };
  const lines = window.TryOn.arranging({ board, tell, go, toCell: () => { const cell = cells().find((one) => one.dataset.cell === here); if (cell !== document.activeElement) go(cell); } });
  const look = (source, n) => { if (source?.dataset.lightbox) window.TryOn.lightbox.open(source.dataset.job, n, source.closest(".cell")); };
  const lookAt = (shot) => { if (shot) look(shot.closest("[data-lightbox]"), shots.nOf(shot)); };
  const stars = window.TryOn.starring({ find: (job, n) => shotOf(job, n), send: (shot, what) => tellAndHear("like", shot, what) }), { mark } = stars;
  // What is chosen, as those who show it large need it.
  const placedIn = (places) => ({ file }) => Object.fromEntries(Object.entries(places).map(([size, place]) => [size, place + file]));
  const told = (shot) => {
    const cell = shot.closest(".cell"), { job, lightbox } = shot.closest("[data-lightbox]").dataset, { places, pictures, garments, preview } = JSON.parse(lightbox), one = pictures.find((picture) => picture.n === Number(shot.dataset.n));
    const placed = placedIn(places);
    const about = [cell.dataset.article, window.TryOn.filled(words.lightboxPicture, { n: one.n, m: pictures.length })].filter(Boolean).join(", ");
    return { ...placed(one), n: one.n, job, cell, title: cell.dataset.title, about, on: shot.matches(".on"), garments: garments.map(placed), garment: garments[0] ? placed(garments[0]).view : "", label: cell.querySelector(".cwho").textContent, alt: cell.dataset.title, preview };
  };
  // The same with what was made of it in its place, where that is here.
  const best = (shot) => {
    const made = shots.madeOf(shot);
    if (!made) return told(shot);
    const { places, pictures } = JSON.parse(made.dataset.lightbox);
    return { ...told(shot), ...placedIn(places)(pictures.at(-1)), isMade: true };
  };
  // It stays large whatever that does to the order: pressed again, it is the same picture's star.
  const markLarge = (cell) => {
    const shot = shots.large(cell);
    if (!shot) return;
    setHero(cell, shot.dataset.shot);
    mark(shot);
  };
  const chosen = () => [...board().querySelectorAll(".shot.on")];
  const compare = () => {
    const some = chosen();
    if (some.length < 2 || some.length > 4) return window.TryOn.say(words.compareFew);
    const back = cells().find((cell) => cell.dataset.cell === here);
    return window.TryOn.compare(some.map(best), ({ job, n, on }) => mark(shotOf(job, n), on), back);
  };
  // Slides of the chosen, or of the large picture of each cell where nothing is chosen: a garment after the other.
  let stage, slides;
  const present = () => {
    const some = chosen().length ? chosen() : cells().map((cell) => shots.firstOf(shots.large(cell))).filter(Boolean);
    const rows = [...board().querySelectorAll(".mrow[data-garment]")].map((row) => ({ row, pictures: some.filter((shot) => row.contains(shot)).map(best) })).filter(({ pictures }) => pictures.length);
    if (!rows.length) return;
    if (!stage?.isConnected) {
      stage = Object.assign(document.createElement("dialog"), { className: "lightbox" });
      slides = window.TryOn.slidesIn(stage, () => stage.close());
      stage.addEventListener("cancel", (event) => { if (slides.stop()) event.preventDefault(); });
      document.body.append(stage);
    }
    stage.showModal();
    slides.start({ rows: rows.map(({ row, pictures }) => ({ title: row.querySelector(".rh b").textContent, article: row.querySelector(".rh small").textContent, garments: pictures[0].garments, pictures, preview: pictures[0].preview })) }, 0, () => {});
  };
  // The panel of the links comes and goes with each press; where it is out of sight, as on a phone, the press brings it there.
  const share = (button) => {
    const panel = links(), { top, bottom } = panel?.getBoundingClientRect() ?? {};
    return panel && bottom > 0 && top < innerHeight ? panel.querySelector("[data-share=close]").click() : tell("expand", button);
  };
  addEventListener("keydown", (event) => { if (stage?.open && !event.defaultPrevented) slides.takes(event); }); // not the key that began it
  // For the lightbox: whether a picture is chosen, undefined for one that is not in the matrix; and to choose it.
  const shotOf = (job, n) => {
    const id = CSS.escape(job), at = `[data-n="${CSS.escape(n)}"]`;
    return shots.firstOf(board()?.querySelector(`.cell[data-job="${id}"] .shot${at}:not(.kept, .made), .shot.kept[data-job="${id}"]${at}, .shot.made[data-job="${id}"]`));
  };
  window.TryOn.chosenHere = (job, n) => shotOf(job, n)?.matches(".on");
  window.TryOn.choose = (job, n) => mark(shotOf(job, n));
  const note = (cell, n) => {
    const now = cell.querySelector(`.shot[data-shot="${n}"] .cnote`)?.title ?? "";
    window.TryOn.askText(words.noteOnPicture, now, (text) => tellAndHear("submit", cell, { act: "note", n: Number(n), text }), 1000);
  };
  const toStarred = (cell) => {
    const shot = shots.foremost(cell);
    if (!shots.isNow(shot)) return lookAt(shot);
    cell.focus({ preventScroll: true }); // the sign goes with it
    return setHero(cell, shot.dataset.shot);
  };
  const DOES = {
    look: (button) => lookAt(shots.large(button.closest(".cell"))),
    all: (button) => lookAt(shots.foremost(button.closest(".cell"))),
    starred: (button) => toStarred(button.closest(".cell")),
    star: (button) => { shots.pin(button.closest(".cell")); mark(button.closest(".shot")); },
    retry: (button) => tell("retry", button, { act: "retry", ...(button.closest(".cmend") && { cell: button.closest(".cmend").dataset.retries }) }),
    again: (button) => tell("retry", button, { act: "again" }),
    "retry-all": (button) => tell("retry", button, { act: "retry-all" }),
    refine: (button) => tell("retry", button, { act: "refine" }),
    stop: (button) => tell("stop", button, { act: "stop" }),
    describe: lines.describe, move: lines.move,
    delete: (button) => tell("delete", button),
    note: (button) => note(button.closest(".cell"), heroOf(button.closest(".cell"))),
    rename: (button) => window.TryOn.askText(words.nameOfCollection, button.textContent, (text) => tell("edit", button, { act: "rename", text })),
    export: (button) => window.TryOn.handOverFiles(board().dataset.collection, button),
    compare, present, share,
    hero: (button) => setHero(button.closest(".cell"), button.dataset.shot),
    open: (button) => tell("select", button, { act: "open" }),
    change: () => window.TryOn.toForm(),
  };
  const clicked = (event) => {
    const opener = closest(event, ".shot .look"), button = closest(event, "[data-board]"), chosen = closest(event, "[data-filter]");
    if (closest(event, "[data-act=change]")) return window.TryOn.toForm(); // a card stands here: all was refused
    if (opener) return look(opener.closest("[data-lightbox]"), opener.dataset.n);
    if (chosen) { shows = chosen.dataset.filter; return filter(); }
    if (button?.getAttribute("aria-disabled") === "true") return undefined;
    return DOES[button?.dataset.board]?.(button);
  };

  const drawn = () => {
    const mine = board();
    if (!mine) return;
    for (const cell of cells()) shots.stand(cell, heroes.get(cell.dataset.cell));
    filter();
    clocks();
    say();
    window.TryOn.lightbox?.refresh();
  };
  const whole = () => {
    const mine = board();
    if (!mine) return;
    newest.clear();
    [seq, skew] = [Number(mine.dataset.seq), Date.now() / 1000 - Number(mine.dataset.now)];
    drawn();
    lines.drawn();
  };
  window.TryOn.board = (element, trigger) => {
    ask = trigger;
    element.addEventListener("click", clicked);
    element.addEventListener("keydown", pressed);
    element.addEventListener("tryon:refine", ({ detail }) => ask("apply", { act: "refine", ...detail }));
    element.addEventListener("focusin", (event) => { const cell = closest(event, ".cell"); if (cell && cell.dataset.cell !== here) reach(cell); });
    let known = null, taken = "", stamp = "";
    // The framework may keep the elements of a new matrix and put back what the server says of each.
    const isKept = () => cells().filter((cell) => cell.tabIndex === 0).length === 1;
    const later = () => requestAnimationFrame(() => {
      const mine = board(), now = mine && `${mine.dataset.seq} ${mine.dataset.now}`;
      if (!mine) return;
      if (mine === known && now === stamp) { if (!isKept()) filter(); return lines.drawn({ isAgain: true }); } // it goes on putting back, step by step
      [known, stamp] = [mine, now];
      whole();
    });
    new MutationObserver(later).observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-seq", "data-now", "data-line", "tabindex"] });
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
