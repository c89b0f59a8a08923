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
  const read = (job) => {
    const from = source(job);
    if (!from) return undefined;
    const told = JSON.parse(from.dataset.lightbox), { title, places } = told;
    const placed = (one) => one && { ...one, ...Object.fromEntries(Object.entries(places).map(([size, place]) => [size, place + one.file])) };
    const pictures = told.pictures.map((one) => ({ ...placed(one), alt: filled(words.lightboxAlt, { title, n: one.n }), size: filled(words.lightboxAsServed, one) }));
    return { ...told, job, said: from.dataset.lightbox, pictures, garments: told.garments.map(placed), before: placed(told.before) };
  };
  const picture = () => shown.pictures[at];
  const tell = (kind, { job, pictures } = shown) => document.dispatchEvent(
    new CustomEvent("tryon:lightbox", { bubbles: true, detail: { kind, job, n: pictures[at].n } }));

  const thumb = (one, index) => {
    const name = filled(words.lightboxPicture, { n: index + 1, m: shown.pictures.length });
    const made = make("button", { type: "button", class: "lb-thumb", "aria-label": name, "data-do": "pick", "data-at": index },
      make("img", { src: one.thumb, alt: "", width: one.width, height: one.height, loading: "lazy" }));
    return made;
  };
  // Of a picture of the matrix: whether it is chosen.
  const starred = () => {
    const on = window.TryOn.chosenHere?.(shown.job, picture().n), button = part("[data-do=star]");
    button.hidden = on === undefined;
    button.setAttribute("aria-pressed", String(on === true));
    dialog.classList.toggle("lb-stars", on !== undefined);
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
  const place = () => {
    const n = at + 1, m = shown.pictures.length, name = filled(words.lightboxPicture, { n, m });
    part(".lb-count").textContent = m > 1 ? filled(words.nOfM, { n, m }) : "";
    part(".lb-stage").setAttribute("aria-label", name);
    part(".lb-say").textContent = m > 1 ? name : "";
    part(".lb-previous").setAttribute("aria-disabled", String(at === 0));
    part(".lb-next").setAttribute("aria-disabled", String(n === m));
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

  const go = (index) => {
    const to = Math.min(Math.max(index, 0), shown.pictures.length - 1);
    if (to === at) return;
    const way = Math.sign(to - at);
    at = to;
    show();
    if (!calm()) part(".lb-box").animate([{ opacity: 0, translate: `${way * 48}px 0` }, { opacity: 1, translate: "0 0" }], { duration: 160, easing: "ease-out" });
    tell("move");
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
    previous: () => go(at - 1), next: () => go(at + 1), pick: (button) => go(Number(button.dataset.at)),
    fit: () => zoom.fit(), actual: () => zoom.actual(), present: () => slides.start(shown, at, (index) => go(index)),
  };
  const KEYS = {
    ArrowLeft: () => go(at - 1), ArrowRight: () => go(at + 1), Home: () => go(0), End: () => go(Infinity),
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
    window.TryOn.gesturesOn(part(".lb-stage"), zoom, { move: (step) => go(at + step), close, slides: pair.slides, slideTo: pair.slideTo });
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
    [shown, at] = [told, Math.max(0, told.pictures.findIndex((one) => one.n === Number(n)))];
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
    if (shown) starred();
    if (!shown || !source(shown.job) || source(shown.job).dataset.lightbox === shown.said) return;
    const { n } = picture();
    shown = read(shown.job);
    at = Math.max(0, shown.pictures.findIndex((one) => one.n === n));
    fillJob();
    facts();
    place();
  };

  addEventListener("keydown", pressed);
  addEventListener("keyup", (event) => { if (event.key.toLowerCase() === "b") pair?.hold(false); });
  addEventListener("blur", () => pair?.hold(false));
  window.TryOn.lightbox = { open, close, refresh };
})();
