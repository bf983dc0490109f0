// Who issues: institutions with their identifiers, keys and hosted key documents.
import * as keys from './keys.mjs';
import {didDocument, didWebUrl, jwkMethod, multikeyMethod} from './world.mjs';
import {DID1, MULTIKEY} from './contexts.mjs';

export async function actors() {
  const ed = {};
  for(const name of [
    'university', 'university-jwk', 'university-login', 'university-revoked', 'university-unlisted',
    'university-expired', 'academy', 'port', 'college', 'institute', 'institute-old', 'person', 'mallory', 'learner', 'listkeeper', 'header',
    'council'
  ]) {
    ed[name] = await keys.ed25519(name);
  }
  const p256 = keys.ecdsa('university P-256', 'P-256');
  const p384 = keys.ecdsa('university P-384', 'P-384');
  const mallory256 = keys.ecdsa('mallory P-256', 'P-256');
  const rsa = keys.rsa('./rsa-2048.test-key.json');
  return {ed, p256, p384, mallory256, rsa, learner: keys.didKey(ed.learner)};
}

export const UNIVERSITY = 'did:web:badges.example.edu';
export const ACADEMY = 'did:web:academy.example.org:programmes:data%20science';
export const PORT = 'did:web:badges.example.net%3A8443';
export const COLLEGE = 'https://college.example.com/issuer';
export const MALLORY = 'did:web:mallory.example';
export const COUNCIL = 'did:web:council.example.org'; // endorses
export const LENDER = 'did:web:lender.example'; // lists a key that says it is Mallory's

// hostKeys publishes what each issuer publishes.
export function hostKeys(world, {ed, p256, p384, rsa}) {
  const u = name => `${UNIVERSITY}#${name}`;
  const methods = [
    multikeyMethod(u('key-1'), ed.university),
    multikeyMethod(u('p256'), p256), multikeyMethod(u('p384'), p384),
    jwkMethod(u('jwk-1'), ed['university-jwk']), jwkMethod(u('jwk-p256'), {jwk: {...p256.jwk, key_ops: ['verify']}}),
    jwkMethod(u('rsa'), rsa),
    multikeyMethod(u('login'), ed['university-login']),
    multikeyMethod(u('unlisted'), ed['university-unlisted']),
    multikeyMethod(u('revoked'), ed['university-revoked'], {revoked: '2026-01-15T00:00:00Z'}),
    multikeyMethod(u('expired'), ed['university-expired'], {expires: '2026-02-01T00:00:00Z'})
  ];
  const assertionMethod = ['key-1', 'p256', 'p384', 'jwk-1', 'jwk-p256', 'rsa', 'revoked', 'expired'].map(u);
  const did = id => world.host(didWebUrl(id.document.id), id.document, 'application/did+json');
  did({document: didDocument(UNIVERSITY, methods, {assertionMethod, authentication: [u('login')]})});
  for(const [id, key] of [[ACADEMY, ed.academy], [PORT, ed.port], [MALLORY, ed.mallory], [COUNCIL, ed.council]]) {
    did({document: didDocument(id, [multikeyMethod(`${id}#key-1`, key)], {assertionMethod: [`${id}#key-1`]})});
  }
  const lent = multikeyMethod(`${LENDER}#key-1`, ed.mallory, {controller: MALLORY});
  did({document: didDocument(LENDER, [lent], {assertionMethod: [lent.id]})});
  world.host(COLLEGE, {
    '@context': [DID1, MULTIKEY], id: COLLEGE,
    verificationMethod: [multikeyMethod(`${COLLEGE}#key-1`, ed.college)], assertionMethod: [`${COLLEGE}#key-1`]
  });
}
