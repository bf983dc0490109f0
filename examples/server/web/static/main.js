// The page: what it is given, where it is checked, and what is shown when.

import { files, text } from "./input.js";
import * as local from "./local.js";
import * as remote from "./remote.js";
import { because, show } from "./result.js";
import { choose, date, documents, language, load, remember, t } from "./strings.js";
import { Trouble } from "./trouble.js";

const $ = (id) => document.getElementById(id);
const relay = document.body.dataset.relay === "true";
const policies = JSON.parse(document.body.dataset.policies ?? "null") ?? [];

const state = {
  view: "ask", // or "busy", "result"
  input: null, // what is checked
  bundle: null, // the evidence bundle that answers lookups
  answer: null, // of the last check
  about: null, // how it was made
  busy: { key: "busy.check" }, // what is being done
  running: null, // an AbortController
};

// view shows one of the three sections.
function view(name) {
  state.view = name;
  for (const id of ["ask", "busy", "result"]) $(id).hidden = id !== name;
}

// say tells who listens to the page.
const say = (words) => { $("status").textContent = words; };

// explain shows what the switches mean as they stand.
function explain() {
  const on = $("local").checked;
  $("local-hint").textContent = t(on ? "local.on" : "local.off");
  $("lookups-row").hidden = !on;
  $("policy-row").hidden = on || policies.length < 2;
  $("lookups").disabled = !relay || Boolean(state.bundle);
  if (!relay || state.bundle) $("lookups").checked = false;
  const hint = state.bundle ? "lookups.bundle" : !relay ? "lookups.none" : $("lookups").checked ? "lookups.on" : "lookups.off";
  $("lookups-hint").textContent = t(hint);
  $("bundle").hidden = !state.bundle;
  if (state.bundle) {
    $("bundle-text").textContent = t("bundle.held", { count: documents(state.bundle.count), date: date(state.bundle.recordedAt) }) +
      " " + t("bundle.local");
  }
}

// hold takes an evidence bundle, or puts it away.
function hold(bundle) {
  state.bundle = bundle;
  if (bundle) $("local").checked = true;
  explain();
  if (bundle) say($("bundle-text").textContent);
}

// trouble shows what went wrong around a check.
function trouble(e) {
  const known = e instanceof Trouble ? e : new Trouble("error.server", { reason: e.message });
  view("ask");
  $("trouble").hidden = false;
  $("trouble-text").textContent = t(known.key, known.values);
  $("text").focus();
}

// demands are what the form asks of the badge beside being genuine.
const demands = () => ({
  recipient: $("recipient").value.trim(), issuer: $("issuer").value.trim(),
  policy: policies.length > 1 ? $("policy").value : "",
});

// check judges an input, where the switch says, and shows the result.
async function check(input) {
  state.running?.abort();
  const running = new AbortController();
  state.running = running;
  state.input = input;
  $("trouble").hidden = true;
  const own = $("local").checked;
  try {
    if (own && input.url) throw new Trouble("error.link");
    if (own && !local.supported()) throw new Trouble("error.unsupported");
    progress(own ? { check: true } : { server: true });
    view("busy");
    $("busy-title").focus();
    const asked = demands();
    const fetching = $("lookups").checked;
    const answer = own
      ? await local.check(input.bytes, { ...asked, evidence: state.bundle?.text ?? "", languages: [language(), ...navigator.languages] }, { relay: fetching, signal: running.signal, on: progress })
      : await remote.check(input, asked, running.signal);
    if (running.signal.aborted) return;
    if (answer.refused) throw new Trouble(answer.refused.bundle ? "bundle.refused" : "error.server", { reason: answer.refused.reason });
    state.answer = answer;
    state.about = {
      name: input.name, file: input.file, local: own, relay, bundle: own && Boolean(state.bundle),
      offline: own && !fetching && !state.bundle, policy: answer.policy && answer.policy.name !== "default" ? answer.policy : null,
      open: own && policies.length > 0 && policies[0] !== "default",
    };
    present();
  } catch (e) {
    if (running.signal.aborted) return;
    trouble(e);
  }
}

// progress shows how far a check is.
function progress(p) {
  const bar = $("progress");
  if (p.load && p.load.done !== null) {
    bar.max = p.load.all || 1;
    bar.value = p.load.done;
    state.busy = { key: "busy.load", values: { percent: Math.min(100, Math.floor((100 * p.load.done) / bar.max)) } };
  } else {
    bar.removeAttribute("value");
    state.busy = p.load ? { key: "busy.prepare" } : p.server ? { key: "busy.server" } : p.fetch ? { key: "busy.fetch", values: { host: p.fetch } } : { key: "busy.check" };
    say(t(state.busy.key, state.busy.values));
  }
  $("busy-text").textContent = t(state.busy.key, state.busy.values);
}

// present shows the result, and moves the focus to the verdict unless it is only said anew.
function present(again = false) {
  const about = { ...state.about, name: state.about.name ?? t("input.pasted") };
  $("result").replaceChildren(...show(state.answer, about, { again: restart, retry }).filter(Boolean));
  if (again) return;
  view("result");
  const { report } = state.answer;
  say(t("announce", { verdict: t(`verdict.${report.verdict}`), because: because(report) }));
  scrollTo(0, 0);
  $("verdict").focus({ preventScroll: true });
}

function restart() {
  state.running?.abort();
  $("text").value = "";
  $("trouble").hidden = true;
  view("ask");
  $("file").focus();
}

function retry() {
  $("lookups").checked = true;
  explain();
  check(state.input);
}

// take reads what was chosen or dropped. A bundle alone waits for its badge, unless there is one already.
async function take(list) {
  try {
    const { badge, bundle } = await files(list);
    if (bundle) hold(bundle);
    if (badge) await check(badge);
    else if (bundle && state.view === "result" && state.input?.bytes) await check(state.input);
  } catch (e) {
    trouble(e);
  }
}

function listen() {
  $("file").addEventListener("change", () => {
    const chosen = [...$("file").files];
    $("file").value = ""; // so that the same file can be chosen again
    if (chosen.length) take(chosen);
  });
  $("form").addEventListener("submit", (e) => {
    e.preventDefault();
    try { check(text($("text").value)); } catch (error) { trouble(error); }
  });
  $("text").addEventListener("keydown", (e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) $("form").requestSubmit(); });
  for (const id of ["local", "lookups"]) $(id).addEventListener("change", explain);
  $("bundle-remove").addEventListener("click", () => { hold(null); $("local").focus(); });
  $("cancel").addEventListener("click", () => { state.running?.abort(); view("ask"); say(t("busy.cancelled")); $("file").focus(); });
  for (const link of document.querySelectorAll("[data-language]")) {
    link.addEventListener("click", (e) => { e.preventDefault(); speak(link.dataset.language); });
  }
  listenForDrops();
}

// listenForDrops takes files dropped anywhere on the page, so that none is opened in its place by mistake.
function listenForDrops() {
  let depth = 0;
  const carriesFiles = (e) => e.dataTransfer?.types.includes("Files");
  const veil = (on) => { $("veil").hidden = !on; };
  addEventListener("dragenter", (e) => { if (carriesFiles(e)) { depth++; veil(true); } });
  addEventListener("dragleave", (e) => { if (carriesFiles(e) && --depth <= 0) { depth = 0; veil(false); } });
  addEventListener("dragover", (e) => { if (carriesFiles(e)) { e.preventDefault(); e.dataTransfer.dropEffect = "copy"; } });
  addEventListener("drop", (e) => {
    depth = 0;
    veil(false);
    if (!carriesFiles(e)) return;
    e.preventDefault();
    take([...e.dataTransfer.files]);
  });
}

// speak changes the language of everything that is shown, and keeps the choice.
async function speak(tag) {
  await load(tag);
  remember(tag);
  explain();
  $("busy-text").textContent = t(state.busy.key, state.busy.values);
  if (state.answer) present(true);
}

// offerPolicies fills the list of the rules, where there is a choice.
function offerPolicies() {
  for (const name of policies) $("policy").append(new Option(name, name));
}

await load(choose());
offerPolicies();
explain();
listen();
document.documentElement.dataset.ready = "true";
