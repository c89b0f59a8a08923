// Rows and columns of the matrix go another place and get other names, by pointer and by keys.
(() => {
  "use strict";
  const { words } = window.TryOn;
  const HEADS = ".mcol, .rh", WAYS = { ArrowUp: ["row", -1], ArrowDown: ["row", 1], ArrowLeft: ["column", -1], ArrowRight: ["column", 1] };
  // `board` gives the matrix that is shown, `tell` reports, `go` leads to a cell; `toCell` gives the focus back to the
  // one that had it.
  window.TryOn.arranging = ({ board, tell, go, toCell }) => {
    let after = null, isOurs = false; // what is left to do when the matrix was drawn anew; while that moves the focus
    const heads = (like) => [...board().querySelectorAll(like.matches(".mcol") ? ".mcol" : ".rh")];
    const named = (line) => board().querySelector(`[data-line="${CSS.escape(line)}"]`);
    // The row or the column that a cell is in.
    const headOf = (cell, axis = "row") => {
      const row = cell.parentElement;
      return axis === "row" ? row.querySelector(".rh") : board().querySelectorAll(".mcol")[[...row.querySelectorAll(".cell")].indexOf(cell)];
    };
    // The focus is where it was then, in the head that was moved or in the cell.
    const toHead = (line, button) => () => {
      const head = named(line);
      (head?.querySelector(`${button}:not([aria-disabled])`) ?? head?.querySelector(".rmove button:not([aria-disabled])"))?.focus({ preventScroll: true });
    };
    const leaves = (head, button, isMove) => {
      const { activeElement } = document, { line } = head.dataset;
      const focus = activeElement?.matches(".cell") ? toCell : head.contains(activeElement) ? toHead(line, button) : () => {};
      after = { line, isMove, isDrawn: false, focus };
    };
    const move = (head, way) => {
      const button = `.rmove [data-n="${way}"]`;
      if (!head.querySelector(`${button}:not([aria-disabled])`)) return;
      leaves(head, button, true);
      tell("edit", head, { act: "move", n: way, text: head.dataset.line });
    };
    const describe = (head) => {
      const article = head.querySelector("small");
      const fields = [{ label: article ? words.nameOfGarment : words.nameOfModel, text: head.querySelector("b").textContent }];
      if (article) fields.push({ label: words.articleNumber, text: article.textContent });
      window.TryOn.askTexts(fields, (name, number = "") => {
        leaves(head, "[data-board=describe]", false);
        tell("edit", head, { act: "describe", cell: head.dataset.line, text: name, article: number });
      });
    };
    // In a head: another name for it, and the way to the first cell of its row or column.
    const first = (head) => {
      const rows = head.matches(".rh") ? [head.parentElement] : [...board().querySelectorAll(".mrow[data-garment]:not([hidden])")], at = head.matches(".rh") ? -1 : heads(head).indexOf(head);
      return rows.flatMap((row) => [...row.querySelectorAll(".cell")].filter((cell, column) => at < 0 || column === at)).find((cell) => !cell.matches(".out"));
    };
    const IN_HEAD = { F2: describe, ArrowRight: (head) => go(first(head)), ArrowDown: (head) => go(first(head)) };
    const takesInHead = (event) => {
      const head = event.target.closest(HEADS), does = !event.altKey && !event.ctrlKey && !event.metaKey && head && IN_HEAD[event.key];
      if (!does) return false;
      event.preventDefault();
      does(head);
      return true;
    };
    // On a cell or a head. Arrows with Alt are the browser's ways back and on elsewhere, and never here.
    const takes = (event) => {
      if (takesInHead(event)) return true;
      const spot = event.target.closest(`.cell, ${HEADS}`);
      if (!spot || !event.altKey || event.ctrlKey || event.metaKey || !(event.key in WAYS)) return false;
      event.preventDefault();
      const [told, way] = WAYS[event.key], axis = board().querySelector(".cards") ? "row" : told, head = spot.matches(".cell") ? headOf(spot, axis) : spot;
      if (head?.matches(axis === "row" ? ".rh" : ".mcol")) move(head, way);
      return true;
    };
    // Where it stands is said, as who does not see it has no other way to know.
    const say = (head) => {
      const all = heads(head), line = document.getElementById("boardsays");
      const told = window.TryOn.filled(words.movedTo, { name: head.querySelector("b").textContent, n: all.indexOf(head) + 1, m: all.length });
      if (line.textContent !== told) line.textContent = told;
    };
    // The framework draws in several steps, and may take the focus with each: until somebody goes on, it is put back.
    const drawn = ({ isAgain = false } = {}) => {
      const head = after && after.isDrawn === isAgain && named(after.line);
      if (!head) return;
      if (after.isMove) say(head);
      if (after.isMove && !after.isDrawn) head.scrollIntoView({ block: "nearest", inline: "nearest" });
      isOurs = true;
      after.focus();
      isOurs = false;
      after.isDrawn = true;
    };
    for (const goesOn of ["pointerdown", "keydown", "focusin"]) addEventListener(goesOn, () => { if (after?.isDrawn && !isOurs) after = null; }, true);
    return { move: (button) => move(button.closest(HEADS), Number(button.dataset.n)), describe: (button) => describe(button.closest(HEADS)), describeOf: (cell, axis) => describe(headOf(cell, axis)), takes, drawn };
  };
})();
