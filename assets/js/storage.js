// Some frames and settings forbid a page to keep anything. Then what is kept lasts as long as the page, and that is said.
(() => {
  "use strict";
  // Behind a proxy that was asked for a folder without its last stroke, every relative address would go astray.
  if (!location.pathname.endsWith("/") && !location.pathname.endsWith(".html")) {
    try { history.replaceState(history.state, "", `${location.pathname}/${location.search}${location.hash}`); } catch { /* a frame without an address */ }
  }
  // In a frame that grows with its page, a page that grows with its window would grow for ever.
  document.documentElement.classList.toggle("framed", window.self !== window.top);
  const memory = () => {
    const kept = new Map();
    return {
      get length() { return kept.size; },
      key: (n) => [...kept.keys()][n] ?? null,
      getItem: (name) => kept.get(String(name)) ?? null,
      setItem: (name, value) => { kept.set(String(name), String(value)); },
      removeItem: (name) => { kept.delete(String(name)); },
      clear: () => kept.clear(),
    };
  };
  const works = (name) => {
    try {
      window[name].setItem("try-on-studio.probe", "1");
      window[name].removeItem("try-on-studio.probe");
      return true;
    } catch { return false; }
  };
  const forgetful = ["localStorage", "sessionStorage"].filter((name) => !works(name));
  for (const name of forgetful) Object.defineProperty(window, name, { value: memory(), configurable: true });
  // Who has no name yet gets one, as `visitor.py` makes them: 256 random bits that nobody else could think of.
  const named = (stored) => {
    if (typeof stored === "string" && /^[A-Za-z0-9_-]{32,64}$/.test(stored)) return stored;
    const bits = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)));
    return btoa(bits).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  window.TryOn = { keepsNothing: forgetful.includes("localStorage"), named };
})();
