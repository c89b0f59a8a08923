// A full queue turned a call away before anything was begun: asks again by itself, then says so in plain words.
(() => {
  "use strict";
  const PAUSES = [700, 1500, 3000], LOOK_AGAIN = 8000, CALM = 60000; // milliseconds
  const { words, say } = window.TryOn;
  const ask = window.fetch.bind(window);
  const isCall = (input) => String(input?.url ?? input).includes("/queue/join");
  // The queue's own no, in the server's words; behind another 503 the call might have arrived.
  const no = async (answer) => {
    if (answer.status !== 503) return "";
    const said = await answer.clone().json().then((body) => String(body.detail), () => "");
    return /busy|starting/i.test(said) ? said : "";
  };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms * (0.75 + Math.random() / 2)));

  // It may have been a card's watcher that was turned away: cards are taken up again, but not time and again.
  let looking = false;
  const lookAgain = () => {
    if (looking) return;
    looking = true;
    setTimeout(() => document.querySelector("#rewatch")?.click(), LOOK_AGAIN);
    setTimeout(() => { looking = false; }, CALM);
  };
  // What a visitor has just done is said not to be done; what the page does by itself is done again anyway.
  const notDone = () => {
    if (navigator.userActivation?.isActive ?? true) {
      say(words.notDone, { gives: true });
      dispatchEvent(new Event("tryon:notdone"));
    }
    return words.notDone;
  };
  // A call that did not get through would make the framework open the page anew, without a word.
  const sent = async (input, options) => {
    try { return await ask(input, options); } catch (error) {
      if (!isCall(input)) throw error;
      return told(window.TryOn.holdPressed() ? words.offline : notDone());
    }
  };
  const told = (detail) => {
    lookAgain();
    const headers = { "content-type": "application/json" };
    return new Response(JSON.stringify({ detail }), { status: 429, headers });
  };
  window.TryOn.notDone = notDone;
  window.fetch = async (input, options) => {
    let answer = await sent(input, options);
    if (!isCall(input)) return answer;
    for (const ms of PAUSES) {
      if (!(await no(answer))) return answer;
      await pause(ms);
      answer = await sent(input, options);
    }
    const busy = await no(answer);
    return busy ? told(busy) : answer; // the framework has words of its own for 503, for others it takes these
  };
})();
