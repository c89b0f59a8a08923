// A page or a job that is opened fills the form with what it was. What is chosen before that has come is not put back.
(() => {
  "use strict";
  const LOOK = 60, FORM = "#tryon .fields"; // milliseconds
  const made = new Map(); // the last choice of each place
  let looking;

  // How a choice is made once more, unless it stands there anyway.
  const AGAIN = {
    radio: ({ place, value }) => [...place.querySelectorAll("input")].find((one) => one.value === value && !one.checked)?.click(),
    checkbox: ({ place, checked }) => { if (place.checked !== checked) place.click(); },
  };
  const typeAgain = ({ place, value }) => {
    if (place.value === value) return;
    place.value = value;
    for (const kind of ["input", "change", "blur"]) place.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  const chooseAgain = () => {
    if (window.TryOn.isBringingBack()) return;
    looking = clearInterval(looking);
    for (const choice of made.values()) (AGAIN[choice.kind] ?? typeAgain)(choice);
    made.clear();
  };
  const note = ({ target, isTrusted }) => {
    if (!isTrusted || !target.closest?.(FORM) || target.type === "file" || !window.TryOn.isBringingBack()) return;
    const place = target.closest("fieldset") ?? target;
    made.set(place, { kind: target.type, place, value: target.value, checked: target.checked });
    looking ??= setInterval(chooseAgain, LOOK);
  };
  for (const kind of ["change", "input"]) addEventListener(kind, note, true);
})();
