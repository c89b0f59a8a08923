// Every tab, job and picture has an address: back and forward go through them, and a reload comes back to them.
(() => {
  "use strict";
  const CARDS = { "tryon-tab": "#jobcard", "refine-tab": "#refinecard" }, FIRST = "tryon-tab";
  const SETTLES = 5000; // milliseconds that what an address asks for may take to be shown
  const OURS = ["tab", "job", "collection", "picture"], OPENED = "opened here";
  const card = (tab) => document.querySelector(`${CARDS[tab] ?? "#none"} .job[data-at]`);
  const board = () => document.querySelector("#boardwhole .board[data-at]");
  const tabs = () => [...document.querySelectorAll("#nav button[role=tab][data-tab-id]")];
  const tabOf = (name) => `${name}-tab`, nameOf = (tab) => tab.replace(/-tab$/, "");
  const seen = (job) => job && document.querySelector(`[data-lightbox][data-job^="${CSS.escape(job)}"]`);
  let ask, enlarged = { job: "", picture: 0 };

  // What is shown, and what an address asks for, in the same terms.
  const shown = () => {
    const tab = tabs().find((button) => button.ariaSelected === "true")?.dataset.tabId ?? FIRST;
    const collection = tab === FIRST ? board()?.dataset.at ?? "" : "";
    if (collection) return { tab, job: "", collection, picture: enlarged.picture };
    const here = CARDS[tab] ? card(tab)?.dataset.at ?? "" : enlarged.job;
    return { tab, job: here, collection, picture: here && enlarged.job.startsWith(here) ? enlarged.picture : 0 };
  };
  const asked = () => {
    const given = new URLSearchParams(location.search);
    return { tab: tabOf(given.get("tab") ?? nameOf(FIRST)), job: given.get("job") ?? "", collection: given.get("collection") ?? "", picture: Number(given.get("picture")) || 0 };
  };
  const searchOf = ({ tab, job, collection, picture }) => {
    const search = new URLSearchParams(location.search);
    for (const name of OURS) search.delete(name);
    if (tab !== FIRST && !(job && CARDS[tab])) search.set("tab", nameOf(tab));
    if (job) search.set("job", job);
    if (collection) search.set("collection", collection);
    if (job && picture) search.set("picture", picture);
    return search.size ? `?${search}` : "";
  };
  let returns = false; // a step back of the page's own is on its way: until it has come, addresses are of the step before
  const write = (how, search, state = how === "replaceState" ? history.state : null) => {
    if (returns) return;
    const isStep = how === "pushState" && state === OPENED && !asked().picture; // to step back from, also where a picture has its collection's address
    if (search === location.search && !isStep) return;
    try { history[how](state, "", `${location.pathname}${search}${location.hash}`); } catch { /* a frame without an address */ }
  };

  // Until the visitor acts, what comes by itself takes the present address's place instead of a new one.
  let acted = false, target = null, patience;
  const arrived = () => { clearTimeout(patience); target = null; };
  const await_ = (search) => {
    target = search;
    clearTimeout(patience);
    patience = setTimeout(give, SETTLES);
  };
  // A place that is empty as the app has not said yet what is there is no place without anything: it has just been
  // started, or is busy, and is asked again, by the address.
  const isUnsaid = () => {
    const { tab, job, collection } = shown();
    return !window.TryOn.isPlaced() && tab === asked().tab && !job && !collection;
  };
  const give = () => {
    if (isUnsaid()) return await_(target);
    arrived();
    return write("replaceState", searchOf(shown()));
  };
  const sync = () => {
    if (!tabs().length) return;
    const now = searchOf(shown());
    if (target !== null ? now !== target : isUnsaid()) return;
    arrived();
    write(acted ? "pushState" : "replaceState", now);
  };
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => { acted = true; arrived(); }, true);

  const look = ({ job, picture }) => {
    const from = picture ? seen(job) : null;
    if (from) window.TryOn.lightbox.open(from.dataset.job, picture);
    else window.TryOn.lightbox.close();
  };
  const go = (to) => {
    const has = Object.keys(CARDS).find((tab) => to.job && card(tab)?.dataset.at === to.job);
    const listed = !CARDS[to.tab], tab = to.job && !listed ? has : to.tab;
    if (tab && tab !== shown().tab) tabs().find((button) => button.dataset.tabId === tab)?.click();
    if (to.collection && board()?.dataset.at !== to.collection) ask?.("expand", { at: to.collection });
    if (to.job && !listed && (!has || board())) ask?.("select", { at: to.job });
    if (!to.job && !to.collection && (card(to.tab) || board())) ask?.("clear", { at: nameOf(to.tab) });
    if (to.picture !== shown().picture) look(to);
  };
  const back = () => {
    if (!returns) history.back();
    returns = true;
  };
  addEventListener("popstate", () => {
    const wasClosed = returns;
    returns = false;
    if (wasClosed && enlarged.picture) return write("pushState", searchOf(shown()), OPENED); // and opened again meanwhile
    await_(searchOf(asked()));
    go(asked());
    sync();
  });
  addEventListener("tryon:lightbox", ({ detail }) => {
    enlarged = detail.kind === "close" ? { job: "", picture: 0 } : { job: detail.job, picture: detail.n };
    const now = searchOf(shown());
    if (detail.kind === "move") return write("replaceState", now); // one step back closes it, however many were looked at
    if (detail.kind === "close") return history.state === OPENED ? back() : write("replaceState", now);
    return write(acted ? "pushState" : "replaceState", now, acted ? OPENED : null);
  });

  const begin = () => {
    const first = asked();
    if (first.job || first.collection || first.tab !== FIRST) await_(searchOf(first));
    const drawn = { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-selected", "data-at"] };
    let opened = false;
    new MutationObserver(() => {
      if (!opened && tabs().length && ask) {
        opened = true;
        if (first.tab !== FIRST) go({ ...first, picture: 0 });
      }
      if (first.picture && seen(first.job)) {
        look(first);
        first.picture = 0;
      }
      sync();
    }).observe(document.documentElement, drawn);
  };
  window.TryOn.addresses = (_element, trigger) => { ask = trigger; };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
})();
