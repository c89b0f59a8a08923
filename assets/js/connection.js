// Notices by itself when the server is gone, says so quietly, and takes the page up again when it is back.
(() => {
  "use strict";
  const EVERY = 8000, AGAIN = 1000, PATIENCE = 4000; // milliseconds: while all is well, while it is not, for one answer
  const { lost: LOST, back: BACK, offline: OFFLINE, notDone: NOT_DONE } = window.TryOn.words;
  const TOLD = "try-on-studio.connected-again", KNOWN = "try-on-studio.runs";
  let lost = false, cut = false, heardAt = 0;
  // How often the browser said that there is no network, and how much of that was followed by a question to the
  // app: on the same machine it answers without one.
  let doubts = navigator.onLine ? 0 : 1, asked = 0;
  const waiting = []; // for the connection to be back

  const say = (words) => {
    let place = document.getElementById("connection");
    if (!place) {
      place = Object.assign(document.createElement("div"), { id: "connection" });
      place.setAttribute("role", "status");
      document.body.append(place);
    }
    place.textContent = words;
    place.classList.toggle("on", Boolean(words));
    place.classList.toggle("lost", words === LOST);
  };
  const sayBack = () => { say(BACK); setTimeout(() => { if (!lost) say(""); }, 6000); };

  // The name of this run of the server: a new name means that it was started anew, or is another replica.
  const runNow = async () => {
    try {
      const answer = await fetch("gradio_api/ext/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      return (await answer.json()).run ?? null; // a server that is full or unwell is there, and says so itself
    } catch { return null; }
  };
  // Each run makes the page open anew once at most: replicas that answer by turns are no reason to go on with it.
  const isNew = (run) => {
    const known = JSON.parse(sessionStorage.getItem(KNOWN) ?? "[]");
    if (known.includes(run)) return false;
    sessionStorage.setItem(KNOWN, JSON.stringify([...known, run].slice(-20)));
    return known.length > 0;
  };

  // A browser asks once for a picture; of those that were shown meanwhile none has come.
  const loadAnew = (picture) => { const { src } = picture; picture.src = ""; picture.src = src; };

  const look = async () => {
    const upTo = doubts, run = await runNow();
    asked = Math.max(asked, upTo);
    if (run === null) {
      lost = true;
      return say(LOST);
    }
    if (isNew(run)) { // what the page held on the old run is gone with it
      sessionStorage.setItem(TOLD, "yes");
      await window.TryOn.takeAlong();
      return location.reload();
    }
    const since = heardAt;
    heardAt = performance.now();
    if (!lost) return undefined;
    lost = false;
    for (const done of waiting.splice(0)) done();
    dispatchEvent(new CustomEvent("tryon:back", { detail: since })); // after that moment nothing may have arrived
    for (const picture of document.images) if (picture.complete && !picture.naturalWidth && picture.src) loadAnew(picture);
    document.querySelector("#rewatch")?.click();
    return sayBack();
  };
  // The framework notices it first while a job runs, and says so in English only; and it has a word for each call
  // that did not get through. That is heard, and not shown: the page says it itself, in one place.
  const CUT = "Connection to the server was lost", THEIRS = [CUT, OFFLINE, NOT_DONE];
  const heard = () => {
    for (const message of document.querySelectorAll(".toast-message-item:not([data-heard])")) {
      message.dataset.heard = THEIRS.some((words) => message.textContent.includes(words)) ? "theirs" : "";
      message.closest(".toast-body")?.querySelector(".toast-close").setAttribute("aria-label", window.TryOn.words.close); // it is in English only, too
      if (message.dataset.heard) look();
      if (!message.textContent.includes(CUT)) continue;
      cut = true;
      window.TryOn.takeAlong(); // the framework opens the page anew in a moment
    }
  };
  const beat = async () => {
    if (!document.hidden) await look();
    setTimeout(beat, lost ? AGAIN : EVERY);
  };
  window.TryOn.waitsFor(() => lost || cut || asked < doubts, OFFLINE);
  // Until it has, it drops without a word whatever is reported to it. That is said when all who hear the click have.
  window.TryOn.reporter = (trigger) => (...what) => (cut ? setTimeout(window.TryOn.notDone) : trigger(...what));
  // Its own fields report by themselves, and what is chosen in one looks as if it were done.
  addEventListener("input", () => { if (cut) setTimeout(window.TryOn.notDone); }, true);
  window.TryOn.isAway = async () => { if (!lost) await look(); return lost; };
  window.TryOn.isBack = () => new Promise((done) => { if (lost) waiting.push(done); else done(); });
  addEventListener("online", look);
  addEventListener("offline", () => { doubts += 1; look(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  const begin = () => {
    if (sessionStorage.getItem(TOLD)) sayBack();
    sessionStorage.removeItem(TOLD);
    new MutationObserver(heard).observe(document.body, { childList: true, subtree: true });
    beat();
  };
  // Gradio may put the head's scripts in place when the page is there already.
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
})();
