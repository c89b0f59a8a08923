// The framework takes its stream of events for open until it has read that it ends. What is called in between is
// done, but heard by nobody until some call opens a stream again: then one is made, that does nothing else.
(() => {
  "use strict";
  const SOON = 300; // milliseconds, in which the framework opens the next stream by itself
  const call = window.fetch.bind(window);
  const kind = (input) => /\/queue\/(data|join)\b/.exec(String(input?.url ?? input))?.[1];
  const asked = new Set(), ended = new Set(); // calls by their ids
  const listeners = []; // told of each call that has ended
  let open = 0; // streams

  const over = (id) => {
    ended.add(id);
    for (const tell of listeners) tell(id);
  };
  // Read along, in the way of the framework: what signals a stream's end may be another stream's by then, an upload's.
  const listen = (end) => {
    const text = new TextDecoder();
    let line = "";
    return new TransformStream({
      transform(piece, on) {
        const lines = (line + text.decode(piece, { stream: true })).split("\n");
        line = lines.pop();
        for (const one of lines) {
          if (one.includes('"process_completed"')) over(/"event_id":\s*"(\w+)"/.exec(one)?.[1]);
          else if (one.includes('"close_stream"')) end();
        }
        on.enqueue(piece);
      },
      flush: end,
    });
  };
  // A page that leaves calls its streams off. That is an end like any other, and no fault to report.
  const untilCalledOff = (body, signal) => {
    const reader = body.getReader();
    return new ReadableStream({
      async pull(on) {
        const { done, value } = await reader.read().catch((error) => { if (signal?.aborted) return { done: true }; throw error; });
        if (done) on.close();
        else on.enqueue(value);
      },
      cancel: (why) => reader.cancel(why),
    });
  };
  // Each call is looked after once: what was called off never ends.
  const look = () => {
    if (open) return;
    const unheard = [...asked].some((id) => !ended.has(id));
    asked.clear();
    ended.clear();
    if (unheard) document.querySelector("#relisten")?.click();
  };
  const stream = async (input, options) => {
    let isOpen = true;
    const end = () => {
      if (!isOpen) return;
      isOpen = false;
      open -= 1;
      setTimeout(look, SOON);
    };
    open += 1;
    const signal = options?.signal ?? input.signal;
    signal?.addEventListener("abort", end, { once: true });
    const answer = await call(input, options).catch((error) => { end(); throw error; });
    return answer.body ? new Response(untilCalledOff(answer.body.pipeThrough(listen(end)), signal), answer) : answer;
  };
  const join = async (input, options) => {
    const answer = await call(input, options);
    if (answer.ok) answer.clone().json().then(({ event_id: id }) => asked.add(id), () => {});
    return answer;
  };
  const ways = { data: stream, join };
  window.TryOn.whenCallsEnd = (tell) => listeners.push(tell);
  window.fetch = (input, options) => (ways[kind(input)] ?? call)(input, options);
})();
