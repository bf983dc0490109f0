// The program in its own thread. The policy that this script is served with lets it load its two scripts and
// nothing else: what is checked here cannot leave. A document that the program asks for is asked of the page.

"use strict";
importScripts("/wasm_exec.js");

const waiting = new Map(); // lookups by number
let count = 0;

// lookup is called by the program; the page answers, or says that nothing may be fetched.
function lookup(url, accept) {
  return new Promise((resolve) => {
    waiting.set(++count, resolve);
    postMessage({ lookup: count, url, accept });
  });
}

addEventListener("message", async ({ data }) => {
  if (data.lookup) {
    waiting.get(data.lookup)?.(data.answer);
    waiting.delete(data.lookup);
    return;
  }
  try {
    const go = new Go();
    const instance = await WebAssembly.instantiate(data.module, go.importObject);
    const ended = go.run(instance).then(() => { throw new Error("ended"); });
    const answer = await Promise.race([ended, self.badgeproof(data.bytes, JSON.stringify(data.options), lookup)]);
    postMessage({ answer });
  } catch (e) {
    postMessage({ crash: String(e) });
  }
});
