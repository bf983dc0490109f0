// Images that are damaged, ambiguous or hostile.
import {deflate} from 'pako';
import {simple} from '../lib/badges.mjs';
import {bakePng, chunk, itxt, svgBody, svgVerify} from '../lib/bake.mjs';
import {png, svg} from '../lib/draw.mjs';
import {didKey, didKeyMethod} from '../lib/keys.mjs';
import {by, issue} from '../lib/sign.mjs';

export async function baked(world, out, who) {
  const {ed, learner} = who;
  const person = {key: ed.person, method: didKeyMethod(ed.person)};
  const signed = await issue(world, simple('baked', {issuer: didKey(ed.person), learner}), person);
  const text = JSON.stringify(signed), picture = png(64), BY = by('eddsa-rdfc-2022');
  const write = (name, ext, content, code) =>
    out.badge(`baked-${name}`, ext, content, {by: BY, evidence: 'empty', ...(code && {code})});
  write('good', 'png', bakePng(picture, itxt(text)));
  write('crc', 'png', bakePng(picture, itxt(text, {spoil: 1})), 'bake.crc');
  write('twice', 'png', bakePng(picture, itxt(text), itxt(text)), 'bake.duplicate');
  write('ob2-keyword', 'png', bakePng(picture, itxt(text, {keyword: 'openbadges'})), 'bake.missing');
  write('clr-keyword', 'png', bakePng(picture, itxt(text, {keyword: 'clrcredential'})), 'bake.missing');
  write('nothing', 'png', picture, 'bake.missing');
  write('bomb', 'png', bakePng(picture, bomb()), 'bake.size');
  write('truncated', 'png', bakePng(picture, itxt(text)).subarray(0, -40), 'bake.format');
  write('latin-1', 'png', bakePng(picture, latin1(text.replace('Teamwork', 'Zürich'))), 'bake.text');
  const whole = bakePng(picture, itxt(text));
  const flipped = Buffer.from(whole);
  flipped[whole.indexOf('Teamwork')] ^= 1;
  write('flipped-bit', 'png', flipped, 'bake.crc');
  write('tampered', 'png', bakePng(picture, itxt(text.replace('Teamwork', 'Teamworx'))), 'proof.signature');

  const body = svgBody(text);
  write('svg-good', 'svg', svg(body));
  write('svg-twice', 'svg', svg(body + body), 'bake.duplicate');
  write('svg-both', 'svg', svg(body.replace('<openbadges:credential>', '<openbadges:credential verify="e30.e30.AA">')), 'bake.text');
  write('svg-nothing', 'svg', svg(''), 'bake.missing');
  write('svg-entities', 'svg', '<!DOCTYPE svg [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n' + svg(body), 'bake.format');
  write('svg-external', 'svg', '<!DOCTYPE svg SYSTEM "file:///etc/passwd">\n' + svg(body), 'bake.format');
  write('svg-tampered', 'svg', svg(body.replace('Teamwork', 'Teamworx')), 'proof.signature');
}

// bomb is a compressed credential of 64 MiB.
function bomb() {
  return chunk('iTXt', Buffer.concat([
    Buffer.from('openbadgecredential', 'latin1'), Buffer.from([0, 1, 0, 0, 0]),
    Buffer.from(deflate(Buffer.alloc(64 << 20, ' '), {level: 9}))
  ]));
}

function latin1(text) {
  return chunk('iTXt', Buffer.concat([
    Buffer.from('openbadgecredential', 'latin1'), Buffer.from([0, 0, 0, 0, 0]), Buffer.from(text, 'latin1')
  ]));
}
