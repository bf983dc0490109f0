// Broken twins of genuine badges: tampered, signed by the wrong key, for the wrong purpose, re-encoded.
import {simple, simple1, unicode} from '../lib/badges.mjs';
import {LENDER, MALLORY, UNIVERSITY} from '../lib/actors.mjs';
import {DI1, EXTENSIONS, OB, V1, V2} from '../lib/contexts.mjs';
import {didKey, didKeyMethod} from '../lib/keys.mjs';
import {by, issue, sign} from '../lib/sign.mjs';

const BY = by('eddsa-rdfc-2022');

export async function forged(world, out, who) {
  const {ed, learner} = who;
  const university = {key: ed.university, method: `${UNIVERSITY}#key-1`};
  const badge = (name, more = {}) => simple(name, {issuer: UNIVERSITY, learner, ...more});
  await tampered(out, await issue(world, badge('tampered'), university));
  await dates(world, out, university, badge);
  await wrongKeys(world, out, who, badge);
  await proofs(world, out, who, university, badge);
  await texts(world, out, university, learner);
  await contexts(world, out, university, badge, learner);
}

function tampered(out, genuine) {
  out.json('tampered-not', genuine, {by: BY});
  const twin = (name, code, change) => {
    const copy = structuredClone(genuine);
    change(copy);
    out.json(`tampered-${name}`, copy, {by: BY, code});
  };
  twin('name', 'proof.signature', c => c.name = 'Leadership');
  twin('achievement', 'proof.signature', c => c.credentialSubject.achievement.name = 'Leadership');
  twin('issuer-name', 'proof.signature', c => c.issuer.name = 'Ivy League University');
  twin('valid-until', 'proof.signature', c => c.validUntil = '2199-12-31T23:59:59Z');
  twin('criteria', 'proof.signature', c => c.credentialSubject.achievement.criteria.narrative += ' With distinction.');
  twin('subject', 'proof.signature', c => c.credentialSubject.id = 'did:example:eve');
  twin('tag', 'proof.signature', c => c.credentialSubject.achievement.tag.push('excellence'));
  twin('created', 'proof.signature', c => c.proof.created = '2026-03-02T09:30:01Z');
  twin('proof-value', 'proof.signature', c => c.proof.proofValue = genuine.proof.proofValue.replace(/.$/, e => e === '2' ? '3' : '2'));
  twin('proof-alphabet', 'proof.value', c => c.proof.proofValue = 'u' + c.proof.proofValue.slice(1));
  twin('evidence', 'jsonld.invalid_iri', c => c.evidence = [{id: 'http://evil example/', type: ['Evidence'], name: 'PhD in everything'}]);
  twin('evidence-relative', 'jsonld.invalid_iri', c => c.evidence = [{id: 'phd', type: ['Evidence'], name: 'PhD in everything'}]);
  twin('undefined-term', 'jsonld.undefined_term', c => c.honours = 'summa cum laude');
  twin('undefined-type', 'jsonld.undefined_term', c => c.type.push('DoctorateInEverything'));
  twin('null', 'jsonld.dropped', c => c.credentialSubject.achievement.tag.push(null));
  twin('graph', 'model.restructured', c => c['@graph'] = [{id: 'urn:x:phd', type: ['Achievement'], name: 'PhD'}]);
  twin('iri-key', 'model.restructured', c => c['https://schema.org/description'] = 'PhD in everything');
  twin('hidden-expiry', 'model.restructured', c => {
    c.evidence = [{id: c.id, type: ['Evidence'], name: 'x', validUntil: c.validUntil}];
    delete c.validUntil;
  });
}

async function dates(world, out, university, badge) {
  const signed = async (name, more, now) =>
    out.json(name, await issue(world, badge(name, more), {...university, now: new Date(now)}), {
      by: BY, code: name === 'expired' ? 'validity.expired' : 'validity.not_yet'});
  await signed('expired', {validUntil: '2026-06-30T00:00:00Z'}, '2026-06-01T00:00:00Z');
  await signed('not-yet-valid', {validFrom: '2027-01-01T00:00:00Z'}, '2027-06-01T00:00:00Z');
  out.case('expired-before', 'expired.json', {by: BY, at: '2026-06-30T00:00:00Z'});
  out.case('not-yet-valid-later', 'not-yet-valid.json', {by: BY, at: '2027-01-01T00:00:00Z'});
}

async function wrongKeys(world, out, {ed, learner}, badge) {
  const twin = async (name, options, code, more) =>
    out.json(name, await sign(world, badge(name), options), {by: BY, code, ...more});
  await twin('forged-foreign-did', {key: ed.mallory, method: `${MALLORY}#key-1`}, 'proof.controller');
  await twin('forged-did-key', {key: ed.mallory, method: didKeyMethod(ed.mallory)}, 'proof.controller');
  await twin('forged-borrowed-method', {key: ed.mallory, method: `${UNIVERSITY}#key-1`}, 'proof.signature');
  await twin('forged-unlisted', {key: ed['university-unlisted'], method: `${UNIVERSITY}#unlisted`}, 'proof.method');
  await twin('forged-login-key', {key: ed['university-login'], method: `${UNIVERSITY}#login`}, 'proof.method');
  await twin('forged-no-such-key', {key: ed.university, method: `${UNIVERSITY}#key-9`}, 'proof.method');
  await twin('forged-other-curve', {key: ed.university, method: `${UNIVERSITY}#p256`}, 'proof.method');
  const lent = simple('forged-lent-key', {issuer: LENDER, learner});
  out.json('forged-lent-key', await sign(world, lent, {key: ed.mallory, method: `${LENDER}#key-1`}),
    {by: BY, code: 'proof.controller'});
  await twin('key-revoked', {key: ed['university-revoked'], method: `${UNIVERSITY}#revoked`}, 'key.revoked');
  await twin('key-expired', {key: ed['university-expired'], method: `${UNIVERSITY}#expired`}, 'key.revoked');
  out.case('key-not-yet-expired', 'key-expired.json', {by: BY, at: '2026-02-01T00:00:00Z', code: 'validity.not_yet'});
  const https = simple('forged-https-issuer', {issuer: 'https://university.example.edu/issuers/1', learner});
  out.json('forged-https-issuer', await sign(world, https, {key: ed.mallory, method: didKeyMethod(ed.mallory)}),
    {by: BY, code: 'proof.controller'});
  const lost = simple('key-host-gone', {issuer: 'did:web:gone.example.org', learner});
  out.json('key-host-gone', await sign(world, lost, {key: ed.university, method: 'did:web:gone.example.org#key-1'}),
    {by: BY, code: 'key.unresolved'});
  const method = simple('key-unknown-method', {issuer: 'did:example:university', learner});
  out.json('key-unknown-method', await sign(world, method, {key: ed.university, method: 'did:example:university#key-1'}),
    {by: BY, code: 'key.unresolved'});
  const broken = simple('key-malformed', {issuer: 'did:key:z6MkBroken', learner});
  out.json('key-malformed', await sign(world, broken, {key: ed.university, method: 'did:key:z6MkBroken#z6MkBroken'}),
    {by: BY, code: 'key.malformed'});
  const literal = simple('key-address-literal', {issuer: 'did:web:127.0.0.1', learner});
  out.json('key-address-literal', await sign(world, literal, {key: ed.university, method: 'did:web:127.0.0.1#key-1'}),
    {by: BY, code: 'key.malformed'});
}

async function proofs(world, out, {ed}, university, badge) {
  const twin = async (name, options, code) =>
    out.json(name, await sign(world, badge(name), {...university, ...options}), {by: BY, code});
  await twin('proof-other-purpose', {purpose: 'authentication'}, 'proof.purpose');
  await twin('proof-from-the-future', {created: '2027-01-01T00:00:00Z'}, 'proof.created');
  await twin('proof-expired', {proof: {expires: '2026-06-01T00:00:00Z'}}, 'proof.expired');
  const genuine = await issue(world, badge('proof-without'), university);
  for(const [member, code] of [
    ['verificationMethod', 'proof.method'], ['proofPurpose', 'proof.purpose'], ['proofValue', 'proof.value']
  ]) {
    const copy = structuredClone(genuine);
    delete copy.proof[member];
    out.json(`proof-without-${member}`, copy, {by: BY, code});
  }
}

async function texts(world, out, university, learner) {
  const genuine = await issue(world, unicode('text', {issuer: UNIVERSITY, learner}), university);
  const text = JSON.stringify(genuine, null, 2) + '\n';
  const file = (name, content, code) => out.badge(`text-${name}`, 'json', content, {by: BY, ...(code && {code})});
  file('as-signed', text);
  file('escaped', text.replace(/[\u0080-\uffff]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0')));
  file('one-line', JSON.stringify(genuine));
  file('crlf-between-tokens', text.replace(/\n/g, '\r\n'));
  file('mojibake', Buffer.from(text, 'utf8').toString('latin1'), 'proof.signature');
  file('crlf', text.replace(/\\n/g, '\\r\\n'), 'proof.signature');
  file('decomposed', text.normalize('NFD'), 'proof.signature');
  file('replaced', text.replace(/[^\x00-\x7f]/g, '\ufffd'), 'proof.signature');
  file('latin-1', Buffer.from(text, 'latin1'), 'json.utf8');
  file('bom', '\ufeff' + text, 'json.utf8');
  file('lone-surrogate', text.replace('"Teamwork', '"\\ud800').replace('Prüfung „', 'Prüfung \\ud800'), 'json.utf8');
  file('duplicate', text.replace('{', '{\n  "name": "Leadership",'), 'json.duplicate');
  file('duplicate-escaped', text.replace('{', '{\n  "\\u006eame": "Leadership",'), 'json.duplicate');
  file('trailing', text + '{}\n', 'json.syntax');
  file('truncated', text.slice(0, -20), 'json.syntax');
  file('comment', text.replace('{', '{ // a badge'), 'json.syntax');
  file('deep', text.replace('{', `{"deep": ${'['.repeat(70)}${']'.repeat(70)},`), 'json.depth');
  file('no-credential', 'Congratulations!\n', 'json.syntax');
  file('case-folded', text.replace('"issuer"', '"Issuer"'), 'model.missing');
}

async function contexts(world, out, university, badge, learner) {
  const schema = {id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json', type: '1EdTechJsonSchemaValidator2019'};
  const unsafe = {...university, unsafe: true};
  const twin = async (name, document, code) =>
    out.json(`context-${name}`, await sign(world, document, unsafe), {by: `${BY}, without safe mode`, code});
  await twin('without-extensions', badge('context-without-extensions', {credentialSchema: [schema]}), 'jsonld.undefined_term');
  const genuine = await issue(world, badge('context'), university);
  const other = (name, list, code) => out.json(`context-${name}`, {...genuine, '@context': list}, {by: BY, code});
  other('unknown', [V2, OB('3.0.3'), 'https://context.example.org/v1'], 'jsonld.context');
  other('other-version', [V2, OB('3.0.2')], 'proof.signature');
  other('v1-beside-v2', [V2, OB('3.0.3'), V1], 'jsonld.protected');
  other('ob-3.0.1-with-v2', [V2, OB('3.0.1')], 'jsonld.protected');
  other('data-integrity-v1-with-v2', [V2, OB('3.0.3'), DI1], 'jsonld.protected');
  other('inline', [V2, OB('3.0.3'), {name: 'https://evil.example/name'}], 'jsonld.context');
  other('null', [V2, OB('3.0.3'), null], 'model.type');
  other('order', [OB('3.0.3'), V2], 'model.context');
  other('missing', [V2], 'jsonld.undefined_term');
}
