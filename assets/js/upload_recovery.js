// Files that are on their way when the page is opened anew, as after a start of the app: it takes them along.
(() => {
  "use strict";
  const { words, say, keepsNothing } = window.TryOn;
  const NAME = "try-on-studio", STORE = "files", MARK = "try-on-studio.carried", LEFT = "try-on-studio.left";
  const LOOK = 100, PATIENCE = 20000, STORES_IN = 3000, AN_HOUR = 3600000; // milliseconds
  const ownName = window.name;
  let pending = []; // that came along and are not in their places yet

  const database = () => new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const changed = async (work) => {
    if (keepsNothing) throw new Error("nothing can be kept here");
    const opened = await database();
    return new Promise((done, fail) => {
      const change = opened.transaction(STORE, "readwrite"), asked = work(change.objectStore(STORE));
      change.oncomplete = () => { opened.close(); done(asked?.result); };
      change.onabort = change.onerror = () => { opened.close(); fail(change.error); };
    });
  };
  // A browser that keeps nothing may also never say so.
  const within = (work) => Promise.race([
    changed(work),
    new Promise((_, fail) => setTimeout(() => fail(new Error("too slow")), STORES_IN)),
  ]);
  const clearOld = (store) => { store.delete(IDBKeyRange.upperBound(String(Date.now() - AN_HOUR))); };

  // By its bytes: a file on the disk that is changed or moved meanwhile can no more be sent.
  const copied = async (file) => {
    const { name, type, lastModified } = file;
    return new File([await file.arrayBuffer()], name, { type, lastModified });
  };
  const copiedAll = (places) => Promise.all(places.map(async ([place, files]) => [place, await Promise.all(files.map(copied))]));

  // Each window has its own, by a name that begins with the time: what no window came back for is cleared away.
  // Where nothing can be kept the window's name, which outlives a reload, says that something was on its way.
  const takeAlong = async () => {
    const files = [...pending, ...window.TryOn.underway()];
    if (!files.length) return true;
    const mark = sessionStorage.getItem(MARK) ?? `${Date.now()} ${Math.random()}`;
    try {
      const copies = await copiedAll(files);
      await within((store) => store.put(copies, mark));
    } catch {
      window.name = MARK;
      return false;
    }
    sessionStorage.setItem(MARK, mark);
    localStorage.setItem(LEFT, "yes");
    return true;
  };
  const leaveBehind = async () => {
    const mark = sessionStorage.getItem(MARK);
    sessionStorage.removeItem(MARK);
    if (window.name === MARK) window.name = ownName === MARK ? "" : ownName;
    if (mark) await within((store) => store.delete(mark)).catch(() => {});
  };
  // What arrives after all stays behind, and the rest is taken along anew.
  const arrived = () => { if (sessionStorage.getItem(MARK) || window.name === MARK) leaveBehind().then(takeAlong); };
  const taken = (mark) => within((store) => {
    const asked = store.get(mark);
    store.delete(mark);
    clearOld(store);
    return asked;
  });
  const notHere = () => say([words.notUploaded, words.tryAgain], { stays: true });
  const putIn = (files) => {
    const until = performance.now() + PATIENCE;
    pending = files;
    const look = setInterval(() => {
      if (window.TryOn.hasOpened()) pending = pending.filter(([place, some]) => !window.TryOn.put(place, some));
      if (pending.length && performance.now() < until) return;
      clearInterval(look);
      if (pending.length) notHere();
      pending = [];
    }, LOOK);
  };

  const begin = async () => {
    const mark = sessionStorage.getItem(MARK), missed = window.name === MARK;
    sessionStorage.removeItem(MARK);
    if (missed) window.name = "";
    if (mark) {
      const files = await taken(mark).catch(() => null);
      if (files) return putIn(files);
    }
    if (mark || missed) return notHere();
    if (!localStorage.getItem(LEFT)) return undefined;
    localStorage.removeItem(LEFT);
    return within(clearOld).catch(() => {});
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
  Object.assign(window.TryOn, { takeAlong, leaveBehind, arrived });
})();
