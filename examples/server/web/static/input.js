// What somebody gave to check: files, text or a link. Evidence bundles are told apart from badges by what is
// in them.

import { Trouble } from "./trouble.js";

export const largest = 16 << 20; // bytes of a badge
const largestBundle = 64 << 20; // bytes of an evidence bundle

// files reads what was chosen or dropped: at most one badge, and at most one evidence bundle beside it.
export async function files(list) {
  const out = { badge: null, bundle: null };
  for (const file of list) {
    if (file.size > largestBundle) throw tooLarge();
    let bytes;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      throw new Trouble("error.read");
    }
    const bundle = asBundle(bytes);
    if (bundle) out.bundle = bundle;
    else if (bytes.length > largest) throw tooLarge();
    else out.badge ??= { bytes, name: file.name, file: file.name };
  }
  return out;
}

const tooLarge = () => new Trouble("error.size", { size: largest >> 20 });

// text reads what was pasted: an address, or a badge.
export function text(value) {
  const trimmed = value.trim();
  if (!trimmed) throw new Trouble("error.empty");
  if (/^https?:\/\/\S+$/i.test(trimmed)) return { url: trimmed, name: trimmed, file: "badge" };
  const bytes = new TextEncoder().encode(trimmed);
  if (bytes.length > largest) throw tooLarge();
  return { bytes, name: null, file: "badge" };
}

// asBundle returns an evidence bundle (format version 1) as what the page shows of it and its text; null for
// anything else. Whether it can be used is the program's to say.
function asBundle(bytes) {
  if (bytes.find((b) => b > 32) !== 0x7b) return null; // "{"
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const o = JSON.parse(text);
    if (typeof o.recordedAt !== "string" || !Array.isArray(o.documents)) return null;
    return { text, recordedAt: o.recordedAt, count: o.documents.length };
  } catch {
    return null;
  }
}
