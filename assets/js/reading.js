// Says at once how many files are being read for the list of garments: until the server has drawn them nothing else shows it.
(() => {
  "use strict";
  const { words } = window.TryOn, LOOK = 150, AWAY = 8; // milliseconds; pixels
  let opening = 0, look = 0; // files that are opened here, before they go up
  const place = () => {
    const found = document.getElementById("reading");
    if (found) return found;
    const made = Object.assign(document.createElement("p"), { id: "reading" });
    made.setAttribute("role", "status");
    document.body.append(made);
    return made;
  };
  // Above the foot of the form, which is always in sight.
  const stand = (line) => {
    const foot = [...document.querySelectorAll(".cta")].find((one) => one.offsetParent)?.getBoundingClientRect();
    if (foot) Object.assign(line.style, { left: `${foot.left + foot.width / 2}px`, bottom: `${Math.max(innerHeight - foot.top, 0) + AWAY}px` });
  };
  const show = () => {
    const n = opening + window.TryOn.taking("manyadd"), line = place();
    if (!n) {
      line.remove();
      look = clearInterval(look);
      return;
    }
    const told = window.TryOn.filled(n > 1 ? words.readingMany : words.readingOne, { n });
    if (line.textContent !== told) line.textContent = told;
    stand(line);
  };
  // `n` files more are opened here, or so many less; 0 where only what goes up has changed.
  window.TryOn.reads = (n) => {
    opening = Math.max(0, opening + n);
    look ||= setInterval(show, LOOK);
    show();
  };
})();
