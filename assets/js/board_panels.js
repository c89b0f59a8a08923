// What stands above the matrix and is about all of it: links, a question before money is spent, the way back.
(() => {
  "use strict";
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  // Whoever has a link's address has its pictures: it is made here, from what stands in the panel.
  const linkOf = (token) => new URL(`s/${token}`, document.baseURI.split("?")[0]).href;
  window.TryOn.boardShare = (element, trigger) => {
    const about = () => {
      const { collection = "", chosen = "" } = element.querySelector(".bshare")?.dataset ?? {};
      return { collection, chosen };
    };
    const shut = () => {
      document.querySelector("#boardwhole .btools [data-board=share]")?.focus({ preventScroll: true });
      trigger("clear", {});
    };
    element.addEventListener("click", (event) => {
      const button = closest(event, "[data-share]"), act = button?.dataset.share;
      if (act === "close") shut();
      if (act === "revoke") isSent = false;
      if (act === "revoke") trigger("delete", { ...about(), text: button.dataset.id });
      if (act !== "copy") return;
      button.dataset.copy = linkOf(button.dataset.token);
      window.TryOn.copy(button);
    });
    // What was typed for one link is not for the next: the framework keeps a field that is drawn as it was.
    const newest = () => element.querySelector("[data-token]")?.dataset.token ?? "";
    let isSent = false, before = "";
    const emptied = () => {
      if (!isSent || newest() === before) return;
      isSent = false;
      for (const field of element.querySelectorAll("[data-once]")) field.value = "";
    };
    // From the button that opened it as well, and from nowhere: it is no dialog that has the focus.
    document.addEventListener("keydown", (event) => {
      const isOurs = event.target === document.body || closest(event, "#boardwhole") || element.contains(event.target);
      if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || !isOurs) return;
      if (!element.querySelector(".bshare") || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      shut();
    });
    // One press, one link: not the second click of a double click, nor a key that is held down, nor a press while
    // the one before it is on its way.
    element.addEventListener("click", (event) => { if (event.detail > 1 && closest(event, "form button")?.type === "submit") event.preventDefault(); });
    element.addEventListener("keydown", (event) => { if (event.repeat && event.key === "Enter" && closest(event, "form")) event.preventDefault(); });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      if (window.TryOn.isAsking("boardshare submit")) return;
      [isSent, before] = [true, newest()];
      const told = new FormData(event.target);
      trigger("submit", { ...about(), days: told.get("days"), for: told.get("for"), by: told.get("by"), password: told.get("password"), votes: told.has("votes") });
    });
    const drawn = () => {
      for (const link of element.querySelectorAll("a[data-token]")) if (!link.href) link.href = linkOf(link.dataset.token);
      emptied();
    };
    new MutationObserver(drawn).observe(element, { childList: true, subtree: true });
  };
  // Whoever had the focus before the question has it again after it, unless something else has taken it.
  window.TryOn.boardAsk = (element, trigger) => {
    window.TryOn.asks(element);
    let before = null;
    const rows = (question) => [...question.querySelectorAll("[data-told]")];
    const saidOf = (row) => row.querySelector(":checked")?.value;
    // Nothing is begun before it is said of each garment what it is, and of each model who that is.
    const isOpen = (question) => {
      const open = rows(question).filter((row) => !saidOf(row));
      for (const row of rows(question)) row.classList.toggle("missing", open.includes(row));
      open[0]?.querySelector("input").focus();
      if (open.length) window.TryOn.say([[window.TryOn.words.answerFirst, ...open.map((row) => row.querySelector("legend").textContent)].join(" ")]);
      return open.length > 0;
    };
    const answered = (question, answer) => {
      if (question.dataset.given) return; // the second click of a double click
      if (answer === "yes" && isOpen(question)) return;
      question.dataset.given = answer;
      for (const button of question.querySelectorAll("[data-answer=yes]")) button.ariaBusy = answer === "yes" ? "true" : null;
      const { act, collection, cell, agreed } = question.dataset;
      const told = { kinds: {}, genders: {} };
      for (const row of rows(question)) told[row.dataset.told][row.dataset.of] = saidOf(row);
      trigger({ yes: "submit", no: "clear" }[answer] ?? "delete", { act, collection, cell, text: answer, agreed: Number(agreed), ...told });
    };
    element.addEventListener("click", (event) => {
      const answer = closest(event, "[data-answer]")?.dataset.answer;
      if (answer) answered(closest(event, ".boardask"), answer);
    });
    element.addEventListener("keydown", (event) => {
      const question = event.key === "Escape" && closest(event, ".boardask");
      if (question) answered(question, "no");
    });
    addEventListener("tryon:notdone", () => { for (const question of element.querySelectorAll(".boardask")) delete question.dataset.given; });
    new MutationObserver(() => {
      const first = element.querySelector(".worn input, [data-answer]"), { activeElement } = document;
      if (first && !element.contains(activeElement)) [before] = [activeElement.closest("li.jobrow") ?? activeElement, first.focus()];
      if (first || !before) return;
      if (activeElement === document.body && before.isConnected) before.focus({ preventScroll: true });
      before = null;
    }).observe(element, { childList: true, subtree: true });
  };
  // The line that has a collection back is one of `ui.js`'s, as that of jobs; it goes when its time is up.
  window.TryOn.boardUndo = (element, trigger) => {
    let leaves;
    window.TryOn.bind(element, trigger);
    const drawn = () => {
      clearTimeout(leaves);
      const bar = element.querySelector(".undo");
      if (bar) leaves = setTimeout(() => bar.querySelector("[data-act=dismiss]")?.click(), bar.dataset.left * 1000);
    };
    new MutationObserver(drawn).observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-last"] });
    drawn();
  };
})();
