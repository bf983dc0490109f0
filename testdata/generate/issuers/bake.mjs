// Pictures with a badge in them: a small one is drawn here, and carries what is given.
import {crc32} from 'node:zlib';
import {deflate} from 'pako';

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]), out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), 8 + data.length);
  return out;
}

// itxt is the chunk of both specifications: keyword, no compression, no language, text in UTF-8.
export const itxt = (keyword, text) => chunk('iTXt', Buffer.concat([
  Buffer.from(keyword, 'latin1'), Buffer.from([0, 0, 0, 0, 0]), Buffer.isBuffer(text) ? text : Buffer.from(text)
]));

// text is the older chunk, for text in Latin-1.
export const text = (keyword, value) => chunk('tEXt', Buffer.from(`${keyword}\0${value}`, 'latin1'));

// png is a disc of 32 pixels with the chunks before the end (last) or before the image data.
export function png(carried, {last = false} = {}) {
  const size = 32, rows = Buffer.alloc(size * (1 + 4 * size)), header = Buffer.alloc(13);
  for(let y = 0; y < size; y++) {
    for(let x = 0; x < size; x++) {
      if(Math.hypot(x - 15.5, y - 15.5) < 15) {
        rows.set([31, 78, 140, 255], y * (1 + 4 * size) + 1 + 4 * x);
      }
    }
  }
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits, red green blue alpha
  const data = chunk('IDAT', Buffer.from(deflate(rows, {level: 9})));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header),
    ...(last ? [data, carried] : [carried, data]), chunk('IEND', Buffer.alloc(0))
  ]);
}

// svg2 is an image with an assertion of Open Badges 2.0 in it.
export const svg2 = (json, id) => `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org" viewBox="0 0 32 32" width="64" height="64">
  <openbadges:assertion verify="${id}"><![CDATA[${json}]]></openbadges:assertion>
  <circle cx="16" cy="16" r="15" fill="#1f4e8c"/>
</svg>
`;
