// Badges as they should be: every container, both data models, every suite and key location.
import {complete, simple, simple1} from '../lib/badges.mjs';
import {bakePng, itxt, svgBody, svgVerify} from '../lib/bake.mjs';
import {png, svg} from '../lib/draw.mjs';
import {UNIVERSITY} from '../lib/actors.mjs';
import {didKey, didKeyMethod} from '../lib/keys.mjs';
import {jws, payload1, payload2} from '../lib/jwt.mjs';
import {by, issue} from '../lib/sign.mjs';
import {entry, hostList} from '../lib/status.mjs';

export async function genuine(world, out, who) {
  const {ed, learner} = who;
  const university = {key: ed.university, method: `${UNIVERSITY}#key-1`};
  const person = {key: ed.person, method: didKeyMethod(ed.person)};
  const signed = {by: by('eddsa-rdfc-2022')};
  await hostList(world, 'revocation', UNIVERSITY, university);

  const full = await issue(world, complete({
    issuer: UNIVERSITY, learner, credentialStatus: entry('revocation')
  }), university);
  const picture = png(256);
  out.badge('complete', 'png', bakePng(picture, itxt(JSON.stringify(full))), signed);
  out.json('complete-json', full, {...signed, as: 'complete'});
  out.badge('complete-compressed', 'png',
    bakePng(png(96), itxt(JSON.stringify(full), {compressed: true})), signed);

  const small = await issue(world, simple('simple', {issuer: didKey(ed.person), learner}), person);
  const alone = {...signed, evidence: 'empty'};
  out.badge('simple', 'png', bakePng(png(96, 'green'), itxt(JSON.stringify(small))), alone);
  out.json('simple-json', small, {...alone, as: 'simple'});
  out.badge('simple-body', 'svg', svg(svgBody(JSON.stringify(small))), alone);

  const jose = {by: 'jose', evidence: 'empty'};
  const header = {alg: 'EdDSA', typ: 'JWT', kid: person.method};
  const whole = await jws(header, payload2(simple('jwt-2.0', {issuer: didKey(ed.person), learner})), ed.person);
  out.badge('jwt-2.0', 'jwt', whole + '\n', jose);
  out.badge('jwt-1.1', 'jwt', await jws(
    header, payload1(simple1('jwt-1.1', {issuer: didKey(ed.person), learner})), ed.person), jose);
  out.badge('simple-verify', 'svg', svg(svgVerify(whole)), jose);
  out.badge('simple-jwt', 'png', bakePng(png(96, 'green'), itxt(whole)), jose);
}
