// Checks in the browser: the program is loaded once, and each check runs in a worker of its own, which can be
// ended at any time. The badge goes to that worker and nowhere else.

import { Trouble } from "./trouble.js";

let compiled = null; // the WebAssembly.Module

// supported reports whether this browser can do it.
export const supported = () => typeof WebAssembly === "object" && typeof Worker === "function";

// program loads and compiles the program. progress is told how many bytes of how many are there; nothing, while
// the server still prepares it.
async function program(progress, signal) {
  if (compiled) return compiled;
  progress(null);
  let answer;
  try {
    answer = await fetch("/badgeproof.wasm", { signal });
  } catch (e) {
    if (signal.aborted) throw e;
    throw new Trouble("error.network");
  }
  if (!answer.ok) throw new Trouble("error.program", { reason: (await answer.text()).trim() || answer.statusText });
  const all = Number(answer.headers.get("X-Length"));
  let done = 0;
  const counted = answer.body.pipeThrough(new TransformStream({
    transform(chunk, to) {
      done += chunk.length;
      progress(done, all);
      to.enqueue(chunk);
    },
  }));
  try {
    compiled = await WebAssembly.compileStreaming(new Response(counted, { headers: { "Content-Type": "application/wasm" } }));
  } catch (e) {
    if (signal.aborted) throw e;
    throw new Trouble("error.program", { reason: e.message });
  }
  return compiled;
}

// check judges the bytes of a badge. options are those of package wasm. Documents are fetched through the server
// only if relay is true; on is told of the progress: {load}, {check}, {fetch}.
export async function check(bytes, options, { relay, signal, on }) {
  const module = await program((done, all) => on({ load: { done, all } }), signal);
  on({ check: true });
  const worker = new Worker("/assets/worker.js");
  try {
    return JSON.parse(await talk(worker, { module, bytes, options }, { relay, signal, on }));
  } finally {
    worker.terminate();
  }
}

function talk(worker, order, { relay, signal, on }) {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    worker.addEventListener("error", (e) => { e.preventDefault(); reject(new Trouble("error.crash")); });
    worker.addEventListener("message", async ({ data }) => {
      if (data.lookup) worker.postMessage({ lookup: data.lookup, answer: relay ? await relayed(data.url, data.accept, signal, on) : { offline: true } });
      else if (data.crash) reject(new Trouble("error.crash"));
      else resolve(data.answer);
    });
    worker.postMessage(order);
  });
}

// relayed fetches one document through the server. What the server says of a failure is handed on as it is.
async function relayed(url, accept, signal, on) {
  try {
    on({ fetch: new URL(url).host });
    const answer = await fetch(`/document?url=${encodeURIComponent(url)}`, { headers: { Accept: accept || "*/*" }, signal });
    return {
      status: answer.status, upstream: Number(answer.headers.get("X-Document-Status")) || 0, mediaType: answer.headers.get("Content-Type") ?? "", from: answer.headers.get("Content-Location") ?? "",
      body: new Uint8Array(await answer.arrayBuffer()),
    };
  } catch (e) {
    return { error: String(e.message ?? e) };
  }
}
