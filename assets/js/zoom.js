// How large the lightbox shows a picture, and which part of it: sizes in CSS pixels, and `zoom` in pixels of the screen
// for each pixel of the picture, so that 1 is 1:1 on every screen. By itself it never goes beyond that.
(() => {
  "use strict";
  const MOST = 8, STEP = 1.4;
  const between = (low, value, high) => Math.min(Math.max(value, low), high);

  // `told` hears of every change: what the window takes (`fit`), what is shown (`zoom`), and how wide that is.
  window.TryOn.zoomOf = (stage, box, told) => {
    let picture = { width: 3, height: 4 }, zoom = 1, x = 0, y = 0, untouched = true;
    const screen = () => window.devicePixelRatio || 1;
    const room = () => {
      const style = getComputedStyle(stage);
      return { width: stage.clientWidth - 2 * parseFloat(style.paddingLeft), height: stage.clientHeight - 2 * parseFloat(style.paddingTop) };
    };
    const fit = () => { const { width, height } = room(); return screen() * Math.min(width / picture.width, height / picture.height); };
    const usual = () => Math.min(fit(), 1);
    const size = () => ({ width: picture.width * zoom / screen(), height: picture.height * zoom / screen() });
    const spare = () => { const { width, height } = size(); return { x: Math.max(0, (width - stage.clientWidth) / 2), y: Math.max(0, (height - stage.clientHeight) / 2) }; };

    const draw = (dragged = { x: 0, y: 0 }) => {
      const { width, height } = size(), most = spare();
      [x, y] = [between(-most.x, x, most.x), between(-most.y, y, most.y)];
      // Whole pixels of the screen, or 1:1 would be blurred.
      const whole = (value) => Math.round(value * screen()) / screen();
      const [across, down] = [whole((stage.clientWidth - width) / 2 + x + dragged.x), whole((stage.clientHeight - height) / 2 + y + dragged.y)];
      Object.assign(box.style, { width: `${width}px`, height: `${height}px`, transform: `translate(${across}px, ${down}px)` });
      told({ zoom, fit: fit(), width, moves: most.x + most.y > 1 });
    };
    // The point of the picture that lies under the given point of the window stays there.
    const to = (wanted, point) => {
      const before = zoom, frame = stage.getBoundingClientRect();
      zoom = between(Math.min(usual(), wanted), wanted, Math.max(MOST, fit()));
      untouched = false;
      if (point) {
        const from = { x: point.x - frame.left - frame.width / 2, y: point.y - frame.top - frame.height / 2 };
        x = from.x - (from.x - x) * zoom / before;
        y = from.y - (from.y - y) * zoom / before;
      }
      draw();
    };
    const same = (one, other) => Math.abs(one / other - 1) < 0.005;
    const reset = () => { [zoom, x, y, untouched] = [usual(), 0, 0, true]; draw(); };
    new ResizeObserver(() => { if (stage.clientWidth) { if (untouched) reset(); else draw(); } }).observe(stage);

    return {
      reset, draw,
      set: ({ width, height }) => { picture = { width, height }; reset(); },
      fit: () => to(fit()),
      actual: () => to(1),
      between: (wanted, point) => to(between(usual(), wanted, MOST), point),
      step: (way) => to(between(usual(), zoom * STEP ** way, MOST)),
      toggle: () => to(same(zoom, 1) ? fit() : 1),
      // A double tap shows more, then all of it again: 1:1 first, then what the window takes.
      more: (point) => {
        if (!same(zoom, usual())) return reset();
        return to(usual() < 0.95 ? 1 : fit() > 1.05 ? fit() : 2, point);
      },
      by: (across, down) => { x += across; y += down; draw(); },
      get value() { return zoom; },
      get moves() { const most = spare(); return most.x + most.y > 1; },
    };
  };
})();
