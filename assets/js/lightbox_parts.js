// What the lightbox is made of: one dialog, made when it is first opened. Its texts and pictures are filled in elsewhere.
(() => {
  "use strict";
  const { words } = window.TryOn;
  const DRAWINGS = {
    close: "m6 6 12 12M18 6 6 18", previous: "m15 5-7 7 7 7", next: "m9 5 7 7-7 7",
    download: "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14", present: "M5 4.5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2ZM8 20h8m-4-3.500V20",
    star: "m12 3.700 2.500 5.200 5.700.800-4.100 4 1 5.600-5.100-2.700-5.100 2.700 1-5.600-4.100-4 5.700-.800Z",
    handle: "m9 7-5 5 5 5M15 7l5 5-5 5", run: "M8 5.500v13l11-6.500Z", pause: "M8.500 5.500v13m7-13v13",
  };
  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const icon = (name) => {
    const holder = make("span", { class: "lb-icon", "aria-hidden": "true" });
    holder.innerHTML = `<svg viewBox="0 0 24 24" width="20" height="20"><path d="${DRAWINGS[name]}"/></svg>`;
    return holder;
  };
  // A button that is a drawing alone is named by its label; one with a text is named by that.
  const button = (look, act, label, { drawing = "", key = "", tag = "button", text = true } = {}) => {
    const made = make(tag, { class: look, "data-do": act, ...(key && { "aria-keyshortcuts": key }) });
    if (tag === "button") made.type = "button";
    if (drawing) made.append(icon(drawing));
    if (text) made.append(make("span", {}, label));
    else made.setAttribute("aria-label", label);
    return made;
  };
  const arrow = (act, label, key) => button(`lb-arrow lb-${act}`, act, label, { drawing: act, key, text: false });
  const keys = (rows) => make("ul", { class: "lb-keys", role: "list", "aria-hidden": "true" },
    ...rows.map(([marks, label, look]) => make("li", { class: look ?? "" }, ...marks.map((mark) => make("kbd", {}, mark)), label)));

  const left = () => make("div", { class: "lb-left" },
    make("div", { class: "lb-top" }, button("lb-plain", "close", words.close, { drawing: "close", key: "Escape", text: false })),
    make("div", { class: "lb-words" },
      make("p", { class: "lb-count" }), make("h2", { id: "lb-title", dir: "auto" }), make("dl", { class: "lb-facts" })),
    make("div", { class: "lb-acts" },
      button("lb-button lb-main", "refine", words.lightboxRefine, { key: "r" }),
      button("lb-button lb-star", "star", words.lightboxChoose, { drawing: "star", key: "s" }),
      button("lb-button", "save", words.lightboxDownload, { drawing: "download", key: "d", tag: "a" })));
  const box = () => make("div", { class: "lb-box" },
    make("img", { class: "lb-view", alt: "" }), make("img", { class: "lb-before", alt: "", hidden: "" }),
    make("span", { class: "lb-tag lb-tag-left", "aria-hidden": "true" }, words.lightboxBefore),
    make("span", { class: "lb-tag lb-tag-right", "aria-hidden": "true" }, words.lightboxAfter),
    make("span", { class: "lb-bar", "aria-hidden": "true" }, icon("handle")),
    make("input", { class: "lb-slide", type: "range", min: "0", max: "100", value: "50", "aria-label": words.lightboxCompare }));
  const right = () => make("div", { class: "lb-right" },
    make("div", { class: "lb-tools" },
      make("div", { class: "lb-zoom", role: "group", "aria-label": words.lightboxZoom },
        button("", "fit", words.lightboxFit, { key: "z" }), button("", "actual", words.lightboxActual, { key: "z" })),
      button("lb-button lb-go", "present", words.lightboxPresent, { drawing: "present", key: "p" })),
    keys([
      [["←", "→"], words.keyMove, "lb-key-many"], [[",", "."], words.keySlide, "lb-key-pair"], [["B"], words.keyHold, "lb-key-pair"],
      [["Z"], words.keyZoom], [["D"], words.lightboxDownload], [["S"], words.lightboxChoose, "lb-key-star"], [["R"], words.keyRefine, "lb-key-refine"],
      [["P"], words.lightboxPresent], [["Esc"], words.close],
    ]),
    make("div", { class: "lb-strip", role: "group", "aria-label": words.lightboxPictures }));

  const dialog = () => make("dialog", { class: "lightbox", "aria-labelledby": "lb-title" },
    left(),
    arrow("previous", words.lightboxPrevious, "ArrowLeft"),
    make("div", { class: "lb-stage", tabindex: "-1", role: "group" }, box()),
    make("p", { class: "lb-failed", role: "status" }),
    arrow("next", words.lightboxNext, "ArrowRight"),
    right(),
    make("p", { class: "vh lb-say", "aria-live": "polite" }));
  window.TryOn.lightboxParts = { make, icon, button, dialog };
})();
