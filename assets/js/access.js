// What Gradio's own parts lack for keyboards and screen readers: names of groups and places, keys for the tabs, and
// a way to put another picture in the place of one.
(() => {
  "use strict";
  const { words, filled } = window.TryOn;
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  const set = (element, name, value) => { if (element && element.getAttribute(name) !== value) element.setAttribute(name, value); };
  let made = 0;
  const idOf = (element) => (element.id ||= `named-${++made}`);

  // Gradio names every option of a radio group differently, which breaks the arrow keys, and the group not at all.
  const groups = () => {
    for (const group of document.querySelectorAll("fieldset.block")) {
      const radios = group.querySelectorAll("input[type=radio]"), label = group.querySelector("[data-testid=block-info]");
      if (!radios.length) continue;
      group.dataset.group ||= `group-${++made}`;
      for (const radio of radios) if (radio.name !== group.dataset.group) radio.name = group.dataset.group;
      set(group, "role", "radiogroup");
      if (label) set(group, "aria-labelledby", idOf(label));
    }
  };

  const tabs = () => [...document.querySelectorAll("#nav > .tab-wrapper [role=tab]")];
  const panels = () => {
    for (const tab of tabs()) {
      set(tab, "tabindex", tab.getAttribute("aria-selected") === "true" ? "0" : "-1");
      const panel = document.getElementById(tab.getAttribute("aria-controls"));
      if (panel) set(panel, "aria-labelledby", idOf(tab));
    }
  };
  const TURNS = { ArrowLeft: (at, n) => (at + n - 1) % n, ArrowRight: (at, n) => (at + 1) % n, Home: () => 0, End: (_, n) => n - 1 };
  const turn = (event) => {
    const all = tabs(), at = all.indexOf(event.target), to = all[TURNS[event.key]?.(at, all.length)];
    if (at < 0 || !to || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    to.click();
    to.focus();
  };

  const folds = () => {
    for (const button of document.querySelectorAll("button.label-wrap")) {
      set(button, "aria-expanded", String(button.classList.contains("open")));
      set(button.querySelector(".icon"), "aria-hidden", "true");
    }
  };

  // A place that holds a picture is a button as well, and each place's buttons say which place it is.
  let emptied = null;
  const wells = () => {
    for (const well of document.querySelectorAll(".card-img")) {
      const name = well.querySelector("[data-testid=block-label]")?.textContent.trim(), frame = well.querySelector(".image-frame");
      if (!name) continue;
      set(well.querySelector("button.upload-container"), "aria-label", filled(words.choosePicture, { name }));
      set(well.querySelector(".icon-button"), "aria-label", filled(words.removePicture, { name }));
      if (!frame) continue;
      set(frame, "role", "button");
      set(frame, "tabindex", "0");
      set(frame, "aria-label", filled(words.replacePicture, { name }));
    }
    const free = emptied?.querySelector("button.upload-container:not([tabindex='-1'])");
    if (!free) return;
    emptied = null;
    if (document.activeElement === document.body) free.focus(); // the button that had it has gone
  };

  const look = () => { groups(); panels(); folds(); wells(); };
  addEventListener("click", (event) => { emptied = closest(event, ".card-img .icon-button")?.closest(".card-img") ?? emptied; }, true);
  addEventListener("keydown", (event) => {
    turn(event);
    if (event.target.matches?.(".card-img .image-frame") && ["Enter", " "].includes(event.key)) {
      event.preventDefault();
      event.target.click();
    }
  });
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["name", "class", "aria-selected", "tabindex"] });
})();
