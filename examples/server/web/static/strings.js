// The texts of the page: one table for each language, of which the one in use is loaded. Elements name their
// text in data-t, and that of an attribute in data-t-NAME; the server fills them in as well (page.go).

const languages = ["en", "de"];
let table = {};
let current = "en";

// language returns the tag of the language in use.
export const language = () => current;

// load fetches the table of a language and shows the whole page in it.
export async function load(tag) {
  const answer = await fetch(`/assets/${tag}.json`);
  if (!answer.ok) throw new Error(answer.statusText);
  table = await answer.json();
  current = tag;
  document.documentElement.lang = tag;
  document.title = t("title");
  translate(document);
  for (const link of document.querySelectorAll("[data-language]")) {
    if (link.dataset.language === tag) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// choose picks the language to begin with: one that was chosen here before, else that of the document, which
// the server chose by what the browser asked for, else what the browser prefers.
export function choose() {
  const asked = new URLSearchParams(location.search).get("lang");
  const wanted = [asked, remembered(), document.documentElement.lang, ...navigator.languages.map((l) => l.slice(0, 2))];
  return wanted.find((l) => languages.includes(l)) ?? "en";
}

// remember keeps a choice for the next visit, where the browser allows it.
export function remember(tag) {
  try { localStorage.setItem("language", tag); } catch { /* private windows may refuse */ }
}

function remembered() {
  try { return localStorage.getItem("language"); } catch { return null; }
}

// translate fills in the texts below a node.
function translate(root) {
  for (const e of root.querySelectorAll("[data-t]")) e.textContent = t(e.dataset.t);
  for (const e of root.querySelectorAll("*")) {
    for (const a of [...e.attributes]) {
      if (a.name.startsWith("data-t-")) e.setAttribute(a.name.slice(7), t(a.value));
    }
  }
}

// has reports whether there is a text of this name.
export const has = (key) => Object.hasOwn(table, key);

// t returns a text, with {name} replaced by the value of that name. One that is missing shows as its name.
export function t(key, values = {}) {
  const text = has(key) ? table[key] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

// date writes a moment as a day, in UTC, in which credentials are dated; time adds the minute. What is no
// date is returned as it is.
export function date(text, time = false) {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return String(text);
  const style = time ? { dateStyle: "long", timeStyle: "short" } : { dateStyle: "long" };
  return new Intl.DateTimeFormat(current === "en" ? "en-GB" : current, { ...style, timeZone: "UTC" }).format(moment) + (time ? " UTC" : "");
}

// documents counts documents in words.
export const documents = (n) => (n === 1 ? t("documents.one") : t("documents.many", { count: n }));
