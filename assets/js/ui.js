// What the page does by itself in the browser. Everything that matters is done on the server.
(() => {
  "use strict";
  const { words } = window.TryOn, STILL = matchMedia("(prefers-reduced-motion: reduce)");
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;

  // Times are rendered as UTC and told in the visitor's own; running clocks count on from what the server said.
  const two = (number) => String(number).padStart(2, "0");
  const told = (seconds) => {
    const h = Math.floor(seconds / 3600), m = Math.floor(seconds / 60) % 60, s = Math.floor(seconds) % 60;
    return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  };
  const localTimes = (root) => {
    for (const time of root.querySelectorAll("time[data-at]")) {
      const at = new Date(time.dataset.at * 1000), today = new Date().toDateString() === at.toDateString();
      // In My jobs the day stands above.
      const hour = at.toLocaleTimeString(window.TryOn.locale, { hour: "numeric", minute: "2-digit" });
      const text = today || time.closest(".jobrow") ? hour : `${at.toLocaleDateString(window.TryOn.locale, { day: "numeric", month: "short" })}, ${hour}`;
      if (time.textContent !== text) time.textContent = text;
    }
  };
  const startedAt = new WeakMap();
  setInterval(() => {
    for (const clock of document.querySelectorAll("[data-elapsed]")) {
      const said = clock.dataset.elapsed;
      if (startedAt.get(clock)?.said !== said) startedAt.set(clock, { said, at: performance.now() - said * 1000 });
      const seconds = (performance.now() - startedAt.get(clock).at) / 1000;
      clock.textContent = told(seconds);
      for (const usual of clock.closest(".job")?.querySelectorAll("[data-until]") ?? []) if (seconds > usual.dataset.until && usual.textContent !== usual.dataset.then) usual.textContent = usual.dataset.then;
    }
  }, 500);

  // Cards: what is picked and compared stays so when the server draws the card anew.
  const EVENTS = {
    collection: "copy", "delete-collection": "collapse", stop: "stop", watch: "retry", again: "retry", ask: "retry", adopt: "retry", open: "select",
    refine: "edit", zip: "download", jobs: "expand", delete: "delete", off: "clear", pin: "like", unpin: "like",
    "same-garment": "apply", "same-model": "apply", undo: "undo", dismiss: "clear", all: "clear",
  };
  const picked = (card) => card.querySelector("button.slot[aria-pressed=true]");
  const pick = (card, slot) => {
    for (const other of card.querySelectorAll("button.slot")) other.setAttribute("aria-pressed", String(other === slot));
    const hero = card.querySelector(".hero img");
    if (hero) Object.assign(hero, { src: slot.dataset.view, srcset: slot.dataset.srcset, alt: slot.dataset.alt }).dataset.full = slot.dataset.full;
    const caption = card.querySelector(".cap:not(.still)");
    if (caption) [caption.querySelector("h3").textContent, caption.querySelector("p").textContent] = [slot.dataset.title, slot.dataset.name];
    card.querySelector("a[data-act=save]")?.setAttribute("href", slot.dataset.save);
  };
  const show = (pane) => { const option = pane.querySelector("select").selectedOptions[0]; const picture = pane.querySelector("img"); Object.assign(picture, { src: option.value, alt: option.text }); picture.dataset.full = option.dataset.full; };
  const compare = (card, on) => {
    const box = card.querySelector(".compare"), button = card.querySelector(".info [data-act=compare]");
    if (!box || !button) return;
    card.classList.toggle("comparing", on);
    box.hidden = !on;
    button.setAttribute("aria-pressed", String(on));
    if (!on) return;
    const [left, right] = box.children;
    right.querySelector("select").value = picked(card)?.dataset.view ?? right.querySelector("option:last-child").value;
    show(left);
    show(right);
  };
  // The picture that was clicked, the one that is chosen, or the first.
  const look = (opener, at) => {
    const about = opener.closest("[data-lightbox]"), n = at.closest("[data-n]")?.dataset.n ?? picked(about)?.dataset.n;
    const back = opener.matches("button") ? opener : about.querySelector("button.full");
    window.TryOn.lightbox.open(about.dataset.job, n, back);
  };
  // In a dialog of its own, as the rows are drawn anew while somebody types.
  const LONGEST = 120; // characters, where nothing else is said
  // What was typed and did not get through stands there when the same is asked once more.
  const LATEST = 20000, lost = new Map(); // milliseconds; by what was asked
  let given = { at: -Infinity };
  addEventListener("tryon:notdone", () => { if (performance.now() - given.at < LATEST) lost.set(given.asked, given.texts); });
  const askTexts = (fields, done) => {
    const asked = JSON.stringify(fields.map(({ label, text }) => [label, text])), again = lost.get(asked);
    const dialog = Object.assign(document.createElement("dialog"), { className: "naming" });
    dialog.innerHTML = `<form method="dialog">${'<label><span></span><input autocomplete="off" dir="auto"></label>'.repeat(fields.length)}`
      + '<div class="acts"><button class="btn" value="cancel" formnovalidate></button><button class="btn primary" value="save"></button></div></form>';
    const labels = [...fields.map(({ label }) => label), words.cancel, words.save], inputs = [...dialog.querySelectorAll("input")];
    for (const part of dialog.querySelectorAll("span, button")) part.textContent = labels.shift();
    for (const [at, { text, most = LONGEST }] of fields.entries()) Object.assign(inputs[at], { maxLength: most, value: again?.[at] ?? text });
    dialog.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing && event.target.matches("input")) { event.preventDefault(); dialog.close("save"); } });
    const save = () => {
      given = { asked, texts: inputs.map((input) => input.value), at: performance.now() };
      lost.delete(asked);
      done(...given.texts);
    };
    dialog.addEventListener("close", () => { if (dialog.returnValue === "save") save(); dialog.remove(); });
    (document.querySelector(".gradio-container") ?? document.body).append(dialog);
    dialog.showModal();
    inputs[0].select();
  };
  const askText = (label, text, done, most = LONGEST) => askTexts([{ label, text, most }], done);

  // The rare options open below the fold of the form.
  const OPENS = 200; // milliseconds
  addEventListener("click", (event) => {
    const more = closest(event, "#more > .label-wrap");
    if (more) setTimeout(() => { if (more.classList.contains("open")) more.scrollIntoView({ block: "start", behavior: "smooth" }); }, OPENS);
  });

  // What is to be chosen next comes into view, and the keyboard with it.
  const NEXT = { "same-garment": "#mode", "same-model": "#garment" };
  const goTo = (place) => {
    const part = document.querySelector(place);
    part?.scrollIntoView({ block: "center", behavior: STILL.matches ? "auto" : "smooth" });
    part?.querySelector("input:checked, input, button")?.focus({ preventScroll: true });
  };

  const bind = (element, trigger) => {
    let shownJob, chosen = null, comparing = false;
    const send = (act, source, more = {}) => {
      const job = source.closest("[data-job]")?.dataset.job ?? "", n = Number(source.dataset.n ?? (picked(element)?.dataset.n || 1));
      trigger(EVENTS[act], { act, job, n, at: source.dataset.at ?? "", ...more });
    };
    element.addEventListener("click", (event) => {
      const card = closest(event, ".job"), slot = closest(event, "button.slot"), button = closest(event, "button[data-act]");
      const copier = closest(event, "[data-copy]");
      if (copier) return window.TryOn.copy(copier);
      if (slot && card?.classList.contains("strip")) return send("open", slot);
      if (slot) { chosen = slot.dataset.n; return pick(card, slot); }
      const opener = closest(event, "button.full, .look, .hero img");
      if (opener) return look(opener, event.target);
      const act = button?.dataset.act;
      if (act === "compare") { comparing = !comparing; return compare(card, comparing); }
      if (act === "change") return window.TryOn.toForm();
      if (act in NEXT) goTo(NEXT[act]);
      if (act === "undo" && event.detail > 1) return undefined; // a double click: the first has had it back
      if (act === "start") return document.querySelector("#nav [data-tab-id=tryon-tab]")?.click();
      if (act === "rename") {
        const job = button.closest("[data-job]")?.dataset.job ?? "", now = button.closest(".jobrow")?.querySelector("h3")?.textContent;
        return askText(words.nameOfJob, now ?? "", (title) => trigger("submit", { act, job, n: 1, title }));
      }
      return act in EVENTS ? send(act, button, { until: button.closest(".undo")?.dataset.last }) : undefined;
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      send(event.target.dataset.act, event.target, { task: new FormData(event.target).get("task") });
    });
    element.addEventListener("tryon:refine", ({ detail }) => trigger(EVENTS.refine, { act: "refine", ...detail }));
    element.addEventListener("change", (event) => { const pane = closest(event, ".compare figure"); if (pane) show(pane); });
    // What had the keyboard is hidden while two pictures are compared. Before a dialog closes by the same key.
    document.addEventListener("keydown", (event) => {
      const card = event.key === "Escape" && comparing ? element.querySelector(".job.comparing") : null;
      if (!card?.checkVisibility() || document.querySelector("dialog[open]")) return;
      comparing = false;
      compare(card, false);
      card.querySelector(".info [data-act=compare]")?.focus();
    }, true);
    element.addEventListener("input", (event) => { if (event.target.type === "range") event.target.closest(".ba").style.setProperty("--x", `${event.target.value}%`); });
    const restore = () => {
      localTimes(element);
      window.TryOn.lightbox?.refresh();
      const card = element.querySelector(".job");
      if (!card) return;
      if (shownJob !== card.dataset.job) [shownJob, chosen, comparing] = [card.dataset.job, null, false];
      const slot = chosen && card.querySelector(`button.slot[data-n="${chosen}"]`);
      if (slot && slot !== picked(card)) pick(card, slot);
      if (comparing && !card.classList.contains("comparing")) compare(card, true);
    };
    // Gradio patches what it draws anew, text and attributes too.
    const drawn = { childList: true, subtree: true, characterData: true, attributes: true };
    new MutationObserver(restore).observe(element, { ...drawn, attributeFilter: ["aria-pressed", "class", "data-job", "data-lightbox", "hidden"] });
    restore();
  };

  Object.assign(window.TryOn, { bind, askText, askTexts });
})();
