// Checks by the server: the badge is sent there.

import { language } from "./strings.js";
import { Trouble } from "./trouble.js";

// check sends a badge, or the link to one, and returns the server's answer: {report, badge, evidence}.
export async function check(input, options, signal) {
  const form = new FormData();
  if (input.url) form.set("url", input.url);
  else form.set("file", new Blob([input.bytes]), input.file);
  if (options.recipient) form.set("recipient", (options.recipient.includes("@") ? "emailAddress=" : "id=") + options.recipient);
  if (options.issuer) form.set("issuer", options.issuer);
  if (options.policy) form.set("policy", options.policy);
  let answer;
  try {
    answer = await fetch("/verify?view=1", {
      method: "POST", body: form, signal, headers: { "Accept-Language": [language(), ...navigator.languages].join(",") },
    });
  } catch (e) {
    if (signal.aborted) throw e;
    throw new Trouble("error.network");
  }
  const body = await answer.json().catch(() => null);
  if (body?.report) return body;
  if (answer.status === 429 || answer.status === 503) throw new Trouble("error.busy");
  throw new Trouble("error.server", { reason: body?.detail ?? body?.title ?? `${answer.status} ${answer.statusText}` });
}
