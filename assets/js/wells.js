// Pictures on their way into the page: dropped, pasted or chosen. What they are the server finds out; what is left out here is said.
(() => {
  "use strict";
  const { words, limits, say, filled } = window.TryOn;
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  const fileInput = (place) => place?.querySelector("input[type=file]");
  const isGarments = (input) => Boolean(input.closest("#manyadd"));
  const photoInput = () => document.querySelector("#photos input[type=file]");
  const isText = (element) => element instanceof Element && (element.isContentEditable || element.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=range], [type=file], [type=button])"));

  // An image well that holds a picture takes neither click nor drop nor paste: hand them to its own file input.
  const listOf = (files) => {
    const list = new DataTransfer();
    for (const file of files) list.items.add(file);
    return list.files;
  };
  // Many systems do not know the type of a HEIC photo, and Gradio drops what is not called an image: the server looks into it.
  const asImage = (file) => file.type.startsWith("image/") ? file : new File([file], file.name, { type: "image/unknown" });
  const put = (input, files) => {
    if (!input || !files.length) return false;
    input.files = listOf(files);
    input.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };
  const NAMED = 5; // files by their names, and how many more
  const names = (files) => {
    const some = files.slice(0, NAMED).map((file) => file.name).join(", "), n = files.length - NAMED;
    return n > 0 ? filled(words.andMore, { names: some, n }) : some;
  };
  // Before anything is sent: one file more, or one that is too large, costs none of the good ones.
  const leftOut = (files, most) => {
    const shut = files.filter(window.TryOn.unzip.isShut), large = files.filter((file) => file.size > limits.bytes);
    const fit = files.filter((file) => !large.includes(file) && !shut.includes(file)), over = [...fit.slice(most), ...shut], lines = [];
    if (large.length) lines.push(filled(words.tooLarge, { names: names(large), mb: limits.bytes / 2 ** 20 }));
    if (over.length) lines.push(filled(most > 1 ? words.tooMany : words.oneOnly, { most, kept: fit[0]?.name ?? "", names: names(over) }));
    return [fit.slice(0, most), lines];
  };
  addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.files.length) return;
    const files = [...input.files], garments = isGarments(input);
    if (garments && files.some(window.TryOn.drafts.isClosed)) {
      event.stopImmediatePropagation();
      return window.TryOn.drafts.give(files);
    }
    const [kept, lines] = leftOut(files, garments ? limits.garments : input.multiple ? limits.photos : 1);
    if (lines.length) say(lines);
    const now = garments ? kept.slice(0, limits.photos) : kept; // so many go together
    input.files = listOf(garments ? now : now.map(asImage));
    if (!kept.length || !takesTurns(input, kept.slice(now.length))) event.stopImmediatePropagation();
    return undefined;
  }, true);

  addEventListener("click", (event) => { if (closest(event, ".card-img .image-frame")) fileInput(closest(event, ".card-img"))?.click(); });
  const brings = (event) => [...(event.dataTransfer?.types ?? [])];
  const isOurs = (event) => brings(event).includes("Files") || (brings(event).includes("text/uri-list") && !isText(event.target));
  for (const kind of ["dragenter", "dragover"]) addEventListener(kind, (event) => { if (isOurs(event)) event.preventDefault(); }, true);
  addEventListener("drop", (event) => {
    if (!isOurs(event)) return;
    event.preventDefault(); // else the browser leaves the page for the file
    event.stopPropagation();
    const files = [...event.dataTransfer.files];
    if (!files.length) return say(words.fromAPage);
    if (window.TryOn.drafts.takes(event)) return window.TryOn.drafts.dropped(event);
    const input = closest(event, "#photos") ? photoInput() : fileInput(closest(event, ".card-img"));
    return input ? put(input, files) : say(words.beside);
  }, true);
  addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (!files.length || isText(event.target) || document.querySelector("dialog[open]")) return; // a text field's own
    event.preventDefault();
    const shown = [...document.querySelectorAll(".card-img")].filter((well) => well.offsetParent);
    const well = document.activeElement?.closest(".card-img") ?? shown.find((one) => !one.querySelector("img")) ?? shown[0];
    if (!well) return say(words.noPlace);
    return put(fileInput(well), files);
  });

  // A job waits for the pictures that are still on their way, and for what the server says of them.
  const SETTLES = 60; // milliseconds between two looks
  const FORGIVEN = 5000; // milliseconds of the page's own work after which what is owed comes no more
  const JOBS = ["go", "many-go", "refine-go"];
  const turns = new Map(); // the places that take a file in, to those that wait for their turn there
  const going = new Map(); // the same places, to those whose turn it is
  // What the framework owes for a file that was put in: its upload, and then the event that says what came. They are
  // counted, as how long it takes over them is the machine's affair.
  const owed = { uploads: 0, events: 0 };
  let flying = 0, last = 0;
  const isUploading = () => flying > 0 || owed.uploads + owed.events > 0;
  const owe = (what, by) => {
    owed[what] = Math.max(0, owed[what] + by);
    const now = last += 1;
    window.TryOn.workedFor(FORGIVEN, () => { if (now === last && !flying) owed.uploads = owed.events = 0; });
  };
  window.TryOn.isSaid = () => owe("events", -1);
  const isBusy = () => isUploading() || [...turns.values()].some((files) => files.length);
  const ask = window.fetch.bind(window);
  const isUpload = (input) => /\/upload(\?|$)/.test(String(input?.url ?? input));
  const failed = async (answer) => {
    const ours = answer && [408, 413, 429, 507].includes(answer.status) ? (await answer.clone().text()).trim() : "";
    window.TryOn.miss([words.notUploaded, ours || words.tryAgain]);
  };
  // What was cut off by a lost connection goes once more when it is back: an upload harms nobody twice.
  const sent = async (input, options) => {
    for (;;) {
      try { return await ask(input, options); } catch (error) {
        if (!(await window.TryOn.isAway())) throw error;
        const kept = await window.TryOn.takeAlong(); // the page may be opened anew meanwhile, by the framework as well
        say(kept ? words.uploadLater : [words.uploadLater, words.uploadHereOnly], { stays: true });
        await window.TryOn.isBack();
        await window.TryOn.leaveBehind();
        say([]);
      }
    }
  };
  window.fetch = async (input, options) => {
    if (!isUpload(input)) return ask(input, options);
    owe("uploads", -1);
    flying += 1;
    try {
      while (window.TryOn.isBringingBack()) await new Promise((done) => setTimeout(done, SETTLES)); // the form that comes back would put it out again
      const answer = await sent(input, options);
      owe("events", answer.ok ? 1 : 0);
      if (!answer.ok) await failed(answer);
      return answer;
    } catch (error) {
      owe("events", 0);
      await failed();
      throw error;
    } finally { flying -= 1; }
  };

  window.TryOn.waitsFor(isBusy, words.waits);

  // Of two files for one place the newer one waits until the older one is through: each gets its answer, and what
  // is said of the older one takes nothing of the newer one away.
  const takesTurns = (input, rest) => {
    const place = input.closest("#photos, #manyadd, .card-img") ?? input, waiting = turns.get(place);
    if (waiting) {
      turns.set(place, input.multiple ? [...waiting, ...input.files, ...rest] : [...input.files]);
      input.value = "";
      if (flying) window.TryOn.isAway().then((away) => away && window.TryOn.takeAlong());
      return false;
    }
    turns.set(place, rest);
    going.set(place, { files: [...input.files], together: input.multiple });
    window.TryOn.reads(0);
    owe("uploads", 1);
    const look = setInterval(() => {
      if (isUploading() || JOBS.some((id) => window.TryOn.isFilling(id))) return;
      clearInterval(look);
      const next = turns.get(place);
      turns.delete(place);
      going.delete(place);
      window.TryOn.arrived();
      put(fileInput(place), next);
    }, 50);
    return true;
  };

  // What is on its way, by the name of its place, and the way back in. Of two for a place for one the newer counts.
  window.TryOn.underway = () => [...going].filter(([place]) => place.id).map(([place, { files, together }]) => {
    const next = turns.get(place);
    return [place.id, together ? [...files, ...next] : next.length ? next : files];
  });
  // How many files a place is taking in.
  window.TryOn.taking = (id) => {
    const at = document.getElementById(id);
    return (going.get(at)?.files.length ?? 0) + (turns.get(at)?.length ?? 0);
  };
  window.TryOn.put = (id, files) => put(fileInput(document.getElementById(id)), files);

  // A sample that is chosen already can be chosen again, whatever became of the well meanwhile.
  let again, changed = false, chosenAt = -Infinity;
  addEventListener("change", (event) => { if (closest(event, "#samples")) [changed, chosenAt] = [true, performance.now()]; }, true);
  addEventListener("click", (event) => {
    if (!closest(event, "#samples input[type=radio]")) return;
    changed = false;
    setTimeout(() => { if (!changed) again?.("select", { act: "open" }); });
  });
  // One that was chosen while the server was away has not filled the well.
  addEventListener("tryon:back", ({ detail: since }) => {
    if (chosenAt > since && document.querySelector("#samples input:checked")) again?.("select", { act: "open" });
  });
  window.TryOn.said = (_element, trigger) => { again = trigger; };
})();
