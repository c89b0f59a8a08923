// The pictures of a cell of the matrix: which stands large, and what was made of which. Both of such a pair have
// one number and one star; `data-shot` is the number, with an "r" where it was refined.
(() => {
  "use strict";
  const { words } = window.TryOn, ROOMS = [1, 2, 3, 4]; // so many stand side by side, by how wide a cell is
  const isPicture = (shot) => shot.matches("[data-n]");
  const shotsIn = (cell) => [...cell.querySelectorAll(".shot[data-n]")];
  const jobOf = (shot) => shot.dataset.of ?? shot.closest("[data-job]").dataset.job; // of the first of a pair
  const isPair = (one, other) => one !== other && one.dataset.n === other.dataset.n && jobOf(one) === jobOf(other);
  const otherOf = (shot) => shotsIn(shot.closest(".cell")).find((other) => isPair(shot, other));
  const firstOf = (shot) => (shot?.matches(".made") ? otherOf(shot) : shot);
  const madeOf = (shot) => (shot.matches(".made") ? shot : otherOf(shot));
  const large = (cell) => cell.querySelector(".shot[data-n]:not(.second, .third)");
  const isNow = (shot) => jobOf(shot) === shot.closest(".cell").dataset.job; // not of a job that the cell had before
  const called = (cell, name) => shotsIn(cell).find((shot) => shot.dataset.shot === name && isNow(shot));

  // Where one was chosen by its own star, all stay where they stood: what is drawn anew, the chosen first, is put back so.
  const pinned = new Map(); // by cell: its pictures in that order
  const keyOf = (shot) => [jobOf(shot), shot.dataset.n, shot.matches(".made")].join(" ");
  const pin = (cell) => pinned.set(cell.dataset.cell, shotsIn(cell).sort((one, other) => one.style.order - other.style.order).map(keyOf));
  const unpin = (cell) => pinned.delete(cell.dataset.cell);
  const stand = (cell, name) => {
    const kept = pinned.get(cell.dataset.cell) ?? [];
    const places = new Map(kept.map((key, at) => [key, at])), placed = (shot) => places.get(isPicture(shot) ? keyOf(shot) : "") ?? Infinity;
    const all = [...cell.querySelectorAll(".shot")], here = [...all].sort((one, other) => (placed(one) === placed(other) ? 0 : placed(one) - placed(other)));
    const first = kept.length ? here.find(isPicture) : large(cell), hero = called(cell, name) ?? first;
    if (!hero) return;
    const beside = otherOf(hero) ?? (hero.nextElementSibling?.matches(".words") ? hero.nextElementSibling : null);
    const ordered = [hero, ...(beside ? [beside] : []), ...here.filter((shot) => shot !== hero && shot !== beside)];
    for (const [at, shot] of ordered.entries()) {
      shot.classList.toggle("second", at === 1);
      shot.classList.toggle("third", at > 1);
      shot.classList.toggle("fourth", at === 3);
      shot.classList.toggle("further", at > 3);
      shot.style.order = at;
    }
    picks(cell, ordered.filter(isPicture).map((shot) => shot.dataset.shot));
    count(cell, ordered);
    signs(cell);
  };
  // The small ones stand in the order of the large ones: two have room.
  const picks = (cell, names) => {
    for (const pick of cell.querySelectorAll(".cpick")) {
      const at = names.indexOf(pick.dataset.shot);
      pick.setAttribute("aria-pressed", String(at === 0));
      pick.classList.toggle("further", at > 1);
      pick.style.order = at;
    }
  };
  const count = (cell, ordered) => {
    const more = cell.querySelector(".cmore");
    for (const room of more ? ROOMS : []) {
      const beyond = ordered.slice(room).filter(isPicture).length;
      if (beyond) more.setAttribute(`data-beyond${room}`, beyond);
      else more.removeAttribute(`data-beyond${room}`);
    }
  };
  // Which are chosen is seen while another one stands large: on the small ones, and in a sign that leads there.
  const starred = (cell) => shotsIn(cell).filter((shot) => shot.matches(".on"));
  // A chosen one before the large one: what was made of it, where that is here.
  const foremost = (cell) => {
    const [shot] = starred(cell);
    return shot ? madeOf(shot) ?? shot : large(cell);
  };
  const placeOf = (shot) => Math.min(...[shot, madeOf(shot)].filter(Boolean).map((one) => Number(one.style.order)));
  const signs = (cell) => {
    // One star of a pair, on what was made of the first, which is what is handed over.
    const isChosen = (shot) => Boolean(shot && firstOf(shot).matches(".on") && shot === (madeOf(shot) ?? shot));
    for (const pick of cell.querySelectorAll(".cpick")) pick.classList.toggle("on", isChosen(called(cell, pick.dataset.shot)));
    const sign = cell.querySelector(".cstars"), beside = starred(cell).filter((shot) => shot !== firstOf(large(cell)));
    if (!sign) return;
    const numbers = [...new Set(beside.map((shot) => (isNow(shot) ? shot.dataset.n : words.earlier)))].join(", ");
    sign.hidden = !beside.length;
    sign.dataset.place = Math.max(...beside.map(placeOf), 0);
    sign.querySelector("span").textContent = numbers;
    sign.ariaLabel = window.TryOn.filled(words.chosenBeside, { numbers });
  };
  // A number stands for the refined one first, and pressed again for what that was made of.
  const numbered = (cell, n) => {
    const better = called(cell, `${n}r`);
    return better && better !== large(cell) ? `${n}r` : n;
  };
  const nOf = (shot) => Number(shot.querySelector(".look").dataset.n);
  // All pictures of a cell for the lightbox, in their order, each refined one behind its first.
  const kin = (item) => {
    const cell = item.closest(".cell");
    if (!cell) return null;
    const firsts = shotsIn(cell).filter((shot) => !shot.matches(".made")).sort((one, other) => isNow(other) - isNow(one) || one.dataset.n - other.dataset.n);
    return firsts.flatMap((first) => [first, madeOf(first)].filter(Boolean)).map((shot) => ({ source: shot.closest("[data-lightbox]"), n: nOf(shot), isMade: shot.matches(".made") }));
  };
  // Where the large view leads on to, forwards (1) or back (-1), from where a cell's pictures end: the nearest one of
  // another cell that is shown and has some. Undefined where there is none, and for what is in no cell.
  const beyond = (item, way) => {
    const all = [...(item?.closest(".board")?.querySelectorAll(".cell:not(.out)") ?? [])], at = all.indexOf(item?.closest(".cell"));
    const onwards = at < 0 ? [] : way > 0 ? all.slice(at + 1) : all.slice(0, at).reverse();
    return onwards.map((cell) => ({ cell, ...kin(cell).at(way > 0 ? 0 : -1) })).find(({ source }) => source);
  };
  window.TryOn.shots = { beyond, firstOf, madeOf, otherOf, large, called, foremost, stand, pin, unpin, signs, isNow, numbered, nOf, kin };
})();
