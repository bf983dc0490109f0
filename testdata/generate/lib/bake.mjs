// Baking: credentials into PNG and SVG images, as Open Badges 3.0 describes it, and wrongly.
import {crc32} from 'node:zlib';
import {deflate} from 'pako';

export const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

// chunk is one PNG chunk; spoil is added to its checksum.
export function chunk(type, data, spoil = 0) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(8 + data.length + 4);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE((crc32(body) + spoil) >>> 0, 8 + data.length);
  return out;
}

// itxt is the chunk that carries a credential: keyword, flag, method, two empty tags, text.
export function itxt(text, {keyword = 'openbadgecredential', compressed = false, spoil = 0} = {}) {
  const bytes = Buffer.from(text);
  return chunk('iTXt', Buffer.concat([
    Buffer.from(keyword, 'latin1'), Buffer.from([0, compressed ? 1 : 0, 0, 0, 0]),
    compressed ? Buffer.from(deflate(bytes, {level: 9})) : bytes
  ]), spoil);
}

// bakePng puts chunks before the image data, where libraries for baking put theirs.
export function bakePng(image, ...chunks) {
  const at = image.indexOf('IDAT', 'latin1') - 4;
  return Buffer.concat([image.subarray(0, at), ...chunks, image.subarray(at)]);
}

const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

export const svgVerify = jwt => `  <openbadges:credential verify="${escape(jwt)}"></openbadges:credential>\n`;
export const svgBody = json => `  <openbadges:credential><![CDATA[${json}]]></openbadges:credential>\n`;
