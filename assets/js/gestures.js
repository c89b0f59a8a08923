// Fingers, pen, mouse and wheel on the lightbox's picture: swipe moves, swipe down closes, pinch and double tap zoom, drag pans.
(() => {
  "use strict";
  const STILL = 8, FAR = 70, DOWN = 110, DOUBLE_MS = 300, NEAR = 30; // CSS pixels, but for the one in milliseconds
  const QUICK = 0.45; // CSS pixels a millisecond, from which a short swipe is one
  const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);
  const middle = (one, other) => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
  const at = (event) => ({ x: event.clientX, y: event.clientY });

  // `does`: what a gesture leads to: `move(step)`, `close()`, and for before and after `slides()` and `slideTo(x)`.
  window.TryOn.gesturesOn = (stage, zoom, does) => {
    const down = new Map();
    let began = null, pinch = null, way = "", tapped = { time: 0, x: 0, y: 0 };

    const begin = (event) => { began = { ...at(event), last: at(event), time: event.timeStamp, touch: event.pointerType !== "mouse" }; way = ""; };
    const pair = () => [...down.values()];
    const wayOf = (dx, dy) => {
      const sideways = Math.abs(dx) > Math.abs(dy);
      if (does.slides(began) && (sideways || !began.touch)) return "slide";
      if (zoom.moves) return "pan";
      if (!began.touch) return "none";
      return sideways ? "swipe" : dy > 0 ? "close" : "none";
    };
    const dragged = {
      pan: (now) => zoom.by(now.x - began.last.x, now.y - began.last.y),
      swipe: (now) => zoom.draw({ x: now.x - began.x, y: 0 }),
      close: (now) => zoom.draw({ x: 0, y: Math.max(0, now.y - began.y) }),
      slide: (now) => does.slideTo(now.x),
      none: () => {},
    };
    const pinched = () => {
      const [one, other] = pair(), now = middle(one, other);
      zoom.by(now.x - pinch.middle.x, now.y - pinch.middle.y);
      zoom.between(pinch.zoom * distance(one, other) / pinch.distance, now);
      pinch.middle = now;
    };
    const quick = (event, way) => Math.abs(way) > STILL * 2 && Math.abs(way) / (event.timeStamp - began.time) > QUICK;
    const tap = (event) => {
      const again = event.timeStamp - tapped.time < DOUBLE_MS && distance(tapped, at(event)) < NEAR;
      tapped = again ? { time: 0, x: 0, y: 0 } : { time: event.timeStamp, ...at(event) };
      if (again) zoom.more(at(event));
    };
    const done = {
      swipe: (event, dx) => { if (Math.abs(dx) > FAR || quick(event, dx)) does.move(dx < 0 ? 1 : -1); },
      close: (event, _dx, dy) => { if (dy > DOWN || quick(event, dy)) does.close(); },
    };

    stage.addEventListener("pointerdown", (event) => {
      if (event.button || event.target.closest("button")) return;
      event.preventDefault(); // no picture is dragged out, and the focus stays
      down.set(event.pointerId, at(event));
      stage.setPointerCapture(event.pointerId);
      if (down.size === 2) {
        const [one, other] = pair();
        zoom.draw();
        [pinch, way] = [{ distance: distance(one, other) || 1, zoom: zoom.value, middle: middle(one, other) }, "none"];
      } else if (down.size === 1) begin(event);
    });
    stage.addEventListener("pointermove", (event) => {
      if (!down.has(event.pointerId)) return;
      down.set(event.pointerId, at(event));
      if (pinch && down.size >= 2) return pinched();
      const now = at(event), [dx, dy] = [now.x - began.x, now.y - began.y];
      if (!way && Math.hypot(dx, dy) > STILL) way = wayOf(dx, dy);
      if (way) dragged[way](now);
      began.last = now;
      return undefined;
    });
    const end = (event, cancelled) => {
      if (!down.delete(event.pointerId)) return;
      if (pinch) {
        if (down.size) return;
        pinch = null;
        return;
      }
      const finished = way;
      way = "";
      if (finished === "swipe" || finished === "close") zoom.draw();
      if (cancelled) return;
      if (!finished && began.touch) tap(event);
      else done[finished]?.(event, event.clientX - began.x, event.clientY - began.y);
    };
    stage.addEventListener("pointerup", (event) => end(event, false));
    stage.addEventListener("pointercancel", (event) => end(event, true));
    stage.addEventListener("dblclick", (event) => { if (began && !began.touch) zoom.more(at(event)); });
    stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1, pace = event.ctrlKey ? 0.01 : 0.0015; // a pinch on a touchpad comes with Ctrl
      zoom.between(zoom.value * Math.exp(-event.deltaY * lines * pace), at(event));
    }, { passive: false });
  };
})();
