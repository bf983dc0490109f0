// Comprehensive learner records with credentials in them. The record itself is genuine each time.
import {record, simple, uuid} from '../lib/badges.mjs';
import {ACADEMY, COLLEGE, MALLORY, UNIVERSITY} from '../lib/actors.mjs';
import {V2} from '../lib/contexts.mjs';
import {endorse} from '../lib/endorse.mjs';
import {jws, payload2} from '../lib/jwt.mjs';
import {by, issue, sign} from '../lib/sign.mjs';
import {REVOKED, entry} from '../lib/status.mjs';

const BY = by('eddsa-rdfc-2022'), CHECK = 'clr.credentials';
const EXPIRED = {validUntil: '2026-06-30T00:00:00Z'}, BEFORE = {now: new Date('2026-06-01T00:00:00Z')};

export async function records(world, out, who) {
  const {ed, learner} = who;
  const university = {key: ed.university, method: `${UNIVERSITY}#key-1`};
  const academy = {key: ed.academy, method: `${ACADEMY}#key-1`}, college = {key: ed.college, method: `${COLLEGE}#key-1`};
  const badge = (name, issuer, more) => simple(name, {issuer, learner, ...more});
  const given = (name, issuer, signing, more, options) => issue(world, badge(name, issuer, more), {...signing, ...options});
  const good = name => given(`${name}-1`, ACADEMY, academy);
  const make = async (name, second, code) => {
    const credentials = [await good(name), ...(second ? [await second(`${name}-2`)] : [])];
    out.json(name, await issue(world, record(name, {issuer: UNIVERSITY, learner, credentials}), university),
      {by: BY, ...(code && {code, check: CHECK})});
  };
  await make('clr');
  await make('clr-two', name => given(name, COLLEGE, college));
  await make('clr-plain', name => issue(world, plain(name, learner), college));
  await make('clr-enveloped', async name => envelope(await token(badge(name, UNIVERSITY), university)));
  await make('clr-expired', name => given(name, COLLEGE, college, EXPIRED, BEFORE), 'validity.expired');
  await make('clr-revoked', name => given(name, UNIVERSITY, university, {credentialStatus: entry('revocation', String(REVOKED))}, {status: false}), 'status.revoked');
  await make('clr-forged', name => sign(world, badge(name, COLLEGE), {key: ed.mallory, method: `${MALLORY}#key-1`}), 'proof.controller');
  await make('clr-tampered', async name => ({...await given(name, COLLEGE, college), name: 'Leadership'}), 'proof.signature');
  await make('clr-enveloped-tampered', async name => {
    const [header, , signature] = (await token(badge(name, UNIVERSITY), university)).split('.');
    const [, payload] = (await token(badge(name, UNIVERSITY, {name: 'Leadership'}), university)).split('.');
    return envelope([header, payload, signature].join('.'));
  }, 'proof.signature');
  await make('clr-stranger', name => sign(world, badge(name, 'did:web:gone.example'), {key: ed.mallory, method: 'did:web:gone.example#key-1'}), 'key.unresolved');
  await make('clr-unsigned', async name => badge(name, UNIVERSITY), 'proof.missing');
  await make('clr-endorsed', async name => given(name, COLLEGE, college, {endorsement: [await endorse(world, `${name}-e`, uuid(name), ed.council)]}));
  await make('clr-endorsed-expired', async name => given(name, COLLEGE, college,
    {endorsement: [await endorse(world, `${name}-e`, uuid(name), ed.council, {...EXPIRED, options: BEFORE})]}), 'validity.expired');
  await tokens(out, {good, badge, learner, university});
}

// tokens are records as JWT, which covers every byte of what is in them.
async function tokens(out, {good, badge, learner, university}) {
  const make = async (name, credentials, code) => out.badge(name, 'jwt',
    await token(record(name, {issuer: UNIVERSITY, learner, credentials}), university) + '\n', {by: 'jose', ...(code && {code, check: CHECK})});
  await make('jwt-clr', [await good('jwt-clr')]);
  await make('jwt-clr-unsigned', [await good('jwt-clr-unsigned'), badge('jwt-clr-unsigned-2', UNIVERSITY)]);
  await make('jwt-clr-unsigned-expired', [badge('jwt-clr-unsigned-expired-1', UNIVERSITY, EXPIRED)], 'validity.expired');
  await make('jwt-clr-unsigned-by-another', [badge('jwt-clr-unsigned-by-another-1', ACADEMY)], 'proof.missing');
  await make('jwt-clr-empty', [], 'badge.missing');
}

const token = (credential, {key, method}) => jws({alg: 'EdDSA', typ: 'JWT', kid: method}, payload2(credential), key);

const envelope = text => ({'@context': V2, type: 'EnvelopedVerifiableCredential', id: `data:application/vc+jwt,${text}`});

// plain is a credential that is no badge.
const plain = (name, learner) => ({
  '@context': [V2], id: uuid(name), type: ['VerifiableCredential'], issuer: COLLEGE, validFrom: '2026-03-02T09:00:00Z',
  credentialSubject: {id: learner, name: 'Ada Example'}
});
