// The presentation in the lightbox: the garment beside its pictures, then each picture by itself, and nothing else.
(() => {
  "use strict";
  const { words, filled, lightboxParts, figure } = window.TryOn;
  const { make, button, icon } = lightboxParts;
  const IN_A_ROW = 4, AWAKE = 2000, EACH = 6000, SWIPE = 40; // pictures; milliseconds; milliseconds; CSS pixels

  // Of one job, or of several garments after each other, as `rows`: each with its own title and article number.
  const deckOf = ({ rows: several, ...job }) => several?.flatMap(slidesOf) ?? slidesOf(job).map((slide) => ({ ...slide, title: job.title, preview: job.preview }));
  const slidesOf = ({ pictures, before, garments, title, article, preview }) => {
    if (article !== undefined) return rowsOf(pictures, garments).map((slide) => ({ ...slide, title, article, preview }));
    const all = before ? [{ ...before, label: words.lightboxBefore }, { ...pictures.at(-1), label: words.lightboxAfter, at: pictures.length - 1 }]
      : pictures.map((one, at) => ({ ...one, at, label: pictures.length > 1 ? String(one.n) : "" }));
    const rows = rowsOf(all, garments);
    return all.length > 1 ? [...rows, ...all.map((one) => ({ garments, pictures: [one] }))] : rows;
  };
  const rowsOf = (all, garments) => {
    const rows = [];
    for (let first = 0; first < all.length; first += IN_A_ROW) rows.push({ garments, pictures: all.slice(first, first + IN_A_ROW) });
    return rows;
  };
  // The smaller copy first; the picture itself takes its place when it is there.
  const image = ({ view, full, alt = "" }) => {
    const made = make("img", { src: view, alt });
    Object.assign(new Image(), { src: full }).decode().then(() => { made.src = full; }, () => { /* the smaller copy stays */ });
    return made;
  };
  const garmentTile = (garments) => {
    const shown = garments.map(({ view }) => make("img", { src: view, alt: "" }));
    const cloth = make("div", { class: "lb-cloth" }, ...shown);
    figure.ground(shown[0]).then((style) => Object.assign(cloth.style, style));
    return make("li", { class: "lb-garment" }, cloth, make("p", {}, words.slidesGarment));
  };
  const pictureTile = (one, preview) => {
    const shown = image(one);
    shown.style.visibility = "hidden"; // until it is known how it is to be fitted: it does not jump
    figure.fitted(shown, preview).then((style) => Object.assign(shown.style, style, { visibility: "" }));
    return make("li", {}, shown, make("p", {}, one.label ?? ""));
  };

  window.TryOn.slidesIn = (dialog, ended = () => {}) => {
    let layer, deck = [], at = 0, moved, asleep, running, lock = null, before = null;
    const on = () => Boolean(layer) && !layer.hidden;

    const controls = () => make("div", { class: "lb-controls" },
      button("lb-plain", "slide-back", words.slidesPrevious, { drawing: "previous", key: "ArrowLeft", text: false }),
      button("lb-plain", "slide-run", words.slidesRun, { drawing: "run", key: "a", text: false }),
      button("lb-plain", "slide-on", words.slidesNext, { drawing: "next", key: "ArrowRight", text: false }),
      button("lb-plain", "slide-end", words.slidesEnd, { drawing: "close", key: "Escape", text: false }));
    const draw = () => {
      const { garments, pictures, title: name, article, preview } = deck[at], count = filled(words.slidesCount, { n: at + 1, m: deck.length });
      const title = make("h2", { dir: "auto" }, name);
      title.style.setProperty("--letters", Math.max(12, name.length));
      const made = [preview ? words.slidesPreview : "", words.slidesMadeWithAi].filter(Boolean).join(" · ");
      const tiles = [...(garments.length ? [garmentTile(garments)] : []), ...pictures.map((one) => pictureTile(one, preview))];
      layer.querySelector(".lb-slide-page").replaceChildren(
        make("header", {}, title, make("p", {}, article ? make("b", { dir: "auto" }, article) : "", deck.length > 1 ? make("b", {}, filled(words.nOfM, { n: at + 1, m: deck.length })) : "", make("span", {}, made), make("span", { class: "lb-byitself" }, icon("run"), words.slidesRunning))),
        make("ul", { class: pictures.length > 1 ? "lb-lineup" : "lb-lineup lb-alone", role: "list" }, ...tiles));
      layer.querySelector("[aria-live]").textContent = count;
      if (pictures.length === 1 && pictures[0].at !== undefined) moved(pictures[0].at);
    };
    const go = (to) => {
      const next = Math.min(Math.max(to, 0), deck.length - 1);
      if (next === at) return;
      at = next;
      draw();
      if (running) run(true); // whoever turned the page sees it for as long as any other
    };

    const run = (yes) => {
      clearInterval(running);
      running = yes ? setInterval(() => { if (!document.hidden) { at = (at + 1) % deck.length; draw(); counted(); } }, EACH) : 0;
      const control = layer.querySelector("[data-do=slide-run]");
      control.setAttribute("aria-label", yes ? words.slidesPause : words.slidesRun);
      control.firstElementChild.replaceWith(icon(yes ? "pause" : "run"));
      layer.classList.toggle("lb-running", yes);
      counted();
    };
    // How long this slide stays, begun anew with each.
    const counted = () => {
      const line = layer.querySelector(".lb-clock i");
      for (const old of line.getAnimations()) old.cancel();
      if (running) line.animate([{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }], EACH);
    };
    const wake = () => {
      layer.classList.add("lb-awake");
      clearTimeout(asleep);
      asleep = setTimeout(() => layer.classList.remove("lb-awake"), AWAKE);
    };
    const letGo = () => { lock?.release().catch(() => {}); lock = null; };
    const keepLit = async () => {
      try { lock = await navigator.wakeLock?.request("screen") ?? null; } catch { lock = null; }
      if (!on()) letGo(); // it has ended while it was asked
    };
    const rest = (yes) => { for (const part of dialog.children) if (part !== layer) part.inert = yes; };

    const stop = () => {
      if (!on()) return false;
      run(false);
      clearTimeout(asleep);
      layer.hidden = true;
      rest(false);
      letGo();
      if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
      before?.focus({ preventScroll: true });
      ended();
      return true;
    };
    const DOES = { "slide-back": () => go(at - 1), "slide-on": () => go(at + 1), "slide-run": () => run(!running), "slide-end": stop };
    const KEYS = {
      ArrowLeft: () => go(at - 1), PageUp: () => go(at - 1), ArrowRight: () => go(at + 1), PageDown: () => go(at + 1), " ": () => go(at + 1),
      Home: () => go(0), End: () => go(Infinity), a: () => run(!running), p: stop, Escape: stop,
    };

    const listen = () => {
      let from = null;
      layer.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") wake(); });
      layer.addEventListener("pointerdown", (event) => { from = { x: event.clientX, y: event.clientY }; });
      layer.addEventListener("pointerup", (event) => {
        if (!from || event.button || event.target.closest(".lb-controls")) return;
        const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
        from = null;
        if (dy > 2 * SWIPE && dy > Math.abs(dx)) return stop();
        if (Math.abs(dx) > SWIPE) return go(at + (dx < 0 ? 1 : -1));
        if (event.clientX < innerWidth / 3) return go(at - 1);
        if (event.clientX > innerWidth * 2 / 3) return go(at + 1);
        return wake();
      });
      layer.addEventListener("click", (event) => {
        const control = event.target.closest("[data-do]");
        if (!control) return;
        event.stopPropagation();
        DOES[control.dataset.do]();
      });
      addEventListener("resize", () => { if (on()) draw(); }); // the tiles have another shape
      document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement) stop(); });
      document.addEventListener("visibilitychange", () => { if (on() && !document.hidden) keepLit(); });
    };
    const build = () => {
      layer = make("section", { class: "lb-present", tabindex: "-1", "aria-label": words.slides, hidden: "" },
        make("div", { class: "lb-slide-page" }), controls(),
        make("div", { class: "lb-clock", "aria-hidden": "true" }, make("i")), make("p", { class: "vh", "aria-live": "polite" }));
      dialog.append(layer);
      listen();
    };
    // `told` hears which picture stands by itself, so that the lightbox goes on from there.
    const start = (shown, index, told) => {
      if (!layer) build();
      [deck, moved, before] = [deckOf(shown), told, document.activeElement];
      at = Math.max(0, deck.findIndex((slide) => slide.pictures.some((one) => one.at === index)));
      layer.hidden = false;
      rest(true);
      draw();
      wake();
      layer.focus({ preventScroll: true });
      keepLit();
      layer.requestFullscreen?.().catch(() => {}); // the dialog fills the window already, as on an iPhone
    };
    const takes = (event) => {
      if (!on()) return false;
      const does = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (event.key === " " && event.target.matches?.("button")) return true;
      if (does) {
        event.preventDefault();
        does();
      }
      return true;
    };
    return { start, stop, takes };
  };
})();
