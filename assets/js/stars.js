// The stars of the matrix: one shows at once, on both of a pair, and stays as it was pressed until the server has
// answered all that was pressed.
(() => {
  "use strict";
  const PAGE = String(Math.random()); // presses come to the server in any order: it is told theirs
  // `find` gives the picture of a job and a number, `send` reports.
  window.TryOn.starring = ({ find, send }) => {
    const { shots } = window.TryOn, wishes = new Map(); // by picture: how it was pressed last
    let presses = 0;
    const show = (shot, on) => {
      const cell = shot.closest(".cell");
      shot.classList.toggle("on", on);
      for (const one of [shot, shots.otherOf(shot)]) one?.querySelector(".pick").setAttribute("aria-pressed", String(on));
      cell.classList.toggle("chosen", Boolean(cell.querySelector(".shot.on")));
      shots.signs(cell);
    };
    const mark = (either, on) => {
      const shot = shots.firstOf(either);
      if (!shot) return;
      const { job } = shot.closest("[data-job]").dataset, { n } = shot.dataset, chosen = on ?? !shot.matches(".on");
      show(shot, chosen);
      wishes.set(`${job} ${n}`, { job, n, chosen });
      send(shot, { act: "star", chosen, page: PAGE, press: presses += 1 });
    };
    // What was drawn may be the answer to a press before the last one.
    const drawn = ({ isOwed }) => {
      if (!isOwed) wishes.clear();
      for (const { job, n, chosen } of wishes.values()) {
        const shot = find(job, n);
        if (shot) show(shot, chosen);
      }
    };
    // What did not get through is not shown as done; of what had got through the answer is still to be drawn.
    addEventListener("tryon:notdone", () => {
      for (const { job, n, chosen } of wishes.values()) {
        const shot = find(job, n);
        if (shot) show(shot, !chosen);
      }
      wishes.clear();
    });
    return { mark, drawn };
  };
})();
