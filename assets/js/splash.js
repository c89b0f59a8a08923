// Takes the opening frame away as soon as the page is whole, so that nothing is seen to be put together.
(() => {
  "use strict";
  const LONGEST = 30000; // milliseconds; then whatever is there is better
  const whole = () => document.querySelector("#go") && document.querySelector("#jobcard .job");
  const login = () => window.gradio_config?.auth_required && document.querySelector("gradio-app input[type=password]");
  const gone = () => { document.getElementById("splash")?.remove(); watch.disconnect(); };
  const look = () => {
    if (!whole() && !login()) return;
    watch.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(gone));
  };
  const watch = new MutationObserver(look);
  watch.observe(document.documentElement, { childList: true, subtree: true });
  setTimeout(gone, LONGEST);
})();
