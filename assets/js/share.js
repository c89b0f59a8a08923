// Answers stay on the page: forms are sent beside it, and what has changed is taken from the page that comes
// back. Without this script the same forms load the page anew.
(() => {
  if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.classList.add("dark");

  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const waiting = new Map(); // answers that were given before there was a name, by where they stand

  const named = () => !!document.querySelector(".askname input")?.defaultValue;

  function ask(form, button) {
    const place = `#${form.closest("figure").id} ${form.matches(".vote") ? ".vote" : ".word form"}`;
    waiting.set(place, button && `.${button.className}`);
    const bar = document.querySelector(".judge");
    bar.classList.add("asks");
    bar.querySelector(".ask").hidden = false;
    bar.querySelector(".ask input").focus();
  }

  function take(page, number, pressed) {
    for (const what of [".askname", ".judge", ...(number ? [`#p${number} figcaption`] : [])]) {
      const [here, there] = [document.querySelector(what), page.querySelector(what)];
      if (!here || !there) continue;
      if (pressed) keep(here, there);
      here.replaceWith(document.adoptNode(there));
    }
  }

  // A word that is being typed stays where yes or no is drawn.
  function keep(here, there) {
    const [typed, drawn] = [here, there].map((part) => part.querySelector("textarea"));
    if (!typed || typed.value === typed.defaultValue) return;
    drawn.value = typed.value;
    there.querySelector(".word").open = here.querySelector(".word").open;
  }

  async function send(form, button) {
    const fields = new URLSearchParams(new FormData(form, button));
    const number = fields.get("picture"), pressed = button?.className;
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector(".judge")) throw new Error();
      take(page, answer.ok ? number : "", pressed);
      if (number && pressed) document.querySelector(`#p${number} .${pressed}`)?.focus();
      return answer.ok;
    } catch {
      leaves = true;
      form.requestSubmit(button); // the browser says what is wrong
      return false;
    }
  }

  // One after the other: an answer may follow a name that is still on its way.
  let turn = Promise.resolve(), leaves = false;
  addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (leaves || !form.closest(".askname, .judge, figure")) return;
    event.preventDefault();
    turn = turn.then(() => answered(form, button));
  });
  async function answered(form, button) {
    if (form.closest("figure") && !named()) return ask(form, button?.name ? button : null);
    const asked = form.matches(".ask") || form.closest(".askname"); // for a name, in either place
    if (!(await send(form, button?.name ? button : null)) || !asked) return;
    const answers = [...waiting];
    waiting.clear();
    for (const [place, pressed] of answers) {
      const there = document.querySelector(place); // drawn anew by the one before it, maybe
      await send(there, pressed && there.querySelector(pressed));
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
