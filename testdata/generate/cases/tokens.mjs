// Badges as JWT, genuine and forged.
import {createHmac} from 'node:crypto';
import {simple, simple1} from '../lib/badges.mjs';
import {MALLORY, UNIVERSITY} from '../lib/actors.mjs';
import {didKey, didKeyMethod} from '../lib/keys.mjs';
import {encode, jws, payload1, payload2} from '../lib/jwt.mjs';

export const INSTITUTE = 'https://institute.example.org/issuers/7';
const JWKS = 'https://institute.example.org/.well-known/jwks.json';
const SINGLE = name => `https://institute.example.org/keys/${name}`; // one JWK by itself

export async function tokens(world, out, who) {
  const {ed, p256, p384, rsa, mallory256, learner} = who;
  const single = {...ed.institute.jwk, kid: SINGLE('new'), use: 'sig'};
  world.host(JWKS, {keys: [
    {...p256.jwk, kid: `${JWKS}#es256`, alg: 'ES256', use: 'sig'}, {...rsa.jwk, kid: 'rsa-1', use: 'sig'},
    {...ed.header.jwk, kid: 'ed-1'}, single
  ]}, 'application/jwk-set+json');
  world.host('https://keys.example.net/mallory.json', {...mallory256.jwk, kid: 'https://keys.example.net/mallory.json'}, 'application/jwk+json');
  const badge = (name, issuer = UNIVERSITY, more = {}) => simple(name, {issuer, learner, ...more});
  const write = (name, token, code, more) => out.badge(name, 'jwt', token + '\n', {by: 'jose', ...(code && {code}), ...more});
  const token = async (name, header, key, {issuer, code, payload = payload2, more, signing, options} = {}) =>
    write(name, await jws(header, payload(badge(name, issuer, more)), key, signing), code, options);

  const kid = name => `${UNIVERSITY}#${name}`;
  await token('jwt-eddsa', {alg: 'EdDSA', typ: 'JWT', kid: kid('key-1')}, ed.university);
  await token('jwt-es256', {alg: 'ES256', typ: 'JWT', kid: kid('p256')}, p256);
  await token('jwt-es384', {alg: 'ES384', typ: 'JWT', kid: kid('p384')}, p384);
  await token('jwt-rs256', {alg: 'RS256', typ: 'JWT', kid: kid('rsa')}, rsa);
  await token('jwt-ps256', {alg: 'PS256', typ: 'JWT', kid: kid('rsa')}, rsa);
  await token('jwt-vc-typ', {alg: 'EdDSA', typ: 'vc+jwt', cty: 'vc', kid: kid('key-1')}, ed.university);
  await token('jwt-jwks-kid', {alg: 'ES256', typ: 'JWT', kid: `${JWKS}#es256`}, p256, {issuer: INSTITUTE});
  await token('jwt-jwks-jwk', {alg: 'EdDSA', typ: 'JWT', jwk: ed.header.jwk}, ed.header, {issuer: INSTITUTE});
  await token('jwt-jwks-rsa', {alg: 'RS256', typ: 'JWT', kid: 'rsa-1', jwk: rsa.jwk}, rsa, {issuer: INSTITUTE});
  world.host(SINGLE('new'), single, 'application/jwk+json');
  world.host(SINGLE('old'), {...ed['institute-old'].jwk, kid: SINGLE('old'), use: 'sig'}, 'application/jwk+json');
  await token('jwt-kid-jwk', {alg: 'EdDSA', typ: 'JWT', kid: SINGLE('new')}, ed.institute, {issuer: INSTITUTE});
  await token('jwt-kid-jwk-not-in-jwks', {alg: 'EdDSA', typ: 'JWT', kid: SINGLE('old')}, ed['institute-old'],
    {issuer: INSTITUTE, code: 'issuer.unbound'});
  write('jwt-1.1-jwks', await jws({alg: 'ES256', typ: 'JWT', kid: `${JWKS}#es256`},
    payload1(simple1('jwt-1.1-jwks', {issuer: INSTITUTE, learner})), p256));

  await token('jwt-jwk-only', {alg: 'ES256', typ: 'JWT', jwk: mallory256.jwk}, mallory256,
    {issuer: 'https://university.example.edu/issuers/1', code: 'issuer.unbound'});
  out.case('jwt-jwk-only-suffices', 'jwt-jwk-only.jwt', {by: 'jose', binding: 'self_asserted'});
  await token('jwt-jwk-not-in-jwks', {alg: 'ES256', typ: 'JWT', jwk: mallory256.jwk}, mallory256,
    {issuer: INSTITUTE, code: 'issuer.unbound'});
  await token('jwt-kid-elsewhere', {alg: 'ES256', typ: 'JWT', kid: 'https://keys.example.net/mallory.json'}, mallory256,
    {issuer: INSTITUTE, code: 'issuer.unbound'});
  await token('jwt-kid-of-mallory', {alg: 'EdDSA', typ: 'JWT', kid: `${MALLORY}#key-1`}, ed.mallory, {code: 'proof.controller'});
  await token('jwt-kid-did-key', {alg: 'EdDSA', typ: 'JWT', kid: didKeyMethod(ed.mallory)}, ed.mallory, {code: 'proof.controller'});
  await token('jwt-jwk-not-in-did', {alg: 'ES256', typ: 'JWT', jwk: mallory256.jwk}, mallory256, {code: 'proof.method'});
  await token('jwt-kid-and-jwk-differ', {alg: 'ES256', typ: 'JWT', kid: kid('p256'), jwk: mallory256.jwk}, mallory256, {code: 'jwt.header'});
  await token('jwt-no-key', {alg: 'EdDSA', typ: 'JWT'}, ed.university, {code: 'jwt.header'});
  await token('jwt-presentation-typ', {alg: 'EdDSA', typ: 'vp+jwt', kid: kid('key-1')}, ed.university, {code: 'jwt.header'});
  await claimConflicts(world, write, ed, badge, kid('key-1'));
  await broken(write, who, badge, kid);
}

async function claimConflicts(world, write, ed, badge, kid) {
  const header = {alg: 'EdDSA', typ: 'JWT', kid};
  for(const [claim, value] of [
    ['iss', MALLORY], ['jti', 'urn:uuid:0'], ['sub', 'did:example:eve'], ['nbf', 1700000000], ['exp', 4200000000]
  ]) {
    const name = `jwt-claim-${claim}`;
    write(name, await jws(header, {...payload2(badge(name)), [claim]: value}, ed.university), 'jwt.claims');
  }
  const expired = badge('jwt-expired', undefined, {validUntil: '2026-06-30T00:00:00Z'});
  write('jwt-expired', await jws(header, payload2(expired), ed.university), 'validity.expired');
  write('jwt-vc-claim-2.0', await jws(header, payload1(badge('jwt-vc-claim-2.0')), ed.university), 'model.context');
  const {validFrom, validUntil, ...whole} = badge('jwt-whole-1.1');
  const old = simple1('jwt-whole-1.1', {issuer: UNIVERSITY, learner: whole.credentialSubject.id});
  write('jwt-whole-1.1', await jws(header, payload2(old), ed.university), 'model.context');
}

async function broken(write, {ed, p256, rsa}, badge, kid) {
  const payload = payload2(badge('jwt-broken'));
  const good = await jws({alg: 'EdDSA', typ: 'JWT', kid: kid('key-1')}, payload, ed.university);
  const [h, p, s] = good.split('.');
  const twin = (name, text, code, more) => write(`jwt-${name}`, text, code, more);
  twin('tampered', `${h}.${encode({...payload, name: 'Leadership'})}.${s}`, 'proof.signature');
  twin('unsigned', `${h}.${p}.`, 'proof.signature');
  for(const [name, alg] of [['none', 'none'], ['none-capitals', 'NONE']]) {
    twin(`alg-${name}`, `${encode({alg, typ: 'JWT', kid: kid('key-1')})}.${p}.`, 'jwt.header');
  }
  const hs = `${encode({alg: 'HS256', typ: 'JWT', kid: kid('rsa')})}.${p}`;
  twin('alg-hs256', `${hs}.${createHmac('sha256', JSON.stringify(rsa.jwk)).update(hs).digest('base64url')}`, 'jwt.header');
  twin('alg-future', `${encode({alg: 'FUTURE512', typ: 'JWT', kid: kid('key-1')})}.${p}.${s}`, 'proof.suite_unknown');
  twin('alg-of-another-key', `${encode({alg: 'ES256', typ: 'JWT', kid: kid('key-1')})}.${p}.${s}`, 'proof.method');
  const crit = await jws({alg: 'EdDSA', typ: 'JWT', kid: kid('key-1')}, payload, ed.university);
  twin('crit', `${encode({alg: 'EdDSA', typ: 'JWT', kid: kid('key-1'), crit: ['exp'], exp: 1})}.${p}.${crit.split('.')[2]}`, 'jwt.header');
  twin('b64', `${encode({alg: 'EdDSA', typ: 'JWT', kid: kid('key-1'), b64: false, crit: ['b64']})}.${p}.${s}`, 'jwt.header');
  twin('zip', `${encode({alg: 'EdDSA', typ: 'JWT', kid: kid('key-1'), zip: 'DEF'})}.${p}.${s}`, 'jwt.header');
  const raw = (await jws({alg: 'ES256', typ: 'JWT', kid: kid('p256')}, payload, p256)).split('.');
  twin('der', `${raw[0]}.${raw[1]}.${der(Buffer.from(raw[2], 'base64url')).toString('base64url')}`, 'proof.signature');
  twin('padded', `${h}.${p}.${s}==`, 'jwt.syntax');
  twin('five-parts', `${h}.${p}.${s}.${p}.${s}`, 'jwt.syntax');
  twin('two-parts', `${h}.${p}`, 'jwt.syntax');
  twin('inner-space', `${h}. ${p}.${s}`, 'jwt.syntax');
  twin('duplicate-header', `${encode(`{"alg":"EdDSA","alg":"none","kid":"${kid('key-1')}"}`)}.${p}.${s}`, 'jwt.header', {check: 'parse'});
  twin('duplicate-claim', `${h}.${encode(JSON.stringify(payload).replace('{', '{"name":"Leadership",'))}.${s}`, 'json.duplicate');
}

// der writes r and s as ASN.1, as TLS libraries do and JOSE does not.
function der(raw) {
  const int = bytes => {
    let b = bytes;
    while(b.length > 1 && b[0] === 0) {
      b = b.subarray(1);
    }
    return Buffer.concat([Buffer.from([2, b.length + (b[0] >> 7)]), ...(b[0] >> 7 ? [Buffer.from([0])] : []), b]);
  };
  const body = Buffer.concat([int(raw.subarray(0, 32)), int(raw.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
