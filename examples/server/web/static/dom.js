// Elements made without HTML. What a badge says is a stranger's text: it becomes text nodes here and nothing
// else, and an address becomes a link only where it is one of the web.

import { t } from "./strings.js";

const svgNamespace = "http://www.w3.org/2000/svg";

// el makes an element. Attributes that are null, undefined or false are left out; those that begin with "on"
// are listeners. Children are nodes, texts, lists of these, or nothing.
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function fill(e, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) e.addEventListener(name.slice(2), value);
    else e.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false && child !== "") e.append(typeof child === "string" ? straight(child) : child);
  }
  return e;
}

// straight shows the characters that turn the direction of what is written around them (Unicode Bidirectional
// Algorithm: embeddings, overrides, isolates) as what they are, so that an identifier reads as it is.
const straight = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

// The marks of the outcomes differ in shape, so that none is told by its colour alone.
const shapes = {
  passed: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z", "m7.5 12.5 3 3 6-7"],
  failed: ["M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9z", "m8.5 8.5 7 7m0-7-7 7"],
  undecided: ["M12 .8 23.2 12 12 23.2.8 12z", "M9.5 9.9a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.8-1.1 1.6m0 3v.01"],
  skipped: ["M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z", "M8 12h8"],
};

// mark draws the mark of an outcome. It is decoration: words beside it say the same.
export function mark(outcome) {
  const [outline, sign] = shapes[outcome] ?? shapes.undecided;
  const path = (d, kind) => fill(document.createElementNS(svgNamespace, "path"), { d, class: kind }, []);
  return fill(document.createElementNS(svgNamespace, "svg"),
    { viewBox: "0 0 24 24", class: "mark", "aria-hidden": "true", focusable: "false" }, [path(outline, "outline"), path(sign, "sign")]);
}

// link makes a link to a page elsewhere, which learns nothing of where it was followed from. An address that is
// not one of the web is shown as text, and so is one with a user name, which looks like a host to who reads it.
export function link(address, text) {
  let url = null;
  try { url = new URL(address); } catch { /* it stays text */ }
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.username || url.password) return el("span", {}, text || address || "");
  const name = text || url.host;
  return el("a", {
    href: url.href, rel: "noopener noreferrer nofollow external", target: "_blank", title: url.href,
    "aria-label": t("badge.link", { text: name }),
  }, name);
}

// save offers data as a file to keep. Nothing is sent for it.
export function save(name, data) {
  const url = URL.createObjectURL(new Blob([data], { type: "application/json" }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
