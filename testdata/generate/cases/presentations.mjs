// Presentations: made by Digital Bazaar's libraries and by jose, and broken in the ways of somebody who
// has got hold of a presentation or a credential that is not theirs.
import {simple, simple1, uuid} from '../lib/badges.mjs';
import {MALLORY, UNIVERSITY} from '../lib/actors.mjs';
import {V1, V2} from '../lib/contexts.mjs';
import {didKey, didKeyMethod, ed25519} from '../lib/keys.mjs';
import {encode, jws, payload1, payload2} from '../lib/jwt.mjs';
import {by, issue, sign} from '../lib/sign.mjs';
import {present, resign} from '../lib/present.mjs';
import {didDocument, didWebUrl, multikeyMethod} from '../lib/world.mjs';

export const CHALLENGE = '3b5a9d0e-6d0f-4f8e-9c1a-0d1d6a5f4b77';
export const DOMAIN = 'https://jobs.example.net';
const WALLET = 'did:web:wallet.example';
const ASKED = {challenge: CHALLENGE, domain: DOMAIN};
const BY = `@digitalbazaar/vc, ${by('eddsa-rdfc-2022')}`;

export async function presentations(world, out, who) {
  const {ed, learner} = who;
  const wallet = {login: await ed25519('wallet'), assertion: await ed25519('wallet assertion')};
  world.host(didWebUrl(WALLET), didDocument(WALLET, [
    multikeyMethod(`${WALLET}#login`, wallet.login), multikeyMethod(`${WALLET}#assertion`, wallet.assertion)
  ], {authentication: [`${WALLET}#login`], assertionMethod: [`${WALLET}#assertion`]}), 'application/did+json');

  const university = {key: ed.university, method: `${UNIVERSITY}#key-1`};
  const badge = (name, more = {}) => simple(name, {issuer: UNIVERSITY, learner, ...more});
  const kit = {
    out, who, world, university, badge, wallet,
    holder: {key: ed.learner, method: didKeyMethod(ed.learner)},
    one: await issue(world, badge('presented'), university),
    two: await issue(world, badge('presented-too', {name: 'Leadership'}), university),
    json: (name, value, options) => out.presentation(name, 'json', JSON.stringify(value, null, 2) + '\n', {by: BY, ...options})
  };
  await genuine(kit);
  await misused(kit);
  await foreign(kit);
  await contents(kit);
  await tokens(kit);
}

// enveloped puts a token into the object that VC 2.0 has for it.
const enveloped = (token, kind = 'Credential', type = 'vc+jwt') => ({
  '@context': V2, id: `data:application/${type},${token}`, type: `EnvelopedVerifiable${kind}`
});

async function credentialToken({who, badge}, name) {
  return jws({alg: 'EdDSA', typ: 'JWT', kid: `${UNIVERSITY}#key-1`}, payload2(badge(name)), who.ed.university);
}

async function genuine(kit) {
  const {world, json, holder, one, two, out, wallet, university, who: {ed, learner}} = kit;
  const made = (name, credentials, more = {}) => present(world, {id: uuid(name), holder: learner, credentials, ...holder, ...ASKED, ...more});
  json('vp-one', await made('vp-one', [one]), ASKED);
  out.case('vp-one-nothing-asked', 'presentations/vp-one.json', {by: BY});
  json('vp-two', await made('vp-two', [one, two]), ASKED);
  json('vp-no-holder', await made('vp-no-holder', [one], {holder: undefined}), ASKED);
  json('vp-ed25519-2020', await made('vp-ed25519-2020', [one], {suite: 'Ed25519Signature2020'}),
    {...ASKED, by: '@digitalbazaar/vc, @digitalbazaar/ed25519-signature-2020'});
  const old = await issue(world, simple1('presented-1.1', {issuer: UNIVERSITY, learner}), university);
  json('vp-1.1', await made('vp-1.1', [old], {version: 1.0}), ASKED);
  const token = await credentialToken(kit, 'presented-token');
  json('vp-enveloped', await made('vp-enveloped', [one, enveloped(token)]), {...ASKED, by: `${BY}; jose`});
  const own = await issue(world, simple('presented-wallet', {issuer: UNIVERSITY, learner: WALLET}), university);
  json('vp-did-web', await made('vp-did-web', [own], {holder: WALLET, key: wallet.login, method: `${WALLET}#login`}), ASKED);
  json('vp-unsigned', await present(world, {holder: learner, credentials: [one, two]}), {by: BY});
  out.case('vp-unsigned-asked', 'presentations/vp-unsigned.json', {by: BY, ...ASKED, code: 'proof.missing'});
  out.case('vp-issuer-untrusted', 'presentations/vp-one.json', {by: BY, issuers: [MALLORY], check: 'credentials', code: 'issuer.untrusted'});
  out.case('vp-recipient', 'presentations/vp-one.json', {by: BY, recipient: `id=${learner}`});
  out.case('vp-recipient-other', 'presentations/vp-one.json', {by: BY, recipient: `id=${didKey(ed.mallory)}`, check: 'credentials', code: 'recipient.mismatch'});
}

// misused: a genuine presentation for somebody else, or made for something else.
async function misused({world, json, out, holder, one, wallet, who: {learner}}) {
  const file = 'presentations/vp-one.json';
  out.case('vp-wrong-challenge', file, {by: BY, ...ASKED, challenge: 'another', code: 'proof.challenge'});
  out.case('vp-wrong-domain', file, {by: BY, ...ASKED, domain: 'https://jobs.example.com', code: 'proof.domain'});
  const twin = async (name, options, code, more) => json(name,
    await resign(world, {id: uuid(name), holder: learner, credentials: [one], ...holder, ...options}), {...ASKED, code, ...more});
  await twin('vp-without-challenge', {proof: {domain: DOMAIN}}, 'proof.challenge');
  await twin('vp-without-domain', {proof: {challenge: CHALLENGE}}, 'proof.domain');
  await twin('vp-two-domains', {proof: {challenge: CHALLENGE, domain: [DOMAIN, 'https://evil.example']}}, 'proof.domain');
  await twin('vp-purpose', {proof: ASKED, purpose: 'assertionMethod'}, 'proof.purpose');
  await twin('vp-purpose-changed', {proof: ASKED, purpose: 'assertionMethod', change: vp => vp.proof.proofPurpose = 'authentication'}, 'proof.signature');
  await twin('vp-challenge-changed', {proof: {...ASKED, challenge: 'another'}, change: vp => vp.proof.challenge = CHALLENGE}, 'proof.signature');
  await twin('vp-domain-changed', {proof: {...ASKED, domain: 'https://evil.example'}, change: vp => vp.proof.domain = DOMAIN}, 'proof.signature');
  await twin('vp-proof-expired', {proof: {...ASKED, expires: '2026-06-01T00:00:00Z'}}, 'proof.expired');
  await twin('vp-proof-removed', {proof: ASKED, change: vp => { vp.proof = []; }}, 'proof.missing');
  await twin('vp-assertion-key', {proof: ASKED, holder: WALLET, key: wallet.assertion, method: `${WALLET}#assertion`}, 'proof.method');
}

// foreign: somebody presents what is not theirs.
async function foreign({world, json, holder, one, two, who: {ed, learner}}) {
  const twin = async (name, options, code, more) => json(name,
    await resign(world, {id: uuid(name), holder: learner, credentials: [one], proof: ASKED, ...holder, ...options}), {...ASKED, code, ...more});
  const mallory = {key: ed.mallory, method: didKeyMethod(ed.mallory)};
  await twin('vp-foreign-key', mallory, 'proof.controller', {check: 'holder'});
  await twin('vp-borrowed-method', {key: ed.mallory}, 'proof.signature');
  await twin('vp-stolen-credential', {...mallory, holder: didKey(ed.mallory)}, 'holder.mismatch');
  await twin('vp-stolen-no-holder', {...mallory, holder: undefined}, 'holder.mismatch');
  await twin('vp-holder-changed', {...mallory, holder: didKey(ed.mallory), change: vp => vp.holder = learner}, 'proof.signature');
  await twin('vp-holder-removed', {change: vp => delete vp.holder}, 'proof.signature');
  await twin('vp-credential-swapped', {change: vp => vp.verifiableCredential = [two]}, 'proof.signature');
  await twin('vp-credential-added', {change: vp => vp.verifiableCredential.push(two)}, 'proof.signature');
  await twin('vp-credential-removed', {credentials: [one, two], change: vp => vp.verifiableCredential.pop()}, 'proof.signature');
}

// contents: what is inside is not what it should be, and the holder signed it all the same.
async function contents({world, json, out, holder, one, two, badge, university, who: {ed, learner}}) {
  const twin = async (name, credentials, code, more) => json(name,
    await resign(world, {id: uuid(name), holder: learner, credentials, proof: ASKED, ...holder}), {...ASKED, code, check: 'credentials', ...more});
  await twin('vp-credential-tampered', [{...one, name: 'Leadership'}], 'proof.signature');
  await twin('vp-credential-tampered-second', [one, {...two, name: 'Statesmanship'}], 'proof.signature');
  const {proof, ...unsigned} = one;
  await twin('vp-credential-unsigned', [unsigned], 'proof.missing');
  const expired = await issue(world, badge('presented-expired', {validUntil: '2026-06-30T00:00:00Z'}), {...university, now: new Date('2026-06-01T00:00:00Z')});
  await twin('vp-credential-expired', [one, expired], 'validity.expired');
  const forged = await sign(world, badge('presented-forged'), {key: ed.mallory, method: didKeyMethod(ed.mallory)});
  await twin('vp-credential-forged', [forged], 'proof.controller');
  const lost = await sign(world, simple('presented-lost', {issuer: 'did:web:gone.example.org', learner}), {key: ed.university, method: 'did:web:gone.example.org#key-1'});
  await twin('vp-credential-key-gone', [one, lost], 'key.unresolved');
  const inner = await present(world, {id: uuid('inner'), holder: learner, credentials: [one], ...holder, ...ASKED});
  await twin('vp-inside-vp', [inner], 'model.value', {check: 'model'});
  await twin('vp-empty', undefined, 'credential.missing');
  await twin('vp-empty-list', [], 'credential.missing');
  const retyped = await sign(world, {...badge('presented-retyped'), type: ['VerifiablePresentation', 'OpenBadgeCredential']}, {...university, unsafe: true});
  out.presentation('vp-credential-retyped', 'json', JSON.stringify(retyped, null, 2) + '\n', {by: `${BY}, without safe mode`, code: 'proof.purpose'});
}

async function tokens(kit) {
  const {out, badge, one, two, who: {ed, learner}} = kit;
  const write = (name, token, code, more) => out.presentation(name, 'jwt', token + '\n', {by: 'jose', ...ASKED, ...(code && {code}), ...more});
  const kid = didKeyMethod(ed.learner);
  const header = {alg: 'EdDSA', typ: 'vp+jwt', cty: 'vp', kid};
  const token = await credentialToken(kit, 'presented-in-jwt');
  const whole = (name, more = {}) => ({
    '@context': [V2], id: uuid(name), type: ['VerifiablePresentation'], holder: learner,
    verifiableCredential: [enveloped(token), one], iss: learner, nonce: CHALLENGE, aud: DOMAIN, ...more
  });
  write('vp-jwt-2.0', await jws(header, whole('vp-jwt-2.0'), ed.learner));
  write('vp-jwt-2.0-iss-only', await jws(header, whole('vp-jwt-2.0-iss-only', {holder: undefined}), ed.learner));
  const inner = await jws(header, whole('vp-jwt-in-envelope'), ed.learner);
  kit.json('vp-enveloped-presentation', enveloped(inner, 'Presentation', 'vp+jwt'), {...ASKED, by: 'jose'});
  const old = await jws({alg: 'EdDSA', typ: 'JWT', kid: `${UNIVERSITY}#key-1`},
    payload1(simple1('presented-in-jwt-1.1', {issuer: UNIVERSITY, learner})), ed.university);
  const claim = (name, more = {}) => ({
    iss: learner, jti: uuid(name), aud: DOMAIN, nonce: CHALLENGE, nbf: 1772442000,
    vp: {'@context': [V1], type: ['VerifiablePresentation'], verifiableCredential: [old]}, ...more
  });
  const header1 = {alg: 'EdDSA', typ: 'JWT', kid};
  const plain = await jws(header1, claim('vp-jwt-1.1'), ed.learner);
  write('vp-jwt-1.1', plain);
  out.case('vp-jwt-1.1-wrong-challenge', 'presentations/vp-jwt-1.1.jwt', {by: 'jose', ...ASKED, challenge: 'another', code: 'proof.challenge'});
  out.case('vp-jwt-1.1-wrong-domain', 'presentations/vp-jwt-1.1.jwt', {by: 'jose', ...ASKED, domain: 'https://jobs.example.com', code: 'proof.domain'});

  const [h, , s] = plain.split('.');
  write('vp-jwt-tampered', `${h}.${encode(claim('vp-jwt-1.1', {nbf: 1772442001}))}.${s}`, 'proof.signature');
  write('vp-jwt-alg-none', `${encode({alg: 'none', typ: 'JWT', kid})}.${encode(claim('vp-jwt-1.1'))}.`, 'jwt.header');
  write('vp-jwt-credential-typ', await jws({...header, typ: 'vc+jwt', cty: 'vc'}, whole('vp-jwt-credential-typ'), ed.learner), 'jwt.header');
  write('vp-jwt-foreign-key', await jws({...header1, kid: didKeyMethod(ed.mallory)}, claim('vp-jwt-foreign-key'), ed.mallory), 'proof.controller', {check: 'holder'});
  write('vp-jwt-stolen', await jws({...header1, kid: didKeyMethod(ed.mallory)}, claim('vp-jwt-stolen', {iss: didKey(ed.mallory)}), ed.mallory), 'holder.mismatch');
  write('vp-jwt-iss-differs', await jws(header, whole('vp-jwt-iss-differs', {iss: didKey(ed.mallory)}), ed.learner), 'jwt.claims');
  write('vp-jwt-expired', await jws(header1, claim('vp-jwt-expired', {exp: 1772445600}), ed.learner), 'validity.expired');
  write('vp-jwt-vp-claim-2.0', await jws(header1, claim('vp-jwt-vp-claim-2.0', {vp: {'@context': [V2], type: ['VerifiablePresentation'], verifiableCredential: [one]}}), ed.learner), 'model.context');
  write('vp-jwt-whole-1.1', await jws(header, whole('vp-jwt-whole-1.1', {'@context': [V1]}), ed.learner), 'model.context');
  const broken = old.split('.');
  write('vp-jwt-credential-tampered', await jws(header1, claim('vp-jwt-credential-tampered', {
    vp: {'@context': [V1], type: ['VerifiablePresentation'], verifiableCredential: [`${broken[0]}.${broken[1]}.${'A'.repeat(86)}`]}
  }), ed.learner), 'proof.signature', {check: 'credentials'});
  write('vp-jwt-credential-is-text', await jws(header1, claim('vp-jwt-credential-is-text', {
    vp: {'@context': [V1], type: ['VerifiablePresentation'], verifiableCredential: [JSON.stringify(two)]}
  }), ed.learner), 'model.value', {check: 'credentials'});
}
