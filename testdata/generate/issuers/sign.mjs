// Proofs, made and checked by Digital Bazaar's libraries.
import jsigs from 'jsonld-signatures';
import jsonld from 'jsonld';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {controller, documentLoader} from './world.mjs';

export const CREATED = '2026-03-02T09:30:00Z';
const NOW = new Date('2026-11-22T00:00:00Z');
const {purposes: {AssertionProofPurpose}} = jsigs;

export const DI = '@digitalbazaar/data-integrity with eddsa-rdfc-2022';
export const ED = '@digitalbazaar/ed25519-signature-2020';

const suites = {
  'eddsa-rdfc-2022': options => new DataIntegrityProof({...options, cryptosuite: eddsaRdfc}),
  Ed25519Signature2020: options => new Ed25519Signature2020({...options, verificationMethod: options.signer?.id})
};

// issue signs credential with {key, method} under a suite, and checks the result with the same library: a
// credential that it does not accept ends the run.
export async function issue(credential, {key, method}, {suite = 'eddsa-rdfc-2022', date = CREATED, expired = false} = {}) {
  const signed = await vc.issue({
    credential: structuredClone(credential), documentLoader, now: NOW, suite: suites[suite]({signer: key.signer(method), date})
  });
  const result = await vc.verifyCredential({
    credential: signed, documentLoader, suite: suites[suite]({}), now: expired ? new Date(date) : NOW,
    checkStatus: async () => ({verified: true}), controller: controller(method.split('#')[0])
  });
  if(!result.verified) {
    throw new Error(`control failed: ${credential.id}`, {cause: result.error?.errors?.[0] ?? result.error});
  }
  return signed;
}

// both signs with each of the suites, one proof beside the other.
export async function both(credential, by) {
  const proofs = [];
  for(const suite of ['eddsa-rdfc-2022', 'Ed25519Signature2020']) {
    proofs.push((await issue(credential, by, {suite})).proof);
  }
  return {...credential, proof: proofs};
}

// careless signs as a library does that leaves out what it does not understand, and tells nobody.
export async function careless(document, {key, method}, {suite = 'eddsa-rdfc-2022'} = {}) {
  const canonize = input => jsonld.canonize(input, {
    algorithm: 'RDFC-1.0', format: 'application/n-quads', base: null, documentLoader, safe: false
  });
  const signer = key.signer(method), made = suite === 'eddsa-rdfc-2022' ?
    new DataIntegrityProof({signer, date: CREATED, cryptosuite: {...eddsaRdfc, canonize}}) : suites[suite]({signer, date: CREATED});
  made.canonize = canonize;
  return jsigs.sign(structuredClone(document), {documentLoader, suite: made, purpose: new AssertionProofPurpose()});
}
