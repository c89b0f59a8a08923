// Answers stay on the page: forms are sent beside it, and what has changed is taken from the page that comes
// back. Without this script the same forms load the page anew.
(() => {
  if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.classList.add("dark");

  const all = (what, where = document) => [...where.querySelectorAll(what)];
  let waiting = null; // an answer that was given before there was a name

  const named = () => !!document.querySelector(".askname input")?.defaultValue;

  function ask(form, button) {
    waiting = { form, button };
    const bar = document.querySelector(".judge");
    bar.classList.add("asks");
    bar.querySelector(".ask").hidden = false;
    bar.querySelector(".ask input").focus();
  }

  function take(page, number) {
    for (const what of [".askname", ".judge", ...(number ? [`#p${number} figcaption`] : [])]) {
      const [here, there] = [document.querySelector(what), page.querySelector(what)];
      if (here && there) here.replaceWith(document.adoptNode(there));
    }
  }

  async function send(form, button) {
    const fields = new URLSearchParams(new FormData(form, button));
    const number = fields.get("picture"), pressed = button?.className;
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector(".judge")) throw new Error();
      take(page, answer.ok ? number : "");
      if (number && pressed) document.querySelector(`#p${number} .${pressed}`)?.focus();
      return answer.ok;
    } catch {
      form.submit(); // the browser says what is wrong
      return false;
    }
  }

  // One after the other: an answer may follow a name that is still on its way.
  let turn = Promise.resolve();
  addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (!form.closest(".askname, .judge, figure")) return;
    event.preventDefault();
    turn = turn.then(() => answered(form, button));
  });
  async function answered(form, button) {
    if (form.closest("figure") && !named()) return ask(form, button?.name ? button : null);
    const after = form.classList.contains("ask") ? waiting : null;
    if (await send(form, button?.name ? button : null) && after) {
      waiting = null;
      await send(after.form, after.button);
    }
  }

  const figures = () => all("figure[id]");
  const near = () => document.activeElement?.closest?.("figure[id]");
  const KEYS = {
    y: (figure) => figure?.querySelector(".yes")?.click(),
    n: (figure) => figure?.querySelector(".no")?.click(),
    w: (figure) => { const word = figure?.querySelector(".word"); if (word) { word.open = true; word.querySelector("textarea").focus(); } },
    j: (figure) => go(figures()[figures().indexOf(figure) + 1]),
    k: (figure) => go(figures()[Math.max(0, figures().indexOf(figure) - 1)]),
  };
  const go = (figure) => { figure?.querySelector(".ph").focus(); figure?.scrollIntoView({ block: "nearest" }); };

  addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = KEYS[event.key.toLowerCase()];
    if (does) { event.preventDefault(); does(near()); }
  });
})();
