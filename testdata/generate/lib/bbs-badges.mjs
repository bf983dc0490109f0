// Badges with bbs-2023 proofs: signed by an issuer, and disclosed in part by the holder.
import jsigs from 'jsonld-signatures';
import {createHash} from 'node:crypto';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as bbs2023 from '@digitalbazaar/bbs-2023-cryptosuite';
import * as Bls12381Multikey from '@digitalbazaar/bls12-381-multikey';
import {complete, simple} from './badges.mjs';
import {World} from './world.mjs';

const {purposes: {AssertionProofPurpose}} = jsigs;
const world = new World();
const documentLoader = world.loader();
const bytes = hex => new Uint8Array(Buffer.from(hex, 'hex'));

async function key(name) {
  const seed = new Uint8Array(createHash('sha256').update(`badgeproof test key: ${name}`).digest());
  const pair = await Bls12381Multikey.generateBbsKeyPair({
    algorithm: Bls12381Multikey.ALGORITHMS.BBS_BLS12381_SHA256, seed
  });
  const {publicKeyMultibase} = await pair.export({publicKey: true});
  const did = `did:key:${publicKeyMultibase}`;
  pair.id = `${did}#${publicKeyMultibase}`;
  pair.controller = did;
  return {pair, did};
}

async function sign(credential, {pair}, mandatoryPointers) {
  const suite = new DataIntegrityProof({
    signer: pair.signer(), cryptosuite: bbs2023.createSignCryptosuite({mandatoryPointers})
  });
  return jsigs.sign(structuredClone(credential), {
    suite, purpose: new AssertionProofPurpose(), documentLoader
  });
}

async function derive(base, selectivePointers, presentationHeader = new Uint8Array()) {
  const suite = new DataIntegrityProof({
    cryptosuite: bbs2023.createDiscloseCryptosuite({selectivePointers, presentationHeader})
  });
  const derived = await jsigs.derive(structuredClone(base), {
    suite, purpose: new AssertionProofPurpose(), documentLoader
  });
  await control(derived, presentationHeader);
  return derived;
}

async function control(derived, expectedPresentationHeader) {
  const result = await jsigs.verify(structuredClone(derived), {
    suite: new DataIntegrityProof({
      cryptosuite: bbs2023.createVerifyCryptosuite({expectedPresentationHeader})
    }),
    purpose: new AssertionProofPurpose(), documentLoader
  });
  if(!result.verified) {
    throw new Error('control failed', {cause: result.error?.errors?.[0] ?? result.error});
  }
}

// withoutLists removes what has @list values: the library cannot secure them.
function withoutLists(credential) {
  delete credential.credentialSubject.achievement.resultDescription;
  delete credential.credentialSubject.result;
  return credential;
}

const MANDATORY = ['/issuer', '/name', '/validFrom', '/validUntil', '/credentialSubject/achievement/name'];

export async function badges() {
  const issuer = await key('university BBS');
  const learner = 'did:example:learner';
  const base = await sign(simple('bbs', {issuer: issuer.did, learner}), issuer, MANDATORY);
  const whole = await sign(
    withoutLists(complete({issuer: issuer.did, learner})), issuer, ['/issuer', '/validFrom', '/credentialSubject/achievement']);
  return {
    base,
    'derived-some': await derive(
      base, ['/credentialSubject/achievement/criteria', '/credentialSubject/achievement/description'], bytes('00112233445566778899')
    ),
    'derived-mandatory': await derive(base, []),
    'derived-all': await derive(base, ['/credentialSubject', '/id', '/type']),
    'derived-complete': await derive(whole, ['/name', '/credentialSubject/identifier', '/evidence', '/image'], bytes('0badcafe'))
  };
}
