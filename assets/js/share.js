// Answers stay on the page: forms are sent beside it, and what has changed is taken from the page that comes
// back. Without this script the same forms load the page anew.
(() => {
  if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.classList.add("dark");

  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const waiting = new Map(); // answers that were given before there was a name, by where they stand
  // Answers that the server does not have, by where they stand, in this browser: they outlive the page, and what
  // another tab has said of the same since takes their place. Where nothing can be kept they last as long as the page.
  // The link itself, which opens the page, is kept nowhere: only a hash of it.
  const AGAIN_MS = 5000, keptAs = () => `share-unsent:${document.querySelector("main")?.dataset.link ?? ""}`;
  let unsent = {}, again = 0, lateName = null;
  const kept = () => { try { return JSON.parse(localStorage.getItem(keptAs()) ?? "{}"); } catch { return unsent; } };
  function keepUnsent(change) {
    change(unsent = kept());
    try { Object.keys(unsent).length ? localStorage.setItem(keptAs(), JSON.stringify(unsent)) : localStorage.removeItem(keptAs()); } catch { /* as long as the page */ }
  }
  function hold(told) {
    told.at ??= `${Date.now()} ${Math.random()}`;
    keepUnsent((late) => { late[told.place] = told; });
  }
  const open = new Map(); // the last yes or no of each picture that is not taken yet: it is drawn as if it were

  const named = () => !!document.querySelector(".askname input")?.defaultValue;

  function ask() {
    const bar = document.querySelector(".judge");
    bar.classList.add("asks");
    bar.querySelector(".ask").hidden = false;
    bar.querySelector(".ask input").focus();
  }

  const placeOf = (form) => `#${form.closest("figure").id} ${form.matches(".vote") ? ".vote" : ".word form"}`;

  // One that waits for the name, or for a connection, does not look as if it were sent.
  function mark() {
    for (const form of all(".vote")) form.classList.toggle("waits", waiting.has(placeOf(form)) || placeOf(form) in unsent);
    for (const line of all(".late")) line.hidden = !all(".vote, .word form", line.closest("figure")).some((form) => placeOf(form) in unsent);
    for (const [number, { said }] of open)
      for (const button of all(`#p${number} .vote button`)) button.ariaPressed = String(button.className === said);
  }

  // What a form in a figure says; nothing where a press on its way is pressed once more, which takes nothing back.
  function toldBy(form, button) {
    const fields = new FormData(form), number = fields.get("picture"), isVote = form.matches(".vote");
    const place = `#p${number} ${isVote ? ".vote" : ".word form"}`;
    if (!isVote) return { number, place, word: fields.get("word") };
    const told = { number, place, pressed: button.className, said: button.ariaPressed === "true" ? "" : button.className };
    if (!told.said && open.has(number)) return null;
    open.set(number, told);
    mark();
    return told;
  }

  // What was deleted since is told where it stands, and nobody is asked about it any more.
  function miss(page) {
    for (const figure of all("figure[id]")) {
      const isAway = !page.getElementById(figure.id);
      figure.classList.toggle("away", isAway);
      figure.querySelector(".gone")?.toggleAttribute("hidden", !isAway);
    }
  }

  function take(page, part, pressed) {
    miss(page);
    for (const what of [".askname", ".judge", ...part]) {
      const [here, there] = [document.querySelector(what), page.querySelector(what)];
      if (!here || !there) continue;
      if (pressed) keep(here, there);
      here.replaceWith(document.adoptNode(there));
    }
  }

  // A word that is being typed stays where yes or no is drawn.
  function keep(here, there) {
    const [typed, drawn] = [here, there].map((part) => part.querySelector("textarea"));
    if (!typed || typed.value === typed.defaultValue) return;
    drawn.value = typed.value;
    there.querySelector(".word").open = here.querySelector(".word").open;
  }

  // The form as it is drawn now: one that was sent before it may have drawn it anew.
  function filledIn({ place, pressed, said, word }) {
    const form = document.querySelector(place), button = pressed && form.querySelector(`.${pressed}`);
    if (button) button.value = said;
    else form.querySelector("textarea").value = word;
    return [form, button];
  }

  // The page that is answered; null where nothing came of it now.
  async function post(action, body) {
    try {
      const answer = await fetch(action, { method: "POST", body, headers: { accept: "text/html" } });
      if (answer.status === 429 || answer.status >= 500) return null;
      return { isOk: answer.ok, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
    } catch { return null; }
  }
  function later(told) {
    if (!told.place) lateName = told;
    clearTimeout(again);
    again = setTimeout(sendLate, AGAIN_MS);
    mark();
    return false;
  }
  async function send(told) {
    const [form, button] = told.form ? [told.form] : filledIn(told), { number, pressed } = told;
    const answer = await post(form.action, new URLSearchParams(new FormData(form, button)));
    if (!answer) return later(told);
    if (!answer.page.querySelector(".judge")) {
      leaves = true;
      form.requestSubmit(button); // the browser says what is wrong
      return false;
    }
    if (told.place) keepUnsent((late) => { if (late[told.place]?.at === told.at) delete late[told.place]; });
    if (open.get(number)?.at === told.at) open.delete(number);
    const part = answer.isOk ? "figcaption" : ".vote"; // what was refused is not pressed, and the word stays to be mended
    take(answer.page, number ? [`#p${number} ${part}`] : [], pressed);
    mark();
    if (pressed) document.querySelector(`#p${number} .${pressed}`)?.focus();
    return answer.isOk;
  }

  // One after the other: an answer may follow a name that is still on its way.
  let turn = Promise.resolve(), leaves = false;
  addEventListener("submit", (event) => {
    const form = event.target;
    if (leaves || !form.closest(".askname, .judge, figure")) return;
    event.preventDefault();
    const told = form.closest("figure") ? toldBy(form, event.submitter) : { form };
    if (told?.place && named()) hold(told);
    if (told) turn = turn.then(() => answered(told));
    else if (!named()) ask();
  });
  async function answered(told) {
    if (told.number && !named()) {
      waiting.set(told.place, told);
      mark();
      const name = document.querySelector(".askname form");
      return name?.querySelector("input").value.trim() ? answered({ form: name }) : ask(); // one that is typed is meant
    }
    if (!(await send(told)) || told.number) return undefined;
    const answers = [...waiting.values()];
    waiting.clear();
    answers.forEach(hold);
    for (const one of answers) await send(one);
    return undefined;
  }

  function sendLate() {
    const name = lateName;
    lateName = null;
    if (name) turn = turn.then(() => answered(name));
    unsent = kept();
    for (const told of Object.values(unsent)) {
      if (!document.querySelector(told.place)) continue; // its picture is not here any more
      if (told.pressed) open.set(told.number, told);
      else write(told);
      if (named()) turn = turn.then(() => (kept()[told.place]?.at === told.at ? send(told) : undefined));
    }
    mark();
  }
  function write({ place, word }) {
    const typed = document.querySelector(`${place} textarea`);
    if (typed.value === typed.defaultValue) typed.value = word;
    typed.closest(".word").open = true;
  }

  // What another tab has said is seen as soon as this one is: all that stands otherwise there, but no word that is typed.
  async function agree() {
    if (document.hidden || viewer()?.open || !document.querySelector(".judge")) return;
    const shown = (part) => [part?.querySelector("[aria-pressed=true]")?.className, part?.querySelector("textarea")?.defaultValue].join();
    try {
      const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !page.querySelector(".judge")) return;
      miss(page);
      if (page.querySelector(".judge").textContent !== document.querySelector(".judge").textContent && !document.querySelector(".judge.asks")) take(page, []);
      for (const figure of figures()) {
        const [what, there] = [`#${figure.id} figcaption`, page.querySelector(`#${figure.id} figcaption`)];
        if (there && !open.has(figure.id.slice(1)) && shown(figure) !== shown(there)) take(page, [what], true);
      }
    } catch { /* not now: what is sent tells */ }
    unsent = kept();
    mark();
  }
  addEventListener("online", () => sendLate());
  addEventListener("visibilitychange", () => { if (!document.hidden) { sendLate(); turn = turn.then(agree); } });
  addEventListener("pageshow", (event) => { if (event.persisted) { sendLate(); turn = turn.then(agree); } });
  const begin = () => { if (Object.keys(kept()).length) sendLate(); };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();

  const figures = () => all("figure[id]:not(.away)");
  const near = () => document.activeElement?.closest?.("figure[id]");
  const KEYS = {
    y: (figure) => figure?.querySelector(".yes")?.click(),
    n: (figure) => figure?.querySelector(".no")?.click(),
    w: (figure) => { const word = figure?.querySelector(".word"); if (word) { word.open = true; word.querySelector("textarea").focus(); } },
    j: (figure) => go(figures()[figures().indexOf(figure) + 1]),
    k: (figure) => go(figures()[Math.max(0, figures().indexOf(figure) - 1)]),
  };
  const go = (figure) => { figure?.querySelector(".ph").focus(); figure?.scrollIntoView({ block: "nearest" }); };

  // A picture that is pressed stands large over the page; the way back on a phone closes it.
  const FAR = 40; // CSS pixels of a finger, for the next picture
  const viewer = () => document.querySelector(".viewer");
  const links = () => all("figure[id]:not(.away) .ph");
  let viewed = null, from = null;
  function view(link) {
    viewed = link;
    const dialog = viewer(), [image, there] = [dialog.querySelector(".large img"), link.querySelector("img")], at = links().indexOf(link);
    // The one that the page has stands at once; the whole of it takes its place when it is here.
    Object.assign(image, { src: there.currentSrc || there.src, alt: there.alt });
    const whole = Object.assign(new Image(), { src: link.href });
    whole.decode().then(() => { if (viewed === link) image.src = whole.src; }, () => { /* the smaller one stays */ });
    dialog.querySelector("#viewed").textContent = `${there.alt}${links().length > 1 ? `  ${at + 1}/${links().length}` : ""}`;
    dialog.querySelector(".back").disabled = at === 0;
    dialog.querySelector(".on").disabled = at === links().length - 1;
    if (dialog.open) return;
    history.pushState({ viewed: true }, "");
    dialog.showModal();
    document.documentElement.classList.add("views");
  }
  const turned = (step) => { const link = links()[links().indexOf(viewed) + step]; if (link) view(link); };
  function shut() {
    const dialog = viewer(), link = viewed;
    if (!dialog?.open) return;
    viewed = null;
    dialog.close();
    document.documentElement.classList.remove("views");
    link.scrollIntoView({ block: "nearest" });
    link.focus({ preventScroll: true });
    if (history.state?.viewed) history.back();
  }
  addEventListener("popstate", () => { if (viewer()?.open) shut(); });
  addEventListener("click", (event) => {
    const link = event.target.closest("figure[id]:not(.away) .ph"), act = event.target.closest("[data-view]")?.dataset.view;
    if (act) return { close: shut, back: () => turned(-1), on: () => turned(1) }[act]();
    if (event.target.closest(".large") && !event.target.closest("img")) return shut();
    if (!link || !viewer()?.showModal || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return undefined;
    event.preventDefault();
    return view(link);
  });
  addEventListener("cancel", (event) => { if (event.target === viewer()) { event.preventDefault(); shut(); } }, true);
  addEventListener("pointerdown", (event) => { from = event.isPrimary && event.target.closest(".large") ? { x: event.clientX, y: event.clientY } : null; });
  addEventListener("pointerup", (event) => {
    if (!from || visualViewport?.scale > 1.01) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    from = null;
    if (Math.abs(dx) > FAR && Math.abs(dx) > Math.abs(dy)) turned(dx < 0 ? 1 : -1);
    else if (dy > 2 * FAR) shut();
  });
  addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!viewer()?.open || !step) return;
    event.preventDefault();
    turned(step);
  });

  addEventListener("keydown", (event) => {
    if (viewer()?.open) return;
    if (event.target.closest("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = KEYS[event.key.toLowerCase()];
    if (does) { event.preventDefault(); does(near()); }
  });
})();
