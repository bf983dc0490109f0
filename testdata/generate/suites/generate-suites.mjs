// Writes ../../suites: badges with proofs of cryptosuites that ../generate.mjs does not sign with, each made by
// a library that is not this one. Every run writes the same bytes: ECDSA signatures are made with nonces of
// RFC 6979 where the library takes a signer, and what is random otherwise is kept in kept.json (see kept.mjs).
//
//   npm ci --ignore-scripts && npm run generate
import {createHash, createPrivateKey, createPublicKey} from 'node:crypto';
import {mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {contexts as citizenship} from '@digitalbazaar/citizenship-context';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {Ed25519Signature2018} from '@digitalbazaar/ed25519-signature-2018';
import {Ed25519VerificationKey2018} from '@digitalbazaar/ed25519-verification-key-2018';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {secp256k1} from '@noble/curves/secp256k1.js';
import jws from '@transmute/json-web-signature';
import jsigs from 'jsonld-signatures';
import {keep, keeping, kept} from './kept.mjs';
import * as mldsa from './mldsa.mjs';

const require = createRequire(import.meta.url);
const jsigs5 = require('jsonld-signatures-5');
const {RSAKeyPair, Ed25519KeyPair} = require('crypto-ld-3');
const EcdsaSecp256k1Signature2019 = require('ecdsa-secp256k1-signature-2019');

const out = new URL('../../suites/', import.meta.url);
mkdirSync(out, {recursive: true});
const DATE = '2026-01-01T00:00:00Z';
const V1 = 'https://www.w3.org/2018/credentials/v1', V2 = 'https://www.w3.org/ns/credentials/v2';
const OB = v => `https://purl.imsglobal.org/spec/ob/v3p0/context-${v}.json`;
const JWS2020 = 'https://w3id.org/security/suites/jws-2020/v1';

// Contexts come from the files that the library embeds, and from npm packages. Nothing is fetched.
const files = new URL('../../../vc/contexts/files/', import.meta.url);
const read = name => JSON.parse(readFileSync(new URL(name, files)));
const contexts = new Map([
  [V1, read('credentials-v1.jsonld')], [V2, read('credentials-v2.jsonld')],
  [OB('3.0.1'), read('openbadges-3.0.1.jsonld')], [OB('3.0.3'), read('openbadges-3.0.3.jsonld')],
  [JWS2020, read('jws-2020-v1.jsonld')], ['https://w3id.org/security/v1', read('security-v1.jsonld')],
  ['https://w3id.org/security/v2', read('security-v2.jsonld')],
  ['https://w3id.org/security/data-integrity/v2', read('data-integrity-v2.jsonld')],
  ['https://w3id.org/security/suites/ed25519-2018/v1', read('ed25519-2018-v1.jsonld')]
]);
const MULTIKEY = 'https://w3id.org/security/multikey/v1', DID = 'https://www.w3.org/ns/did/v1';
const documentLoader = async url => {
  const document = url.startsWith('did:key:') ? controller(url) : contexts.get(url);
  if(!document) {
    throw new Error(`not found: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: structuredClone(document)};
};
// controller is the document of a did:key, or of its key where the URL has a fragment.
function controller(url) {
  const [id, fragment] = url.split('#'), publicKeyMultibase = id.slice('did:key:'.length);
  const method = {'@context': MULTIKEY, id: `${id}#${publicKeyMultibase}`, type: 'Multikey', controller: id, publicKeyMultibase};
  return fragment ? method : {
    '@context': [DID, MULTIKEY], id, verificationMethod: [method], assertionMethod: [method.id]
  };
}

// base58 and keys from seeds.
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
function base58(bytes) {
  let n = BigInt('0x' + Buffer.from(bytes).toString('hex')), s = '';
  for(; n > 0n; n /= 58n) {
    s = ALPHABET[Number(n % 58n)] + s;
  }
  return s;
}
const seed = name => createHash('sha256').update('badgeproof suites ' + name).digest();
const multikey = (prefix, bytes) => 'z' + base58(Buffer.concat([Buffer.from(prefix, 'hex'), bytes]));
const did = key => ({controller: `did:key:${key}`, id: `did:key:${key}#${key}`});

async function ed25519() {
  const k = await Ed25519Multikey.generate({seed: seed('ed25519')});
  return {key: k.publicKeyMultibase, secret: k.secretKeyMultibase, ...did(k.publicKeyMultibase)};
}
async function ecdsa(curve, prefix, size) {
  const {p256, p384} = await import('@noble/curves/nist.js');
  const c = {'P-256': p256, 'P-384': p384}[curve];
  const secret = createHash('sha512').update(seed(curve)).digest().subarray(0, size);
  const pub = Buffer.from(c.getPublicKey(secret, true)), key = multikey(prefix, pub);
  const point = Buffer.from(c.getPublicKey(secret, false)).subarray(1);
  return {
    key, raw: secret, ...did(key),
    signer: {...did(key), algorithm: curve, sign: async ({data}) => c.sign(data, secret, {prehash: true, lowS: false})},
    jwk: {kty: 'EC', crv: curve, x: point.subarray(0, size).toString('base64url'), y: point.subarray(size).toString('base64url')}
  };
}

const who = {
  mldsa44: mldsa.pair(seed('mldsa44')),
  ed: await ed25519(),
  p256: await ecdsa('P-256', '8024', 32),
  p384: await ecdsa('P-384', '8124', 48)
};
{
  const secret = seed('secp256k1'), pub = Buffer.from(secp256k1.getPublicKey(secret, true));
  const point = Buffer.from(secp256k1.getPublicKey(secret, false)).subarray(1), key = multikey('e701', pub);
  who.secp = {key, raw: secret, ...did(key), jwk: {
    kty: 'EC', crv: 'secp256k1', x: point.subarray(0, 32).toString('base64url'), y: point.subarray(32).toString('base64url')}};
  const rsa = JSON.parse(readFileSync(new URL('../lib/rsa-2048.test-key.json', import.meta.url)));
  const priv = createPrivateKey({key: rsa.jwk ?? rsa, format: 'jwk'}), rsaPublic = createPublicKey(priv);
  const rsaKey = multikey('8524', rsaPublic.export({type: 'pkcs1', format: 'der'}));
  who.rsa = {
    key: rsaKey, ...did(rsaKey), pem: rsaPublic.export({type: 'spki', format: 'pem'}),
    secretPem: priv.export({type: 'pkcs8', format: 'pem'})
  };
}

const achievement = {
  id: 'https://badges.example/achievements/7', type: ['Achievement'], name: 'Robotics',
  description: 'Builds robots — “carefully”.', criteria: {narrative: 'Build one.'}
};
const badge2 = issuer => ({
  '@context': [V2, OB('3.0.3')], id: 'urn:uuid:5b1e0c2e-6f3c-4f6a-9d8b-0a8d5f3e7c11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'], name: 'Robotics',
  issuer: {id: issuer, type: ['Profile'], name: 'Example University'}, validFrom: DATE,
  credentialSubject: {
    type: ['AchievementSubject'], achievement,
    identifier: [
      {type: 'IdentityObject', hashed: false, identityType: 'emailAddress', identityHash: 'ada@example.org'},
      {type: 'IdentityObject', hashed: false, identityType: 'name', identityHash: 'Ada'}]
  },
  evidence: [{type: ['Evidence'], name: 'Video'}, {type: ['Evidence'], name: 'Essay'}]
});
const badge1 = (issuer, ...more) => ({
  '@context': [V1, OB('3.0.1'), ...more], id: 'urn:uuid:5b1e0c2e-6f3c-4f6a-9d8b-0a8d5f3e7c12',
  type: ['VerifiableCredential', 'OpenBadgeCredential'], name: 'Robotics',
  issuer: {id: issuer, type: ['Profile'], name: 'Example University'}, issuanceDate: DATE,
  credentialSubject: {id: 'did:example:ada', type: ['AchievementSubject'], achievement}
});

async function sample(name, make) {
  const made = await make();
  writeFileSync(new URL(name + '.json', out), JSON.stringify(made, null, 1) + '\n');
  return made;
}
const purpose = () => new jsigs.purposes.AssertionProofPurpose();
const sign = async (document, signer, cryptosuite) => jsigs.sign(document, {
  suite: new DataIntegrityProof({signer, cryptosuite, date: DATE}), purpose: purpose(), documentLoader
});
const verified = async (document, cryptosuite) => (await jsigs.verify(structuredClone(document), {
  suite: new DataIntegrityProof({cryptosuite}), purpose: purpose(), documentLoader
})).verified;
// integrity signs, and has the same libraries verify what came out.
async function integrity(document, signer, signing, verifying) {
  const signed = await sign(document, signer, signing);
  if(!await verified(signed, verifying)) {
    throw new Error(`control failed: ${signing.name}`);
  }
  return signed;
}

await sample('eddsa-jcs-2022', async () => integrity(badge2(who.ed.controller), (await Ed25519Multikey.from({
  '@context': MULTIKEY, id: who.ed.id, controller: who.ed.controller, type: 'Multikey',
  publicKeyMultibase: who.ed.key, secretKeyMultibase: who.ed.secret
})).signer(), eddsaJcs.createSignCryptosuite(), eddsaJcs.createVerifyCryptosuite()));
for(const name of ['p256', 'p384']) {
  await sample('ecdsa-jcs-2019-' + name, async () => integrity(
    badge2(who[name].controller), who[name].signer, ecdsaJcs.createSignCryptosuite(), ecdsaJcs.createVerifyCryptosuite()));
}
for(const [name, [signing, verifying]] of Object.entries(mldsa.cryptosuites)) {
  await sample(name, async () => integrity(badge2(who.mldsa44.controller), who.mldsa44.signer, signing, verifying));
}

// ecdsa-sd-2023: one base proof, and proofs derived from it. The libraries draw a key and a salt for each base
// proof, and verify derived ones alone, of which one shows everything.
const derive = async (base, selectivePointers) => jsigs.derive(structuredClone(base), {
  suite: new DataIntegrityProof({cryptosuite: ecdsaSd.createDiscloseCryptosuite({selectivePointers})}),
  purpose: purpose(), documentLoader
});
const disclosures = {
  'mandatory': ['/id'], 'some': ['/id', '/credentialSubject/identifier/1', '/evidence/0/name'],
  'all': ['/id', '/name', '/credentialSubject', '/evidence']
};
const base = await sample('ecdsa-sd-2023-base', async () => {
  const document = badge2(who.p256.controller);
  const proof = await kept('ecdsa-sd-2023', JSON.stringify(document), async () => (await sign(
    structuredClone(document), who.p256.signer,
    ecdsaSd.createSignCryptosuite({mandatoryPointers: ['/issuer', '/validFrom', '/credentialSubject/achievement']})
  )).proof, async proof => verified(await derive({...document, proof}, disclosures.all), ecdsaSd.createVerifyCryptosuite()));
  return {...document, proof};
});
for(const [name, pointers] of Object.entries(disclosures)) {
  await sample('ecdsa-sd-2023-' + name, async () => derive(base, pointers));
}

// The suites of 2018 to 2020: the first libraries read proof options under security/v2, later ones under
// the contexts of the document.
const old = async (document, suite) => {
  const signed = await jsigs5.sign(document, {
    suite, purpose: new jsigs5.purposes.AssertionProofPurpose(), documentLoader, compactProof: false
  });
  delete signed.proof['@context'];
  return signed;
};
await sample('Ed25519Signature2018-first', async () => old(badge1(who.ed.controller), new jsigs5.suites.Ed25519Signature2018({
  key: await Ed25519KeyPair.generate({seed: new Uint8Array(seed('ed25519')), id: who.ed.id}), verificationMethod: who.ed.id, date: DATE
})));
await sample('Ed25519Signature2018', async () => jsigs.sign(badge1(who.ed.controller), {
  suite: new Ed25519Signature2018({
    key: Object.assign(await Ed25519VerificationKey2018.generate({seed: new Uint8Array(seed('ed25519')), controller: who.ed.controller}), {id: who.ed.id}), date: DATE
  }), purpose: purpose(), documentLoader
}));
// Its own contexts do not define what the proof says, so that only security/v2 is left.
await sample('Ed25519Signature2018-v2', async () => old({
  '@context': [V2], id: 'urn:uuid:5b1e0c2e-6f3c-4f6a-9d8b-0a8d5f3e7c13', type: ['VerifiableCredential'],
  issuer: who.ed.controller, validFrom: DATE, credentialSubject: {id: 'did:example:ada'}
}, new jsigs5.suites.Ed25519Signature2018({
  key: await Ed25519KeyPair.generate({seed: new Uint8Array(seed('ed25519')), id: who.ed.id}), verificationMethod: who.ed.id, date: DATE
})));
await sample('RsaSignature2018', async () => {
  const key = new RSAKeyPair({id: who.rsa.id, publicKeyPem: who.rsa.pem, privateKeyPem: who.rsa.secretPem});
  return old(badge1(who.rsa.controller), new jsigs5.suites.RsaSignature2018({
    signer: keeping('PS256', key.signer(), key.verifier()), verificationMethod: who.rsa.id, date: DATE
  }));
});
const es256k = {sign: async ({data}) => secp256k1.sign(data, who.secp.raw)};
await sample('EcdsaSecp256k1Signature2019', async () => old(badge1(who.secp.controller), new EcdsaSecp256k1Signature2019({
  signer: es256k, verificationMethod: who.secp.id, date: DATE
})));
for(const [name, k] of Object.entries({p256: who.p256, p384: who.p384, secp256k1: who.secp})) {
  await sample('JsonWebSignature2020-' + name, async () => {
    const key = await jws.JsonWebKey.from({
      id: k.id, type: 'JsonWebKey2020', controller: k.controller,
      publicKeyJwk: k.jwk, privateKeyJwk: {...k.jwk, d: Buffer.from(k.raw).toString('base64url')}
    });
    const signer = keeping('JsonWebSignature2020', await key.signer(), await key.verifier());
    key.signer = () => signer;
    const document = badge1(k.controller, JWS2020);
    document.proof = await new jws.JsonWebSignature({key, date: DATE}).createProof({
      document, purpose: {update: async proof => ({...proof, proofPurpose: 'assertionMethod'})}, documentLoader
    });
    return document;
  });
}

// The context that the documents of the W3C's vectors for selective disclosure name.
writeFileSync(new URL('citizenship-v4rc1.jsonld', out), JSON.stringify(citizenship.get('https://w3id.org/citizenship/v4rc1'), null, 1) + '\n');
keep();
const keys = Object.fromEntries(Object.entries(who).map(([name, k]) => [name, k.key]));
writeFileSync(new URL('keys.json', out), JSON.stringify(keys, null, 1) + '\n');
console.log(readdirSync(out).length, 'files');
