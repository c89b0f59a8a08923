// Before and after in the lightbox: the range input holds the place of the handle, so that keys and screen readers have it too.
(() => {
  "use strict";
  const STEP = 5, GRIP = 30; // per cent for a key, CSS pixels on each side of the handle
  window.TryOn.beforeAfterOn = (dialog, zoom) => {
    const [box, before, input] = [".lb-box", ".lb-before", ".lb-slide"].map((name) => dialog.querySelector(name));
    let turn = 0;
    const on = () => dialog.classList.contains("lb-pair");
    const place = () => box.style.setProperty("--x", `${input.value}%`);
    const slide = (value) => { input.value = value; place(); };
    input.addEventListener("input", place);

    const set = (picture) => {
      const mine = ++turn;
      dialog.classList.toggle("lb-pair", Boolean(picture));
      before.hidden = input.hidden = !picture;
      if (!picture) return before.removeAttribute("src");
      slide(50);
      before.src = picture.view;
      const whole = Object.assign(new Image(), { src: picture.full });
      return whole.decode().then(() => { if (mine === turn) before.src = picture.full; }, () => { /* the smaller copy stays */ });
    };
    const handle = () => { const { left, width } = box.getBoundingClientRect(); return left + width * input.value / 100; };
    return {
      set,
      get on() { return on(); },
      nudge: (way) => slide(Number(input.value) + way * STEP),
      slideTo: (x) => { const { left, width } = box.getBoundingClientRect(); slide((x - left) / width * 100); },
      // Where the picture can be panned, only the handle slides; else a drag anywhere does.
      slides: ({ x }) => on() && (!zoom.moves || Math.abs(x - handle()) < GRIP),
      hold: (held) => dialog.classList.toggle("lb-held", on() && held),
    };
  };
})();
