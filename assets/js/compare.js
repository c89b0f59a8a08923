// Two to four pictures side by side, zoomed and moved together; Shift moves one alone.
(() => {
  "use strict";
  const { words, filled, lightboxParts } = window.TryOn;
  const { make, button } = lightboxParts;
  const MOST = 8, STEP = 1.25, NUDGE = 0.06; // times as large as what fits; a share of the picture
  const between = (low, value, high) => Math.min(Math.max(value, low), high);
  let dialog, part, shown = [], zoom = 1, at = { x: 0, y: 0 }, chosen;

  const place = () => {
    const most = (zoom - 1) / 2;
    at = { x: between(-most, at.x, most), y: between(-most, at.y, most) };
    for (const one of shown) {
      const [x, y] = [between(-most, at.x + one.x, most), between(-most, at.y + one.y, most)];
      one.image.style.transform = `translate(${100 * x}%, ${100 * y}%) scale(${zoom})`;
      const share = 100 / zoom;
      Object.assign(one.mini.lastElementChild.style, { width: `${share}%`, height: `${share}%`, left: `${50 - share / 2 - 100 * x / zoom}%`, top: `${50 - share / 2 - 100 * y / zoom}%` });
      one.mini.hidden = zoom === 1;
    }
    part("output").textContent = `${Math.round(100 * zoom)}%`;
  };
  // The point under the pointer stays there.
  const zoomTo = (wanted, point = { x: 0, y: 0 }) => {
    const before = zoom;
    zoom = between(1, wanted, MOST);
    at = { x: point.x - (point.x - at.x) * zoom / before, y: point.y - (point.y - at.y) * zoom / before };
    if (zoom === 1) for (const one of shown) Object.assign(one, { x: 0, y: 0 });
    place();
  };
  const move = (dx, dy, alone) => {
    const moved = alone ?? at;
    [moved.x, moved.y] = [moved.x + dx, moved.y + dy];
    place();
  };

  const star = (one) => {
    one.on = !one.on;
    one.pick.setAttribute("aria-pressed", String(one.on));
    chosen(one);
  };
  const takeOut = (one) => {
    if (shown.length <= 1) return dialog.close();
    const had = one.figure.contains(document.activeElement);
    one.figure.remove();
    shown = shown.filter((other) => other !== one);
    number();
    if (had) shown[0].figure.querySelector("button").focus();
    return undefined;
  };
  const number = () => {
    part(".cmp-columns").style.setProperty("--n", shown.length);
    part("h2").textContent = filled(words.compareTitle, { n: shown.length });
    for (const [index, one] of shown.entries()) one.number.textContent = index + 1;
  };
  const pointers = (view, one) => {
    const down = new Map();
    let apart = 0;
    const distance = () => { const [a, b] = [...down.values()]; return Math.hypot(a.x - b.x, a.y - b.y) || 1; };
    const point = (event) => { const box = view.getBoundingClientRect(); return { x: (event.clientX - box.left) / box.width - 0.5, y: (event.clientY - box.top) / box.height - 0.5 }; };
    view.addEventListener("pointerdown", (event) => {
      if (event.button || event.target.closest("button")) return;
      event.preventDefault();
      view.setPointerCapture(event.pointerId);
      down.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (down.size === 2) apart = distance();
    });
    view.addEventListener("pointermove", (event) => {
      const from = down.get(event.pointerId);
      if (!from) return;
      down.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (down.size === 2) { zoomTo(zoom * distance() / apart, point(event)); apart = distance(); return; }
      move((event.clientX - from.x) / view.clientWidth, (event.clientY - from.y) / view.clientHeight, event.shiftKey ? one : undefined);
    });
    for (const kind of ["pointerup", "pointercancel"]) view.addEventListener(kind, (event) => down.delete(event.pointerId));
    view.addEventListener("wheel", (event) => { event.preventDefault(); zoomTo(zoom * Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), point(event)); }, { passive: false });
    view.addEventListener("dblclick", (event) => zoomTo(zoom > 1 ? 1 : 2, point(event)));
  };
  const column = (told) => {
    const image = make("img", { src: told.view, alt: told.title, draggable: "false" }), mini = make("div", { class: "cmp-mini", "aria-hidden": "true", hidden: "" }, make("img", { src: told.thumb, alt: "" }), make("i"));
    Object.assign(new Image(), { src: told.full }).decode().then(() => { image.src = told.full; }, () => { /* the smaller copy stays */ });
    const pick = button("cmp-round cmp-pick", "", `${words.compareChoose}: ${told.title}`, { text: false });
    pick.innerHTML = '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="m10 2.8 2.2 4.6 5 .7-3.6 3.5.9 5L10 14.2l-4.5 2.4.9-5L2.8 8.1l5-.7Z"/></svg>';
    pick.setAttribute("aria-pressed", String(told.on));
    const out = button("cmp-round", "", `${words.compareOut}: ${told.title}`, { drawing: "close", text: false });
    const count = make("span", { class: "cmp-number", "aria-hidden": "true" });
    const view = make("div", { class: "cmp-view" }, image, make("img", { class: "cmp-garment", src: told.garment, alt: "" }), make("div", { class: "cmp-tags" }, count, ...(told.kind ? [make("span", { class: "cmp-kind" }, told.kind)] : [])), make("div", { class: "cmp-acts" }, pick, out), mini);
    const figure = make("figure", {}, view, make("figcaption", {}, make("b", { dir: "auto" }, told.title), make("span", { dir: "auto" }, told.about)));
    const one = { ...told, x: 0, y: 0, image, mini, pick, number: count, figure };
    pick.addEventListener("click", () => star(one));
    out.addEventListener("click", () => takeOut(one));
    pointers(view, one);
    return one;
  };
  const garments = () => {
    const on = dialog.classList.toggle("cmp-garments");
    part("[data-do=garment]").setAttribute("aria-pressed", String(on));
  };
  const DOES = { close: () => dialog.close(), fit: () => zoomTo(1), less: () => zoomTo(zoom / STEP), more: () => zoomTo(zoom * STEP), garment: garments };
  const KEYS = {
    "+": DOES.more, "=": DOES.more, "-": DOES.less, 0: DOES.fit,
    ArrowLeft: () => move(NUDGE, 0), ArrowRight: () => move(-NUDGE, 0), ArrowUp: () => move(0, NUDGE), ArrowDown: () => move(0, -NUDGE),
    Delete: () => takeOut(shown.find((one) => one.figure.contains(document.activeElement)) ?? shown.at(-1)),
  };
  const build = () => {
    dialog = make("dialog", { class: "cmp", "aria-labelledby": "cmp-title" },
      make("header", {}, button("btn", "close", words.compareBack, { drawing: "previous" }), make("h2", { id: "cmp-title" }), make("span", { class: "cmp-space" }),
        make("div", { class: "cmp-zoom", role: "group", "aria-label": words.compareZoom },
          button("", "fit", words.lightboxFit, { key: "0" }), button("", "less", words.compareLess, { key: "-", text: false }), make("output"), button("", "more", words.compareIn, { key: "+", text: false })),
        button("btn", "garment", words.compareGarment)),
      make("div", { class: "cmp-columns" }));
    part = (selector) => dialog.querySelector(selector);
    part("[data-do=less]").append("−");
    part("[data-do=more]").append("+");
    part("[data-do=garment]").setAttribute("aria-pressed", "false");
    dialog.addEventListener("click", (event) => DOES[event.target.closest?.("[data-do]")?.dataset.do]?.());
    dialog.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const one = shown[Number(event.key) - 1];
      if (one && event.key !== "0") return star(one);
      if (!KEYS[event.key]) return undefined;
      event.preventDefault();
      return KEYS[event.key]();
    });
    (document.querySelector(".gradio-container") ?? document.body).append(dialog);
  };
  // `pictures`: each with title, about, view, full, thumb, garment and whether it is chosen; `told` hears of each star.
  window.TryOn.compare = (pictures, told, back) => {
    if (!dialog?.isConnected) build();
    [chosen, zoom, at] = [told, 1, { x: 0, y: 0 }];
    dialog.classList.remove("cmp-garments");
    // Beside a refined picture each says whether it is one.
    const kind = ({ isMade }) => isMade ? words.lightboxRefined : words.compareUnrefined;
    shown = pictures.map((one) => column({ ...one, kind: pictures.some(({ isMade }) => isMade) ? kind(one) : "" }));
    part(".cmp-columns").replaceChildren(...shown.map((one) => one.figure));
    number();
    dialog.addEventListener("close", () => back?.focus({ preventScroll: true }), { once: true });
    dialog.showModal();
    place();
    part("[data-do=fit]").focus();
  };
})();
