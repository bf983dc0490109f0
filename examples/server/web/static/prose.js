// Markdown, as far as narratives use it: headings, lists, paragraphs, emphasis, code and links. It is read here
// into elements and text, never into HTML; whatever else it holds shows as it is written.

import { el, link } from "./dom.js";

const longest = 20000; // characters; the rest is cut off

// prose shows a narrative.
export function prose(text) {
  const out = el("div", { class: "prose" });
  let list = null;
  let lines = [];
  const paragraph = () => {
    if (lines.length) out.append(el("p", {}, inline(lines.join("\n"))));
    lines = [];
  };
  for (const line of text.slice(0, longest).split(/\r?\n/)) {
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    const item = /^\s{0,3}(?:([-*+])|\d{1,9}[.)])\s+(.*)$/.exec(line);
    if (item) {
      paragraph();
      const kind = item[1] ? "UL" : "OL";
      if (list?.nodeName !== kind) out.append(list = el(kind.toLowerCase()));
      list.append(el("li", {}, inline(item[2])));
      continue;
    }
    if (heading || !line.trim()) paragraph();
    if (line.trim()) list = null;
    if (heading) out.append(el("p", { class: "heading" }, inline(heading[1])));
    else if (line.trim()) lines.push(line);
  }
  paragraph();
  return out;
}

// inline reads what stands within a line. The pattern has no nested repetition, so that it takes time in
// proportion to the text.
function inline(text) {
  const out = [];
  let end = 0;
  for (const m of text.matchAll(/\*\*([^*\n]{1,500})\*\*|\*([^*\s][^*\n]{0,500})\*|`([^`\n]{1,500})`|\[([^\][\n]{1,300})\]\(([^()\s]{1,2000})\)/g)) {
    out.push(text.slice(end, m.index));
    end = m.index + m[0].length;
    if (m[1]) out.push(el("strong", {}, m[1]));
    else if (m[2]) out.push(el("em", {}, m[2]));
    else if (m[3]) out.push(el("code", {}, m[3]));
    else out.push(link(m[5], m[4]));
  }
  out.push(text.slice(end));
  return out;
}
