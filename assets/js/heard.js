// The framework takes its stream of events for open until it has read that it ends. What is called in between is
// done, but heard by nobody until some call opens a stream again: then one is made, that does nothing else.
(() => {
  "use strict";
  const SOON = 300; // milliseconds, in which the framework opens the next stream by itself
  const call = window.fetch.bind(window);
  const kind = (input) => /\/queue\/(data|join)\b/.exec(String(input?.url ?? input))?.[1];
  const asked = new Set(), ended = new Set(); // calls by their ids
  const open = new Set(); // streams by what ends them

  const listen = () => {
    const text = new TextDecoder();
    let line = "";
    return new TransformStream({
      transform(piece, on) {
        const lines = (line + text.decode(piece, { stream: true })).split("\n");
        line = lines.pop();
        for (const one of lines) if (one.includes('"process_completed"')) ended.add(/"event_id":\s*"(\w+)"/.exec(one)?.[1]);
        on.enqueue(piece);
      },
    });
  };
  // Each call is looked after once: what was called off never ends.
  const look = () => {
    if (open.size) return;
    const unheard = [...asked].some((id) => !ended.has(id));
    asked.clear();
    ended.clear();
    if (unheard) document.querySelector("#relisten")?.click();
  };
  const stream = async (input, options) => {
    const signal = input.signal ?? options?.signal;
    open.add(signal);
    signal?.addEventListener("abort", () => { open.delete(signal); setTimeout(look, SOON); }, { once: true });
    const answer = await call(input, options).catch((error) => { open.delete(signal); throw error; });
    return answer.body ? new Response(answer.body.pipeThrough(listen()), answer) : answer;
  };
  const join = async (input, options) => {
    const answer = await call(input, options);
    if (answer.ok) answer.clone().json().then(({ event_id: id }) => asked.add(id), () => {});
    return answer;
  };
  const ways = { data: stream, join };
  window.fetch = (input, options) => (ways[kind(input)] ?? call)(input, options);
})();
