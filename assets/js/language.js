// The language of the page: the framework's own labels follow it, and whoever wants another one gets it from now on.
(() => {
  "use strict";
  const { language, words } = window.TryOn, base = (tag) => tag.split("-")[0];
  // Days and hours as the visitor writes them, where the browser names this language with a country of its own.
  window.TryOn.locale = navigator.languages.find((tag) => base(tag) === base(language)) ?? language;
  const KEPT = "try-on-studio.language", A_YEAR = 31536000; // seconds
  for (const [name, value] of Object.entries({ language, languages: [language] })) {
    Object.defineProperty(navigator, name, { value, configurable: true }); // all that the framework goes by
  }
  // What the framework names in English only.
  const NAMED = { "Remove Image": words.removeImage, "File upload": words.fileUpload, "More tabs": words.moreTabs }, KINDS = ["aria-label", "title"];
  const name = () => {
    for (const [english, ours] of Object.entries(NAMED)) {
      for (const kind of KINDS) {
        for (const part of document.querySelectorAll(`[${kind}="${english}"]`)) part.setAttribute(kind, ours);
      }
    }
  };
  const changes = { childList: true, subtree: true, attributes: true, attributeFilter: KINDS };
  if (base(language) !== "en") new MutationObserver(name).observe(document.documentElement, changes);

  // In a frame of another site a browser gives only a cookie back that says so, and only over TLS.
  const reach = window.self !== window.top && location.protocol === "https:" ? "SameSite=None; Secure; Partitioned" : "SameSite=Lax";
  addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-language]") : null;
    if (!button) return;
    document.cookie = `${KEPT}=${button.dataset.language}; Path=/; Max-Age=${A_YEAR}; ${reach}`;
    await window.TryOn.takeAlong();
    location.reload();
  });
})();
