// The badge as a person would want to see it. Whether any of it is true is the verdict's to say.

import { el, link } from "./dom.js";
import { prose } from "./prose.js";
import { date, has, t } from "./strings.js";

const picture = /^data:image\/(png|svg\+xml|jpeg|gif|webp)[;,]/;

// card shows what a badge says (package view), under a heading of the given level.
export function card(b, level = 2) {
  if (b.kind === "presentation") return presentation(b, level);
  return el("article", { class: "card badge", "data-verdict": b.verdict },
    el("div", { class: "badge-head" }, image(b),
      el("div", {},
        el("p", { class: "eyebrow" }, t(b.verdict === "valid" ? "badge.title" : "badge.claims")),
        el(`h${level}`, { class: "badge-name" }, name(b)),
        b.achievementType && el("p", { class: "kind" }, b.achievementType),
        b.description && el("p", { class: "description" }, b.description),
        b.verdict !== "valid" && el("p", { class: "unconfirmed" }, t("badge.claims.note")))),
    el("dl", { class: "says" }, rows(b).filter(([, value]) => filled(value)).map(([key, value]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, value)))));
}

// presentation shows who presents what follows.
function presentation(b, level) {
  const holder = b.recipient?.id;
  return el("article", { class: "card badge", "data-verdict": b.verdict },
    el(`h${level}`, { class: "badge-name" }, name(b)),
    holder && el("dl", { class: "says" }, el("div", {}, el("dt", {}, t("badge.holder")), el("dd", {}, el("p", { class: "id" }, holder)))));
}

// name is that of the badge, or what it is where it has none.
export function name(b) {
  if (b.name) return b.name;
  if (b.kind === "presentation") return t("badge.presentation");
  return t("badge.nameless");
}

const filled = (value) => (Array.isArray(value) ? value.some(Boolean) : Boolean(value));

function rows(b) {
  return [
    ["badge.issuer", issuer(b.issuer)],
    ["badge.recipient", recipient(b)],
    ["badge.awarded", b.awardedDate && date(b.awardedDate)],
    ["badge.valid", period(b)],
    ["badge.skills", chips((b.skills ?? []).map((s) => [s.url ? link(s.url, s.name) : s.name, [s.framework, s.code].filter(Boolean).join(" · ")]))],
    ["badge.tags", chips((b.tags ?? []).map((tag) => [tag, ""]))],
    ["badge.criteria", criteria(b.criteria ?? {})],
    ["badge.evidence", evidence(b.evidence ?? [])],
    ["badge.endorsements", endorsements(b.endorsements ?? [])],
  ];
}

// period says from when until when it holds.
function period(b) {
  if (b.validFrom && b.validUntil) return t("badge.valid.between", { from: date(b.validFrom), until: date(b.validUntil) });
  if (b.validFrom) return t("badge.valid.from", { from: date(b.validFrom) });
  return b.validUntil ? t("badge.valid.until", { until: date(b.validUntil) }) : null;
}

// image shows the picture where it can be shown without asking anybody for it. An SVG within an img element can
// run nothing and load nothing.
function image(b) {
  if (!b.picture || !picture.test(b.picture.url)) return el("div", { class: "picture none" }, el("span", {}, t("badge.picture.none")));
  return el("figure", { class: "picture" },
    el("img", { src: b.picture.url, alt: b.picture.caption || t("badge.picture"), decoding: "async" }),
    b.picture.source === "file" && el("figcaption", {}, t("badge.picture.file")));
}

// issuer says who issued it, and why it is believed that it is.
function issuer(i = {}) {
  if (!i.id && !i.name) return null;
  const why = [bound(i), has(`trust.${i.trust}`) && t(`trust.${i.trust}`)].filter(Boolean);
  return [
    el("p", { class: "strong" }, i.url ? link(i.url, i.name || i.id) : i.name || i.id),
    i.name && i.id && el("p", { class: "id" }, i.id),
    el("p", { class: "hint" }, why.join(" ")),
  ];
}

// keyAlone reports whether an issuer is nothing but a key, which anybody can make.
export const keyAlone = (id) => /^did:(key|jwk):/.test(id ?? "");

// bound says how the key is tied to the issuer, and what of the issuer that makes certain: not its name.
function bound(i) {
  const binding = has(`binding.${i.binding}`) ? t(`binding.${i.binding}`) : "";
  if (!["controller", "issuer_jwks", "issuer_origin"].includes(i.binding)) return binding;
  if (keyAlone(i.id)) return t("binding.key");
  const domain = authority(i.id);
  return domain ? `${binding} ${t("binding.domain", { domain })}` : binding;
}

// authority is the domain that an issuer's identifier names; "" where it names none.
function authority(id) {
  try {
    if (id.startsWith("did:web:")) return decodeURIComponent(id.split(":")[2]);
    return new URL(id).host;
  } catch {
    return "";
  }
}

function recipient(b) {
  const r = b.recipient ?? {};
  const others = (r.identifiers ?? []).filter((i) => i.type !== "name" || i.value !== r.name).map((i) => {
    const kind = has(`identity.${i.type}`) ? t(`identity.${i.type}`) : i.type || t("identity.other");
    return el("p", {}, i.hashed ? t("badge.recipient.hashed", { type: kind }) : [i.value, " ", el("span", { class: "hint" }, kind)]);
  });
  if (!r.id && !r.name && !others.length) return el("p", { class: "hint" }, t("badge.recipient.none"));
  return [r.name && el("p", { class: "strong" }, r.name), others, r.id && el("p", { class: "id" }, r.id)];
}

function chips(list) {
  if (!list.length) return null;
  return el("ul", { class: "chips" }, list.map(([text, more]) => el("li", {}, text, more && el("span", { class: "hint" }, more))));
}

function criteria(c) {
  return [c.narrative && folded(c.narrative), c.url && el("p", {}, link(c.url, t("badge.criteria.link")))];
}

// folded shows a narrative; a long one begins with a few lines.
function folded(text) {
  const whole = prose(text);
  if (text.length < 700) return whole;
  return el("div", { class: "long", tabindex: "0", role: "region", "aria-label": t("badge.criteria") }, whole);
}

function evidence(list) {
  if (!list.length) return null;
  return el("ul", { class: "plain" }, list.map((e) => el("li", {},
    e.url ? link(e.url, e.name || t("badge.evidence.link")) : el("span", {}, e.name || t("badge.evidence.link")),
    e.description && el("p", { class: "hint" }, e.description), e.narrative && prose(e.narrative))));
}

function endorsements(list) {
  if (!list.length) return null;
  return el("ul", { class: "plain" }, list.map((e) => el("li", {},
    el("span", { class: "strong" }, e.by), " ",
    has(`badge.endorsement.${e.verdict}`) && el("span", { class: "tag", "data-verdict": e.verdict }, t(`badge.endorsement.${e.verdict}`)),
    e.byId && e.byId !== e.by && el("p", { class: "id" }, e.byId),
    e.comment && el("blockquote", {}, e.comment))));
}
