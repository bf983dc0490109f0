// Badge pictures, drawn here: a rosette with a ribbon and a chart, as PNG and as SVG.
import {deflate} from 'pako';
import {chunk, SIGNATURE} from './bake.mjs';

const colours = {
  blue: [31, 78, 140], gold: [240, 180, 41], white: [255, 255, 255], red: [192, 57, 43],
  green: [46, 139, 87]
};

// Shapes are painted in order; each tells whether it covers a point of the unit square.
const disc = (r, waves = 0, depth = 0) => (x, y) => {
  const dx = x - 0.5, dy = y - 0.42;
  return Math.hypot(dx, dy) < r + depth * Math.cos(waves * Math.atan2(dy, dx));
};
const box = (x0, y0, x1, y1) => (x, y) => x >= x0 && x < x1 && y >= y0 && y < y1;
const ribbon = side => (x, y) => {
  const u = (x - 0.5) * side, v = y - 0.62;
  const across = u * 0.9 - v * 0.35;
  return v > 0 && across > 0 && across < 0.16 && y < 0.97 - Math.abs(across - 0.08) * -0.6 - 0.06;
};
const rosette = face => [
  [ribbon(1), colours.red], [ribbon(-1), colours.red],
  [disc(0.37, 20, 0.018), face], [disc(0.31), colours.gold], [disc(0.285), face],
  [box(0.34, 0.44, 0.41, 0.56), colours.white], [box(0.44, 0.37, 0.51, 0.56), colours.white],
  [box(0.54, 0.29, 0.61, 0.56), colours.white], [box(0.30, 0.57, 0.66, 0.59), colours.gold]
];

// png draws a picture of size pixels square; each pixel is the mean of 16 samples.
export function png(size, face = 'blue') {
  const shapes = rosette(colours[face]);
  const rows = new Uint8Array(size * (1 + 4 * size));
  for(let y = 0, at = 0; y < size; y++) {
    rows[at++] = 0; // no filter
    for(let x = 0; x < size; x++, at += 4) {
      rows.set(pixel(shapes, x, y, size), at);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits, red green blue alpha
  return Buffer.concat([
    SIGNATURE, chunk('IHDR', header), chunk('tEXt', Buffer.from('Title\0Example badge', 'latin1')),
    chunk('IDAT', Buffer.from(deflate(rows, {level: 9}))), chunk('IEND', Buffer.alloc(0))
  ]);
}

function pixel(shapes, x, y, size) {
  const sum = [0, 0, 0, 0];
  for(let i = 0; i < 16; i++) {
    const px = (x + (i % 4 + 0.5) / 4) / size, py = (y + ((i >> 2) + 0.5) / 4) / size;
    const found = shapes.findLast(([covers]) => covers(px, py));
    if(found) {
      found[1].forEach((c, k) => sum[k] += c);
      sum[3]++;
    }
  }
  return sum[3] === 0 ? [0, 0, 0, 0] :
    [0, 1, 2].map(k => Math.round(sum[k] / sum[3])).concat(Math.round(sum[3] * 255 / 16));
}

// svg is the same picture; credential is the element that carries the badge, or nothing.
export function svg(credential = '', {prolog = '', namespace = 'https://purl.imsglobal.org/ob/v3p0'} = {}) {
  return `<?xml version="1.0" encoding="UTF-8"?>
${prolog}<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="${namespace}" viewBox="0 0 100 100" width="256" height="256">
${credential}  <title>Example badge</title>
  <path d="M38 62 L26 94 L35 91 L41 97 L50 68 Z M62 62 L74 94 L65 91 L59 97 L50 68 Z" fill="#c0392b"/>
  <circle cx="50" cy="42" r="37" fill="#1f4e8c"/>
  <circle cx="50" cy="42" r="29.75" fill="none" stroke="#f0b429" stroke-width="2.5"/>
  <path d="M34 44h7v12h-7z M44 37h7v19h-7z M54 29h7v27h-7z" fill="#ffffff"/>
  <path d="M30 57h36v2H30z" fill="#f0b429"/>
</svg>
`;
}
