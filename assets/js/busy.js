// A full queue turned a call away before anything was begun: asks again by itself, then says so in plain words.
(() => {
  "use strict";
  const PAUSES = [700, 1500, 3000], LOOK_AGAIN = 8000, CALM = 60000; // milliseconds
  const WORDS = "Busy just now: that did not get through, and nothing was sent. Try again in a moment.";
  const ask = window.fetch.bind(window);
  const isCall = (input) => String(input?.url ?? input).includes("/queue/join");
  // Only the queue's own no: behind another 503 the call might have arrived.
  const isFull = async (answer) => answer.status === 503 && /queue is full/i.test(await answer.clone().text());
  const pause = (ms) => new Promise((done) => setTimeout(done, ms * (0.75 + Math.random() / 2)));

  // It may have been a card's watcher that was turned away: cards are taken up again, but not time and again.
  let looking = false;
  const lookAgain = () => {
    if (looking) return;
    looking = true;
    setTimeout(() => document.querySelector("#rewatch")?.click(), LOOK_AGAIN);
    setTimeout(() => { looking = false; }, CALM);
  };
  const told = () => {
    lookAgain();
    const headers = { "content-type": "application/json" };
    return new Response(JSON.stringify({ detail: WORDS }), { status: 429, headers });
  };
  window.fetch = async (input, options) => {
    let answer = await ask(input, options);
    if (!isCall(input)) return answer;
    for (const ms of PAUSES) {
      if (!(await isFull(answer))) return answer;
      await pause(ms);
      answer = await ask(input, options);
    }
    return (await isFull(answer)) ? told() : answer;
  };
})();
