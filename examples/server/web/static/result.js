// The result of a check: the verdict, the badge, the checks, and what to keep.

import { card, keyAlone, name } from "./badge.js";
import { checks, decisive, hosted, reasonOf } from "./checks.js";
import { el, mark, save } from "./dom.js";
import { date, documents, t } from "./strings.js";

const marks = { valid: "passed", invalid: "failed", indeterminate: "undecided" };

// because says in a sentence what led to the verdict; texts only.
export function because(report) {
  const c = decisive(report);
  if (report.verdict === "valid" && report.credentials?.some((r) => r.within === "credentials")) return t("verdict.valid.presentation");
  if (report.verdict === "valid" && report.format === hosted) return t("verdict.valid.hosted");
  if (report.verdict === "valid" || !c) return t(`verdict.${report.verdict}.because`);
  const why = reasonOf(c);
  return typeof why === "string" ? why : why.textContent;
}

// show makes the content of the result section. The answer is that of the server or of the program in the
// browser; about says where it was checked and with what; actions are what the buttons do.
export function show(answer, about, actions) {
  const { report, badge } = answer;
  const unread = !badge || !badge.kind;
  return [
    el("div", { class: "bar" },
      el("button", { type: "button", class: "button", id: "again", onclick: actions.again }, t("again")),
      el("p", { class: "hint" }, el("span", { class: "input" }, about.name), " · ", t(about.local ? "made.local" : "made.server"))),
    verdict(report, about, unread),
    about.offline && report.verdict === "indeterminate" && el("div", { class: "notice" }, el("p", {}, t("offline.text")),
      about.relay && el("button", { type: "button", class: "button", id: "retry", onclick: actions.retry }, t("offline.retry"))),
    unread ? null : card(badge),
    inside(badge, report),
    el("section", { class: "card list", "aria-labelledby": "checks-title" }, el("h2", { id: "checks-title" }, t("checks.title")), checks(report)),
    keep(answer, about, unread),
  ];
}

function verdict(report, about, unread) {
  return el("div", { class: "verdict", "data-verdict": report.verdict },
    mark(marks[report.verdict]),
    el("div", {},
      el("h1", { id: "verdict", tabindex: "-1" }, t(`verdict.${report.verdict}`)),
      el("p", { class: "because" }, because(report)),
      !unread && el("p", { class: "verdict-note" }, t(`verdict.${report.verdict}.note`)),
      report.verdict === "valid" && keyAlone(report.credential?.issuer) && el("p", { class: "verdict-note strong" }, t("binding.key")),
      about.bundle && el("p", { class: "verdict-note strong" }, t("note.bundle", { date: date(report.at) })),
      about.policy && el("p", { class: "verdict-note" }, t("note.policy", { policy: about.policy.name }), " ",
        about.policy.note && el("span", { lang: "en" }, about.policy.note)),
      about.open && el("p", { class: "verdict-note" }, t("note.open"))));
}

// inside shows the credentials of a presentation or of a record, each with its own verdict and checks.
function inside(badge, report) {
  const held = badge?.credentials ?? [];
  if (!held.length) return null;
  const reports = (report.credentials ?? []).filter((r) => r.within === "credentials" || r.within === "clr.credentials");
  return el("section", { class: "inside", "aria-labelledby": "inside-title" }, el("h2", { id: "inside-title" }, t("badge.inside")),
    held.map((b, i) => el("div", { class: "held" },
      el("p", { class: "tag", "data-verdict": b.verdict }, mark(marks[b.verdict]), t(`verdict.${b.verdict}`)),
      card(b, 3),
      reports[i] && el("details", {}, el("summary", {}, t("checks.title"), ": ", name(b)), checks(reports[i])))));
}

// keep offers the evidence and the report.
function keep(answer, about, unread) {
  const evidence = !unread && answer.evidence;
  const json = JSON.stringify(answer.report, null, 2);
  const base = about.file.replace(/\.[^.]*$/, "") || "badge";
  const sources = answer.report.sources ?? [];
  return el("section", { class: "card list keep", "aria-labelledby": "keep-title" },
    el("h2", { id: "keep-title" }, t("keep.title")),
    el("p", { class: "hint" }, t("keep.at", { date: date(answer.report.at, true) }), "."),
    el("div", { class: "buttons" },
      evidence && el("button", { type: "button", class: "button", id: "keep-evidence", "aria-describedby": "evidence-hint",
        onclick: () => save(`${base}.evidence.json`, JSON.stringify(evidence, null, 2)) }, t("keep.evidence")),
      el("button", { type: "button", class: "button", id: "keep-report", onclick: () => save(`${base}.report.json`, json) }, t("keep.report"))),
    evidence && el("p", { class: "hint", id: "evidence-hint" }, t("keep.evidence.hint")),
    sources.length > 0 && el("details", {}, el("summary", {}, `${t("keep.sources")}: ${documents(sources.length)}`),
      el("ul", { class: "plain sources" }, sources.map((s) => el("li", {}, el("span", { class: "id" }, s.url), el("span", { class: "id digest" }, `sha-256 ${s.sha256}`))))),
    el("details", { id: "json" }, el("summary", {}, t("keep.show")), el("pre", { tabindex: "0", role: "region", "aria-label": t("keep.show") }, json)));
}
