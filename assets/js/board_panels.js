// What stands above the matrix and is about all of it: links, a question before money is spent, the way back.
(() => {
  "use strict";
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  // Whoever has a link's address has its pictures: it is made here, from what stands in the panel.
  const linkOf = (token) => new URL(`s/${token}`, document.baseURI.split("?")[0]).href;
  window.TryOn.boardShare = (element, trigger) => {
    const about = () => ({ collection: element.querySelector(".bshare")?.dataset.collection ?? "" });
    element.addEventListener("click", (event) => {
      const button = closest(event, "[data-share]"), act = button?.dataset.share;
      if (act === "close") trigger("clear", {});
      if (act === "revoke") trigger("delete", { ...about(), text: button.dataset.id });
      if (act !== "copy") return;
      button.dataset.copy = linkOf(button.dataset.token);
      window.TryOn.copy(button);
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const told = new FormData(event.target);
      trigger("submit", { ...about(), days: told.get("days"), by: told.get("by"), password: told.get("password"), votes: told.has("votes") });
    });
    const drawn = () => { for (const link of element.querySelectorAll("a[data-token]")) if (!link.href) link.href = linkOf(link.dataset.token); };
    new MutationObserver(drawn).observe(element, { childList: true, subtree: true });
  };
  window.TryOn.boardAsk = (element, trigger) => {
    element.addEventListener("click", (event) => {
      const answer = closest(event, "[data-answer]")?.dataset.answer, { act, collection, cell } = closest(event, ".boardask")?.dataset ?? {};
      if (answer) trigger({ yes: "submit", no: "clear" }[answer] ?? "delete", { act, collection, cell, text: answer });
    });
    new MutationObserver(() => element.querySelector("[data-answer]")?.focus()).observe(element, { childList: true, subtree: true });
  };
  window.TryOn.boardUndo = (element, trigger) => {
    let leaves;
    element.addEventListener("click", (event) => {
      const act = closest(event, "[data-back]")?.dataset.back;
      if (act) trigger(act, { collection: closest(event, ".undo").dataset.collection });
    });
    new MutationObserver(() => {
      clearTimeout(leaves);
      const bar = element.querySelector(".undo");
      if (bar) leaves = setTimeout(() => trigger("clear", {}), bar.dataset.left * 1000);
    }).observe(element, { childList: true, subtree: true });
  };
})();
