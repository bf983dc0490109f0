// The checks of a report: what was checked, how it came out, and why, in plain words with the technical code
// at hand.

import { el, mark } from "./dom.js";
import { has, t } from "./strings.js";

// reason says in words what a code means. One that the table does not know yet is said in the report's own
// words, which are English.
export function reason(code, problems = []) {
  if (has(`code.${code}`)) return t(`code.${code}`);
  const known = problems.find((p) => p.code === code) ?? problems[0];
  return known ? el("span", { lang: "en" }, known.title) : code;
}

// reasonOf says why a check did not pass, and of which kind of thing inside it speaks where that is not the whole.
export function reasonOf(c) {
  const why = reason(c.reason, c.problems);
  if (!has(`inside.${c.check}`)) return why;
  return t(`inside.${c.check}`, { why: typeof why === "string" ? why : why.textContent });
}

// decisive returns the result that led to a verdict other than valid.
export function decisive(report) {
  const outcome = report.verdict === "invalid" ? "failed" : "undecided";
  return report.checks.find((c) => c.outcome === outcome && c.reason) ?? null;
}

// checks lists the results of a report.
export function checks(report) {
  return el("ol", { class: "checks" }, report.checks.map((c) => el("li", { class: "check", "data-check": c.check, "data-outcome": c.outcome },
    mark(c.outcome),
    el("div", {},
      el("p", { class: "check-name" }, name(c.check, report.format), " ", el("span", { class: "outcome" }, outcome(c))),
      el("div", { class: "why" }, el("p", {}, why(c, report.format)), notes(c), technical(c))))));
}

// name is what a check is called. What a badge that nobody signed shows instead of a signature is not called one.
function name(check, format) {
  if (check === "proof" && format === hosted) return t("check.proof.hosted.name");
  return has(`check.${check}`) ? t(`check.${check}`) : check;
}

// outcome says in a word or two how a check came out; of one that was left out, why.
const outcome = (c) => t(c.outcome === "skipped" && has(`outcome.${c.reason}`) ? `outcome.${c.reason}` : `outcome.${c.outcome}`);

// hosted is the format of badges that nobody signed, and that count because their issuer has them on its site.
export const hosted = "ob2-hosted";

// why says how a check came out, in a sentence.
function why(c, format) {
  if (format === hosted && c.outcome === "passed" && has(`check.${c.check}.hosted`)) return t(`check.${c.check}.hosted`);
  if (format === hosted && c.check === "issuer" && c.reason === "not_asked") return t("check.issuer.hosted.any");
  if (c.outcome === "passed") return has(`check.${c.check}.passed`) ? t(`check.${c.check}.passed`) : "";
  if (c.outcome !== "skipped") return reasonOf(c);
  const own = `check.${c.check}.${c.reason}`;
  if (has(own)) return t(own);
  return has(`skipped.${c.reason}`) ? t(`skipped.${c.reason}`) : c.reason;
}

// notes are the further problems, the warnings and the likely causes.
function notes(c) {
  const all = [c, ...(c.parts ?? [])];
  const further = [...new Set((c.problems ?? []).map((p) => p.code))].filter((code) => code !== c.reason);
  const warnings = [...new Set(all.flatMap((p) => p.warnings ?? []).map((p) => p.code))];
  const hints = [...new Set(all.flatMap((p) => p.hints ?? []))];
  return [
    further.map((code) => el("p", { class: "note" }, reason(code, c.problems))),
    warnings.map((code) => el("p", { class: "note" }, el("strong", {}, t("checks.warning")), " ", reason(code, all.flatMap((p) => p.warnings ?? [])))),
    hints.map((hint) => el("p", { class: "note" }, c.outcome === "failed" && el("strong", {}, t("checks.hint")), " ", el("span", { lang: "en" }, hint))),
  ];
}

// technical has the codes, the places and the library's own sentences, for whoever mends a badge.
function technical(c) {
  const parts = [c, ...(c.parts ?? [])];
  const entries = parts.flatMap((part, i) => {
    const own = [...(part.problems ?? []), ...(part.warnings ?? [])];
    // What a part found is repeated by the whole: it is shown once.
    if (i === 0 && c.parts?.length) return own.filter((p) => !c.parts.some((o) => [...(o.problems ?? []), ...(o.warnings ?? [])].some((q) => q.code === p.code && q.pointer === p.pointer))).map(problem);
    return own.map(problem);
  });
  const methods = [...new Set(parts.map((p) => [p.suite, p.profile].filter(Boolean).join(", ")).filter(Boolean))];
  if (!entries.length && !methods.length) return null;
  return el("details", {}, el("summary", {}, t("checks.technical")),
    methods.map((m) => facts([["checks.suite", m]])), entries);
}

const problem = (p) => facts([
  ["checks.code", el("code", {}, p.code)], ["checks.pointer", p.pointer && el("code", {}, p.pointer)],
  ["checks.offset", p.offset === undefined ? "" : String(p.offset)], ["checks.detail", el("span", { lang: "en" }, p.detail)],
]);

// facts is a list of names and values, without those that have none.
function facts(pairs) {
  return el("dl", { class: "facts" }, pairs.filter(([, value]) => value).map(([key, value]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, value))));
}
