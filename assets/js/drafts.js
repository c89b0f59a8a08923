// The garments of a collection while it is put together: files, folders and archives on their way in, names typed.
(() => {
  "use strict";
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  const input = () => document.querySelector("#manyadd input[type=file]");
  const listOf = (files) => {
    const list = new DataTransfer();
    for (const file of files) list.items.add(file);
    return list.files;
  };
  const { unzip } = window.TryOn, tried = new Set(); // archives that could not be opened here
  const markOf = ({ name, size, lastModified }) => `${name} ${size} ${lastModified}`;
  const isClosed = (file) => unzip.is(file) && !tried.has(markOf(file));
  // Files of one name are told apart by their folders, which go up in the name: an upload has no other.
  const apart = (files) => {
    const seen = new Map(), low = ({ name }) => name.toLowerCase();
    for (const file of files) seen.set(low(file), (seen.get(low(file)) ?? 0) + 1);
    return files.map((file) => {
      const path = file.within || file.webkitRelativePath;
      return path && seen.get(low(file)) > 1 ? new File([file], path.split(/[\\/]/).filter(Boolean).join("--"), { type: file.type }) : file;
    });
  };
  const give = async (files) => {
    const field = input(), all = [], { reads } = window.TryOn;
    reads(files.length);
    try { await opened(files, all); } finally { reads(-files.length); }
    if (!all.length) return window.TryOn.say(window.TryOn.words.emptyFolder); // an archive is at least itself
    if (!field) return;
    field.files = listOf(apart(all));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const opened = async (files, all) => {
    for (const file of files) {
      const found = isClosed(file) ? await unzip.opened(file) : [file];
      if (found[0] === file) tried.add(markOf(file));
      all.push(...found);
    }
  };

  // A folder is all that lies in it, however deep, in the order of its names.
  const filesOf = (folder) => new Promise((done) => {
    const reader = folder.createReader(), found = [];
    const more = () => reader.readEntries((entries) => {
      if (entries.length) { found.push(...entries); more(); } else done(found.sort((a, b) => a.name.localeCompare(b.name)));
    }, () => done(found));
    more();
  });
  const inside = async (entry) => {
    if (unzip.isBeside({ path: entry.fullPath, name: entry.name })) return [];
    if (entry.isFile) return [await new Promise((done) => entry.file((file) => done(Object.assign(file, { within: entry.fullPath })), () => done(null)))].filter(Boolean);
    const found = [];
    for (const one of await filesOf(entry)) found.push(...await inside(one));
    return found;
  };
  const isList = (file) => /\.(zip|csv|tsv)$/i.test(file.name);
  const isMany = () => Boolean(document.querySelector("#manygarments .glist"));
  const isFolder = (item) => item.webkitGetAsEntry?.()?.isDirectory;
  // Whether a drop is more than one garment: the places for one take no such thing.
  const takes = (event) => {
    const place = closest(event, "#brief");
    if (!place || closest(event, "#photos")) return false;
    const { items, files } = event.dataTransfer;
    return isMany() || files.length > 1 || [...files].some(isList) || [...items].some(isFolder);
  };
  const dropped = async (event) => {
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()), files = [...event.dataTransfer.files];
    if (!entries.some((entry) => entry?.isDirectory)) return give(files);
    const found = [], { reads } = window.TryOn;
    reads(entries.length);
    try { for (const [at, entry] of entries.entries()) found.push(...(entry ? await inside(entry) : [files[at]].filter(Boolean))); } finally { reads(-entries.length); }
    return give(found);
  };

  const choose = () => input()?.click();
  const chooseFolder = () => {
    const field = Object.assign(document.createElement("input"), { type: "file", webkitdirectory: true });
    field.addEventListener("change", (event) => { event.stopPropagation(); give([...field.files].filter((file) => !unzip.isBeside({ path: file.webkitRelativePath, name: file.name }))); });
    field.click();
  };
  const EVENTS = { start: "select", sample: "select", off: "delete", one: "clear", all: "clear", back: "undo", yes: "submit", no: "clear", take: "submit", apart: "select", together: "select" };
  // The list is not drawn anew while it is typed in: what is around a name says it as it is now.
  const call = (row, name) => { for (const part of row.querySelectorAll("[data-called]")) part.ariaLabel = window.TryOn.filled(part.dataset.called, { name: name.trim() }); };
  const draft = (element, trigger) => {
    window.TryOn.asks(element);
    element.addEventListener("click", (event) => {
      const button = closest(event, "[data-draft]"), act = button?.dataset.draft;
      if (act === "yes") button.ariaBusy = "true";
      if (act === "files") choose();
      else if (act === "folder") chooseFolder();
      else if (act === "sample" && event.detail > 1) return; // of a double click: one of it is meant
      else if (act) trigger(EVENTS[act], { act, name: button.dataset.name ?? "", key: button.closest("[data-key]")?.dataset.key ?? "", agreed: Number(button.dataset.agreed) });
    });
    element.addEventListener("change", (event) => {
      const field = closest(event, ":is(input, select)[name]"), key = field?.closest("[data-key]")?.dataset.key;
      event.stopPropagation();
      if (key && field.name === "name") call(field.closest("[data-key]"), field.value);
      if (key) trigger("input", { key, [field.name]: field.value });
    });
    // What was added is seen, where the list is longer than its place, also when that becomes smaller after it.
    let had = 0, follows = false;
    const place = new ResizeObserver(([{ target }]) => { if (follows) target.scrollTop = target.scrollHeight; });
    for (const act of ["wheel", "pointerdown", "keydown"]) element.addEventListener(act, () => { follows = false; }, { passive: true });
    new MutationObserver(() => {
      const list = element.querySelector(".glist"), has = list?.children.length ?? 0;
      if (has !== had) follows = had > 0 && has > had;
      had = has;
      place.disconnect();
      if (list) place.observe(list);
    }).observe(element, { childList: true, subtree: true });
    element.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing && closest(event, "input[name]")) event.target.blur(); });
  };
  Object.assign(window.TryOn, { draft, drafts: { takes, dropped, isClosed, give } });
})();
