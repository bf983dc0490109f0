// Data Integrity proofs, made and checked by Digital Bazaar's libraries.
import * as vc from '@digitalbazaar/vc';
import jsigs from 'jsonld-signatures';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {cryptosuite as eddsa2022} from '@digitalbazaar/eddsa-2022-cryptosuite';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';

const {purposes: {ControllerProofPurpose}} = jsigs;
const cryptosuites = {
  'eddsa-rdfc-2022': eddsaRdfc, 'eddsa-2022': eddsa2022, 'ecdsa-rdfc-2019': ecdsaRdfc
};
export const CREATED = '2026-03-02T09:30:00Z';
export const NOW = new Date('2026-11-22T00:00:00Z');

// by names the software that made a proof, for cases.json.
export function by(suite) {
  return suite === 'Ed25519Signature2020' ? '@digitalbazaar/ed25519-signature-2020' :
    `@digitalbazaar/data-integrity with ${suite}${suite === 'ecdsa-rdfc-2019' ? ', @noble/curves' : ''}`;
}

// careless canonizes without safe mode: what software does that loses undefined terms unnoticed.
function careless(cryptosuite) {
  const canonize = (input, options) => cryptosuite.canonize(input, {...options, safe: false});
  return {...cryptosuite, canonize};
}

export function signing({suite, key, method, created = CREATED, proof, unsafe}) {
  const signer = key.signer(method);
  if(suite === 'Ed25519Signature2020') {
    return new Ed25519Signature2020({signer, verificationMethod: method, date: created, proof});
  }
  const cryptosuite = unsafe ? careless(cryptosuites[suite]) : cryptosuites[suite];
  const made = new DataIntegrityProof({signer, cryptosuite, date: created});
  made.proof = proof;
  return made;
}

// issue signs credential as its issuer should, and verifies the result with the same libraries at
// options.now: a credential that they do not accept ends the run.
export async function issue(world, credential, options) {
  const {suite = 'eddsa-rdfc-2022', content = 0, now = NOW, status = true} = options;
  const documentLoader = world.loader(content);
  const signed = await vc.issue({
    credential: structuredClone(credential), suite: signing({...options, suite}), documentLoader, now
  });
  await control(world, signed, {suite, content, now, status, of: suite});
  return signed;
}

// sign makes a proof that no library would call right: any purpose, any method, with or without
// safe mode.
export async function sign(world, document, options) {
  const {suite = 'eddsa-rdfc-2022', purpose = 'assertionMethod', content = 0} = options;
  return jsigs.sign(structuredClone(document), {
    documentLoader: world.loader(content), suite: signing({...options, suite}),
    purpose: new ControllerProofPurpose({term: purpose})
  });
}

// verifies tells whether the libraries accept the proofs of credential.
export async function verifies(world, credential, {suite, content = 0, now = NOW, status = true}) {
  const documentLoader = world.loader(content);
  const proofs = [credential.proof].flat();
  const result = await vc.verifyCredential({
    credential, documentLoader, now, suite: [suite].flat().map(verifying),
    controller: world.controller(proofs[0].verificationMethod.split('#')[0]),
    checkStatus: !status ? async () => ({verified: true}) : () => checkStatus({
      credential, documentLoader, suite: verifying('eddsa-rdfc-2022'), verifyMatchingIssuers: false
    })
  });
  return result;
}

export const verifying = suite => suite === 'Ed25519Signature2020' ?
  new Ed25519Signature2020() : new DataIntegrityProof({cryptosuite: cryptosuites[suite]});

async function control(world, credential, options) {
  const result = await verifies(world, credential, options);
  if(!result.verified) {
    throw new Error(`control failed: ${credential.id}: ${options.of}`, {
      cause: result.error?.errors?.[0] ?? result.error ?? result.statusResult?.error
    });
  }
}
