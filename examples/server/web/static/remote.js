// Checks by the server: the badge is sent there.

import { Trouble } from "./trouble.js";

// check sends a badge, or the link to one, and returns the server's answer: {report, badge, evidence}.
export async function check(input, options, signal) {
  const form = new FormData();
  if (input.url) form.set("url", input.url);
  else form.set("file", new Blob([input.bytes]), input.file);
  for (const [name, value] of Object.entries(options)) {
    if (value) form.set(name, value);
  }
  let answer;
  try {
    answer = await fetch("/verify?view=1", { method: "POST", body: form, signal });
  } catch (e) {
    if (signal.aborted) throw e;
    throw new Trouble("error.network");
  }
  const body = await answer.json().catch(() => null);
  if (body?.report) return body;
  if (answer.status === 429 || answer.status === 503) throw new Trouble("error.busy");
  throw new Trouble("error.server", { reason: body?.detail ?? body?.title ?? `${answer.status} ${answer.statusText}` });
}
