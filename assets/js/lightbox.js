// Every picture of a job by itself, as large as the window takes, from what stands in the job's card or row.
// Other scripts open it by `TryOn.lightbox.open(job, n)` and hear of it by the event `tryon:lightbox` on the document.
(() => {
  "use strict";
  const { words, filled, lightboxParts } = window.TryOn;
  const { make } = lightboxParts;
  let dialog, part, zoom, pair, slides, shown = null, at = 0, turn = 0, opener = null;
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // The card and the row of a job tell the same; the one that is seen gets the focus back.
  const sources = (job) => [...document.querySelectorAll("[data-lightbox]")].filter((item) => item.dataset.job === job);
  const source = (job) => { const all = sources(job); return all.find((item) => item.offsetParent) ?? all[0]; };
  const toldBy = (from) => {
    const { job } = from.dataset, told = JSON.parse(from.dataset.lightbox), { title, places } = told;
    const placed = (one) => one && { ...one, ...Object.fromEntries(Object.entries(places).map(([size, place]) => [size, place + one.file])) };
    const pictures = told.pictures.map((one) => ({ ...placed(one), alt: filled(words.lightboxAlt, { title, n: one.n }), size: filled(words.lightboxAsServed, one) }));
    return { ...told, job, pictures: pictures.map((one) => ({ ...one, job })), garments: told.garments.map(placed), before: placed(told.before) };
  };
  // In the matrix a cell is looked through as one: what was made of its pictures is another job's.
  const kinOf = (from) => window.TryOn.shots?.kin(from);
  const saidBy = (from) => (kinOf(from) ?? [{ source: from }]).map((one) => one.source.dataset.lightbox).join("");
  const read = (job) => {
    const from = source(job);
    if (!from) return undefined;
    const mine = toldBy(from), kin = kinOf(from), said = saidBy(from);
    const pictures = kin?.map(({ source: place, n, isMade }) => ({ ...toldBy(place).pictures.find((one) => one.n === n), isMade }));
    return { ...mine, said, pictures: pictures ?? mine.pictures };
  };
  // In the matrix, where the pictures of a cell end, those of the next one follow.
  const beyond = (way) => window.TryOn.shots?.beyond(source(shown.job), way);
  const placeOf = (job, n) => Math.max(0, shown.pictures.findIndex((one) => one.job === job && one.n === Number(n)));
  const picture = () => shown.pictures[at];
  const tell = (kind, { job, pictures } = shown) => document.dispatchEvent(
    new CustomEvent("tryon:lightbox", { bubbles: true, detail: { kind, job, n: pictures[at].n } }));

  const nameOf = (one, index) => {
    const name = filled(words.lightboxPicture, { n: index + 1, m: shown.pictures.length });
    return one.isMade ? `${name}, ${words.lightboxRefined}` : name;
  };
  const thumb = (one, index) => {
    const made = make("button", { type: "button", class: "lb-thumb", "aria-label": nameOf(one, index), "data-do": "pick", "data-at": index },
      make("img", { src: one.thumb, alt: "", width: one.width, height: one.height, loading: "lazy" }));
    if (one.isMade) made.append(make("i", { "aria-hidden": "true" }, words.lightboxRefined));
    made.append(lightboxParts.icon("star"));
    return made;
  };
  // Of pictures of the matrix: which are chosen, the one that is shown and those beside it.
  const starred = () => {
    const chosen = shown.pictures.map(({ job, n }) => window.TryOn.chosenHere?.(job, n)), on = chosen[at], button = part("[data-do=star]");
    button.hidden = on === undefined;
    button.setAttribute("aria-pressed", String(on === true));
    dialog.classList.toggle("lb-stars", on !== undefined);
    for (const [index, item] of [...part(".lb-strip").children].entries()) {
      item.classList.toggle("lb-on", chosen[index] === true);
      item.ariaLabel = chosen[index] ? `${nameOf(shown.pictures[index], index)}, ${words.lightboxChosen}` : nameOf(shown.pictures[index], index);
    }
  };
  const star = () => { window.TryOn.choose?.(shown.job, picture().n); starred(); };
  const facts = () => {
    const rows = [[words.lightboxSize, picture().size], [words.lightboxFile, picture().name], ...shown.facts];
    part(".lb-facts").replaceChildren(...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", { dir: "auto" }, value)]));
  };
  // What is the same for every picture of the job.
  const fillJob = () => {
    const many = shown.pictures.length > 1;
    dialog.classList.toggle("lb-many", many);
    dialog.classList.toggle("lb-refines", shown.refines);
    part("[data-do=refine]").hidden = !shown.refines;
    part("[data-do=save]").classList.toggle("lb-main", !shown.refines);
    part("#lb-title").textContent = shown.title;
    part(".lb-strip").replaceChildren(...(many ? shown.pictures.map(thumb) : []));
  };
  const ends = () => {
    const isEnd = (way) => !shown.pictures[at + way] && !beyond(way), both = [[".lb-previous", isEnd(-1)], [".lb-next", isEnd(1)]];
    for (const [arrow, is] of both) part(arrow).setAttribute("aria-disabled", String(is));
    dialog.classList.toggle("lb-leads", both.some(([, is]) => !is));
  };
  const place = () => {
    const n = at + 1, m = shown.pictures.length, name = nameOf(picture(), at);
    part(".lb-count").textContent = m > 1 ? filled(words.nOfM, { n, m }) : "";
    part(".lb-stage").setAttribute("aria-label", name);
    part(".lb-say").textContent = m > 1 ? name : "";
    ends();
    for (const [index, item] of [...part(".lb-strip").children].entries()) {
      if (index === at) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
    part("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  };
  const ahead = () => {
    if (navigator.connection?.saveData) return;
    for (const near of [at + 1, at - 1]) if (shown.pictures[near]) new Image().src = shown.pictures[near].full;
  };
  // The smaller copy stands at once; the picture itself is laid over it when it is there, in the same box.
  const load = () => {
    const mine = ++turn, { view, full, alt } = picture();
    Object.assign(part(".lb-view"), { src: view, alt });
    part(".lb-full")?.remove();
    part(".lb-failed").textContent = "";
    const whole = Object.assign(new Image(), { src: full, alt: "", className: "lb-full" });
    whole.decode().then(() => {
      if (mine !== turn) return;
      part(".lb-view").after(whole);
      ahead();
    }, () => { if (mine === turn) part(".lb-failed").textContent = words.lightboxFailed; });
  };
  const show = () => {
    load();
    pair.set(shown.before);
    zoom.set(picture());
    facts();
    place();
    starred();
    Object.assign(part("[data-do=save]"), { href: picture().full + picture().save, download: picture().name });
  };

  // The picture of another job of the same cell has its own title, facts and before.
  const another = () => {
    const { pictures, said } = shown, from = source(picture().job);
    if (!from) return;
    shown = { ...toldBy(from), said, pictures };
    fillJob();
  };
  const present = () => {
    const own = shown.pictures.filter((one) => one.job === shown.job);
    slides.start({ ...shown, pictures: own }, own.indexOf(picture()), (index) => go(shown.pictures.indexOf(own[index])));
  };
  const come = (way) => {
    show();
    if (!calm()) part(".lb-box").animate([{ opacity: 0, translate: `${way * 48}px 0` }, { opacity: 1, translate: "0 0" }], { duration: 160, easing: "ease-out" });
    tell("move");
  };
  const go = (index) => {
    const to = Math.min(Math.max(index, 0), shown.pictures.length - 1), way = Math.sign(to - at);
    if (!way) return;
    at = to;
    if (picture().job !== shown.job) another();
    come(way);
  };
  const step = (way) => {
    const next = shown.pictures[at + way] ? null : beyond(way);
    if (!next) return go(at + way);
    const { job } = next.source.dataset;
    [shown, opener] = [read(job), next.cell];
    at = placeOf(job, next.n);
    fillJob();
    come(way);
    part(".lb-say").textContent = `${shown.title}. ${nameOf(picture(), at)}`;
  };
  const close = () => dialog?.open && dialog.close();
  const refine = () => {
    if (!shown.refines) return;
    const from = source(shown.job), detail = { job: shown.job, n: picture().n };
    close();
    from?.dispatchEvent(new CustomEvent("tryon:refine", { bubbles: true, detail }));
  };
  const DOES = {
    close, refine, star,
    previous: () => step(-1), next: () => step(1), pick: (button) => go(Number(button.dataset.at)),
    fit: () => zoom.fit(), actual: () => zoom.actual(), present,
  };
  const KEYS = {
    ArrowLeft: () => step(-1), ArrowRight: () => step(1), Home: () => go(0), End: () => go(Infinity),
    d: () => part("[data-do=save]").click(), r: refine, s: star, p: DOES.present, z: () => zoom.toggle(), b: () => pair.hold(true),
    "+": () => zoom.step(1), "=": () => zoom.step(1), "-": () => zoom.step(-1), ",": () => pair.nudge(-1), ".": () => pair.nudge(1),
  };
  // On the document: the focus may lie on nothing, where what had it has gone.
  const pressed = (event) => {
    if (!dialog?.open || event.ctrlKey || event.metaKey || event.altKey || slides.takes(event)) return;
    if (event.target.matches?.(".lb-slide") && /^(Arrow|Home|End)/.test(event.key)) return; // the range input's own
    const does = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!does) return;
    event.preventDefault();
    does();
  };

  const zoomed = ({ zoom: now, fit, width, moves }) => {
    const same = (one, other) => Math.abs(one / other - 1) < 0.005;
    part("[data-do=actual]").setAttribute("aria-pressed", String(same(now, 1)));
    part("[data-do=fit]").setAttribute("aria-pressed", String(same(now, fit) && !same(now, 1)));
    part(".lb-stage").classList.toggle("lb-moves", moves);
    dialog.style.setProperty("--width", `${Math.round(width)}px`);
  };
  const build = () => {
    dialog = lightboxParts.dialog();
    part = (selector) => dialog.querySelector(selector);
    zoom = window.TryOn.zoomOf(part(".lb-stage"), part(".lb-box"), zoomed);
    pair = window.TryOn.beforeAfterOn(dialog, zoom);
    slides = window.TryOn.slidesIn(dialog);
    window.TryOn.gesturesOn(part(".lb-stage"), zoom, { move: step, close, slides: pair.slides, slideTo: pair.slideTo });
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest?.("[data-do]");
      if (button?.getAttribute("aria-disabled") !== "true") DOES[button?.dataset.do]?.(button);
    });
    dialog.addEventListener("cancel", (event) => { if (slides.stop()) event.preventDefault(); });
    dialog.addEventListener("close", closed);
    document.body.append(dialog);
  };
  const closed = () => {
    if (!shown || dialog.open) return; // opened again before its end was told
    slides.stop();
    const was = shown, { job } = shown;
    turn += 1;
    shown = null;
    const back = opener?.isConnected ? opener : source(job)?.querySelector("button.full, .look");
    back?.focus({ preventScroll: true });
    tell("close", was);
  };

  const open = (job, n, from = null) => {
    const told = read(job);
    if (!told) return false;
    if (!dialog?.isConnected) build();
    const anew = !dialog.open;
    shown = told;
    at = placeOf(job, n);
    if (anew) {
      opener = from;
      dialog.showModal();
    }
    fillJob();
    show();
    part(".lb-stage").focus({ preventScroll: true });
    tell(anew ? "open" : "move");
    return true;
  };
  // The card was drawn anew: a job that runs has more pictures, or another name.
  const refresh = () => {
    if (!shown) return;
    starred();
    ends();
    if (!source(shown.job) || saidBy(source(shown.job)) === shown.said) return;
    const { job, n } = picture();
    shown = read(job);
    at = placeOf(job, n);
    fillJob();
    facts();
    place();
  };

  addEventListener("keydown", pressed);
  addEventListener("keyup", (event) => { if (event.key.toLowerCase() === "b") pair?.hold(false); });
  addEventListener("blur", () => pair?.hold(false));
  window.TryOn.lightbox = { open, close, refresh };
})();
