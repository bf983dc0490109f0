// Genuine badges: data models, suites, key locations, contexts, sets of proofs, recipients.
import {EMAIL, SALT, hashed, plain, simple, simple1, unicode} from '../lib/badges.mjs';
import {ACADEMY, COLLEGE, PORT, UNIVERSITY} from '../lib/actors.mjs';
import {DI2, ED2020, EXTENSIONS, OB, V1, V2} from '../lib/contexts.mjs';
import {didJwk, didKey, didKeyMethod} from '../lib/keys.mjs';
import {endorsementJwt} from '../lib/endorse.mjs';
import {by, issue, sign} from '../lib/sign.mjs';

export async function formats(world, out, who) {
  const {ed, p256, p384, learner} = who;
  const make = async (name, badge, options, more) =>
    out.json(name, await issue(world, badge, options), {by: by(options.suite ?? 'eddsa-rdfc-2022'), ...more});
  const university = {key: ed.university, method: `${UNIVERSITY}#key-1`};
  const badge = (name, more = {}) => simple(name, {issuer: UNIVERSITY, learner, ...more});

  await make('suite-eddsa-2022', badge('suite-eddsa-2022'), {...university, suite: 'eddsa-2022'});
  await make('suite-ed25519-2020', badge('suite-ed25519-2020', {contexts: [V2, OB('3.0.3'), ED2020]}),
    {...university, suite: 'Ed25519Signature2020'});
  await make('suite-ecdsa-p256', badge('suite-ecdsa-p256'),
    {key: p256, method: `${UNIVERSITY}#p256`, suite: 'ecdsa-rdfc-2019'});
  await make('suite-ecdsa-p384', badge('suite-ecdsa-p384'),
    {key: p384, method: `${UNIVERSITY}#p384`, suite: 'ecdsa-rdfc-2019'});

  for(const [name, issuer, key, method] of [
    ['key-did-jwk', didJwk(ed.person), ed.person, `${didJwk(ed.person)}#0`],
    ['key-did-web-path', ACADEMY, ed.academy, `${ACADEMY}#key-1`],
    ['key-did-web-port', PORT, ed.port, `${PORT}#key-1`],
    ['key-https', COLLEGE, ed.college, `${COLLEGE}#key-1`]
  ]) {
    await make(name, simple(name, {issuer, learner}), {key, method});
  }

  await make('key-jwk', badge('key-jwk'), {key: ed['university-jwk'], method: `${UNIVERSITY}#jwk-1`});
  await make('key-jwk-p256', badge('key-jwk-p256'),
    {key: p256, method: `${UNIVERSITY}#jwk-p256`, suite: 'ecdsa-rdfc-2019'});

  for(const version of ['3.0.0', '3.0.1', '3.0.2', '3.0.3']) {
    const name = `vc-1.1-ob-${version}`;
    await make(name, simple1(name, {issuer: UNIVERSITY, learner, contexts: [V1, OB(version), DI2]}), university);
  }
  await make('vc-1.1-ed25519-2020', simple1('vc-1.1-ed25519-2020',
    {issuer: UNIVERSITY, learner, contexts: [V1, OB('3.0.2'), ED2020]}), {...university, suite: 'Ed25519Signature2020'});
  await make('vc-2.0-ob-3.0.2', badge('vc-2.0-ob-3.0.2', {contexts: [V2, OB('3.0.2')]}), university);
  await make('issuer-as-string', {...badge('issuer-as-string'), issuer: UNIVERSITY}, university);

  // context-3.0.3.json was changed in place: the newer content knows endorsementJwt.
  const endorsed = badge('context-newest');
  endorsed.endorsementJwt = [await endorsementJwt('context-newest-endorsement', endorsed.id, ed.council)];
  await make('context-newest', endorsed, {...university, content: 1});
  out.json('context-older-unsigned', await sign(world, {...endorsed, id: 'urn:uuid:0e0f0000-0000-4000-8000-000000000001'},
    {...university, unsafe: true}), {by: by('eddsa-rdfc-2022'), code: 'jsonld.undefined_term'});
  await make('context-extensions', badge('context-extensions', {contexts: [V2, OB('3.0.3'), EXTENSIONS]}), university);

  await make('unicode', unicode('unicode', {issuer: UNIVERSITY, learner}), university);
  await sets(world, out, who, university, badge);
  await recipients(world, out, university, badge, make);
}

async function sets(world, out, {ed, p256}, university, badge) {
  const one = await issue(world, badge('proof-set'), university);
  const second = await sign(world, badge('proof-set'), {key: p256, method: `${UNIVERSITY}#p256`, suite: 'ecdsa-rdfc-2019'});
  const by2 = `${by('eddsa-rdfc-2022')}; ${by('ecdsa-rdfc-2019')}`;
  const both = proofs => ({...one, proof: proofs});
  out.json('proof-set', both([one.proof, second.proof]), {by: by2});
  const unknown = {...one.proof, cryptosuite: 'future-rdfc-2040'};
  out.json('proof-set-unknown', both([unknown, one.proof]), {by: by('eddsa-rdfc-2022')});
  out.json('proof-unknown', both([unknown]), {by: by('eddsa-rdfc-2022'), code: 'proof.suite_unknown'});
  out.json('proof-unknown-type', both([{...one.proof, type: 'FutureProof2040'}]),
    {by: by('eddsa-rdfc-2022'), code: 'proof.suite_unknown'});
  const other = await sign(world, badge('proof-set', {name: 'Leadership'}), {key: p256, method: `${UNIVERSITY}#p256`, suite: 'ecdsa-rdfc-2019'});
  out.json('proof-set-one-bad', both([one.proof, other.proof]), {by: by2, code: 'proof.signature'});
  out.json('proof-empty', both([]), {by: 'nobody', code: 'proof.missing'});
  const {proof, ...unsigned} = one;
  out.json('proof-none', unsigned, {by: 'nobody', code: 'proof.missing'});
}

async function recipients(world, out, university, badge, make) {
  const named = badge('recipient');
  named.credentialSubject.identifier = [plain('0815', 'accountId'), hashed(EMAIL, SALT), hashed('ada', '', 'userName')];
  await make('recipient-id', named, university, {recipient: `id=${named.credentialSubject.id}`});
  const by1 = by('eddsa-rdfc-2022'), file = 'recipient-id.json';
  out.case('recipient-email', file, {by: by1, recipient: `emailAddress=${EMAIL}`});
  out.case('recipient-account', file, {by: by1, recipient: 'accountId=0815'});
  out.case('recipient-user', file, {by: by1, recipient: 'userName=ada'});
  out.case('recipient-other-email', file, {by: by1, recipient: 'emailAddress=eve@example.org', code: 'recipient.mismatch'});
  out.case('recipient-email-in-capitals', file, {by: by1, recipient: 'emailAddress=ADA@example.org', code: 'recipient.mismatch'});
  out.case('recipient-other-id', file, {by: by1, recipient: 'id=did:example:eve', code: 'recipient.mismatch'});
  out.case('recipient-unknown-type', file, {by: by1, recipient: 'isbn=1', code: 'recipient.unidentified'});
  out.case('issuer-trusted', file, {by: by1, issuers: ['did:web:other.example', UNIVERSITY]});
  out.case('issuer-untrusted', file, {by: by1, issuers: ['did:web:other.example'], code: 'issuer.untrusted'});
  out.case('no-network', file, {by: by1, evidence: null, offline: true, code: 'key.unresolved'});
  const nobody = badge('recipient-nobody');
  delete nobody.credentialSubject.id;
  nobody.credentialSubject.identifier = [plain('0815', 'accountId')];
  const unnamed = badge('recipient-none');
  delete unnamed.credentialSubject.id;
  await make('recipient-none', unnamed, university, {code: 'badge.missing'});
  out.case('recipient-none-asked', 'recipient-none.json', {by: by1, recipient: 'id=did:example:ada', code: 'recipient.unidentified', verdict: 'invalid'});
  await make('recipient-no-id', nobody, university, {recipient: 'id=did:example:ada', code: 'recipient.unidentified'});
}
