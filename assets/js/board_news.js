// What has changed of a matrix while nothing of it is under way, as by others: it is asked for.
(() => {
  "use strict";
  const HEAR = 5000, BACK = 2000, LOOK = 500; // milliseconds
  // `board` and `links` find the matrix and the panel of its links, `isOwed` tells whether an answer is on its way.
  window.TryOn.boardNews = ({ board, links, ask, isOwed }) => {
    // What others say by a link: while one is open and the matrix is looked at.
    setInterval(() => {
      const mine = board();
      if (!mine?.offsetParent || document.hidden || isOwed() || !(mine.dataset.news || links()?.querySelector("li.open"))) return;
      ask("tick", { collection: mine.dataset.collection, text: mine.dataset.news });
    }, HEAR);
    // What was done with it on another page, or with a job of its own on another tab of this one: when one comes back.
    let fetched = 0, away = "";
    const back = () => {
      const mine = board();
      if (mine?.dataset.ended !== "true" || document.hidden || !mine.offsetParent || Date.now() - fetched < BACK) return;
      fetched = Date.now();
      ask("focus", { collection: mine.dataset.collection, text: mine.dataset.shape });
    };
    addEventListener("focus", back);
    document.addEventListener("visibilitychange", back);
    setInterval(() => {
      const mine = board(), wasAway = away;
      away = mine && !mine.offsetParent ? mine.dataset.collection : "";
      if (wasAway && wasAway === mine?.dataset.collection && !away) back();
    }, LOOK);
  };
})();
