// Which events that fill a form are under way. What a button sends is read when it is pressed, so it waits for them:
// a sample that was chosen a moment ago is not on the page yet.
(() => {
  "use strict";
  const { limits, words, workedFor, isSaid } = window.TryOn;
  const SETTLES = 60; // milliseconds of the page's own work from an event's end until the page holds what it brought
  const BEGINS = 250; // and from a click until the framework has begun what follows from it
  const ask = window.fetch.bind(window);
  const leadsTo = (input, end) => new URL(input?.url ?? input, location.href).pathname.endsWith(end);
  const under = new Set(), over = new Set(); // the events that were begun, and the names of those that have ended
  const finished = new Set(); // which events of the page have ended at least once
  const answered = new Set(); // and which of them were not turned away before they began

  const end = (call) => {
    call.isHeard = true;
    workedFor(SETTLES, () => {
      under.delete(call);
      call.over ??= performance.now();
      call.asks = document.querySelector("[role=alertdialog]") !== null; // it has begun nothing yet
      finished.add(call.fn);
      if (call.name) answered.add(call.fn);
    });
  };
  const begin = async (input, options) => {
    const { fn_index: fn, event_data: told } = JSON.parse(options.body);
    const call = { fn, until: performance.now() + limits.patience };
    under.add(call);
    window.TryOn.leaves(call, told?.act);
    if (arrivals().has(call.fn)) isSaid();
    const answer = await ask(input, options).catch((error) => { under.delete(call); call.over = -Infinity; throw error; });
    call.name = answer.ok ? await answer.clone().json().then((body) => body.event_id, () => "") : "";
    if (!call.name) call.over = -Infinity; // it was not taken in
    if (!call.name || over.delete(call.name)) end(call);
    return answer;
  };
  const ended = (name) => {
    const call = [...under].find((one) => one.name === name);
    if (call) end(call);
    else over.add(name); // its beginning is not answered yet
  };
  window.TryOn.whenCallsEnd(ended);
  window.fetch = (input, options) => (leadsTo(input, "/queue/join") && options?.body ? begin : ask)(input, options);

  // When the visitor last changed a form, and last did something else, after which a form may be filled anew.
  const FORMS = ".fields";
  const just = { changed: 0, acted: 0 };
  const note = (what) => {
    just[what] += 1;
    workedFor(BEGINS, () => { just[what] -= 1; });
  };
  const change = ({ target }) => { if (target.closest?.(FORMS)) note("changed"); };
  const act = ({ target, isTrusted }) => {
    if (target.closest?.("#rewatch")) note("changed"); // what it brings back came before what is pressed now
    if (isTrusted && !target.closest?.(FORMS)) note("acted");
  };
  for (const kind of ["change", "input"]) addEventListener(kind, change, true);
  addEventListener("click", act, true);
  addEventListener("popstate", () => note("acted"));

  // From the page's own table of events: those that draw what a click on the button sends, those of them that bring
  // the form back as it was (most of it at once, as a job that is opened does, or as the page opens), the clicks, and
  // what says on the button what it begins.
  const found = new Map();
  const eventsOf = (id) => {
    if (found.has(id)) return found.get(id);
    const { components = [], dependencies = [] } = window.gradio_config ?? {};
    const button = components.find((part) => part.props?.elem_id === id)?.id;
    const isIts = ({ targets }) => targets.some(([part, name]) => part === button && name === "click");
    const clicks = dependencies.filter(isIts), sent = new Set(clicks.flatMap((event) => event.inputs));
    const drawn = ({ outputs }) => outputs.filter((part) => sent.has(part)).length;
    const fill = dependencies.filter((event) => !isIts(event) && drawn(event));
    const open = fill.filter(({ targets }) => targets.some(([, name]) => name === "load"));
    const whole = fill.filter((event) => drawn(event) * 2 > sent.size);
    const ids = (events) => new Set(events.map((event) => event.id));
    const words = dependencies.filter((event) => !isIts(event) && event.outputs.includes(button));
    const events = { clicks: ids(clicks), fill: ids(fill), back: ids([...open, ...whole]), words: ids(words), open };
    if (dependencies.length) found.set(id, events);
    return events;
  };
  // By event: what of the page triggers it, as an element and a name.
  const triggersOf = (fn) => {
    const { components = [], dependencies = [] } = window.gradio_config ?? {};
    const { targets = [] } = dependencies.find(({ id }) => id === fn) ?? {};
    return targets.map(([part, name]) => `${components.find(({ id }) => id === part)?.props?.elem_id} ${name}`);
  };
  const isAsking = (trigger) => [...under].some((call) => !call.isHeard && triggersOf(call.fn).includes(trigger));
  // Of each place for files the first event that follows on an upload: each upload is answered by one.
  let firsts;
  const arrivals = () => {
    const { dependencies = [] } = window.gradio_config ?? {}, places = new Map(), met = new Set();
    if (firsts || !dependencies.length) return firsts ?? new Set();
    firsts = new Set();
    for (const { id, targets, trigger_after: after, backend_fn: asks } of dependencies) {
      const own = targets.filter(([, name]) => name === "upload").map(([part]) => part);
      places.set(id, own.length ? own : places.get(after) ?? []);
      const fresh = places.get(id).filter((part) => asks && !met.has(part));
      if (fresh.length) firsts.add(id);
      for (const part of fresh) met.add(part);
    }
    return firsts;
  };
  const isUnder = (ids) => {
    const now = performance.now();
    return [...under].some((call) => ids.has(call.fn) && now < call.until);
  };
  // Both count what the framework has yet to begin.
  const isFilling = (id) => just.changed > 0 || isUnder(eventsOf(id).fill);
  const isBringingBack = () => just.acted > 0 || isUnder(eventsOf("go").back);
  const hasOpened = () => eventsOf("go").open.every((event) => !event.backend_fn || finished.has(event.id));
  // Whether the app has said what is at the page's address: what follows on that which opens it, as on its being
  // taken up again.
  const isPlaced = () => {
    const { dependencies = [] } = window.gradio_config ?? {}, [first] = eventsOf("rewatch").clicks;
    return dependencies.some(({ id, trigger_after: after }) => after === first && answered.has(id));
  };
  window.TryOn.waitsFor(isFilling, words.takesIn);
  // What this browser kept is there a moment after the page: what stands there until then is not yet it.
  const KEPT = ["try-on-studio.form", "try-on-studio.garments"], LONGEST = 40000, LOOK = 100; // milliseconds
  const root = document.documentElement, begun = performance.now();
  // It comes in parts, and what is counted of the first ones is counted anew with the last: for so many looks in a row
  // nothing may be under way, as what follows on an event begins a moment after it. Who changes the form sees it at once.
  const STILL = 3;
  const isCounted = () => just.changed > 0 || !["go", "many-go"].some((id) => isUnder(eventsOf(id).words));
  if (KEPT.some((name) => localStorage.getItem(name))) {
    root.classList.add("coming-back");
    let still = 0;
    const look = setInterval(() => {
      still = hasOpened() && isCounted() ? still + 1 : 0;
      if (still < STILL && performance.now() - begun < LONGEST) return;
      clearInterval(look);
      root.classList.remove("coming-back");
    }, LOOK);
  }
  Object.assign(window.TryOn, { isBringingBack, hasOpened, isPlaced, isFilling, isCounted, isAsking, triggersOf });
})();
