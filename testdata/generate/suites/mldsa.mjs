// The suites with ML-DSA-44 of Quantum-Resistant Cryptosuites v1.0. No package on npm has them: what is signed comes
// from the EdDSA suites of the same construction, under another name, and the signature from @noble/post-quantum.
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {ml_dsa44 as mldsa44} from '@noble/post-quantum/ml-dsa.js';

const ALGORITHM = 'ML-DSA-44';
const base64url = bytes => 'u' + Buffer.from(bytes).toString('base64url');

// pair is a key from a seed of 32 bytes. Its signatures are deterministic (FIPS 204 section 3.4).
export function pair(seed) {
  const {publicKey, secretKey} = mldsa44.keygen(new Uint8Array(seed));
  const key = base64url(Buffer.concat([Buffer.from('9024', 'hex'), publicKey]));
  const controller = `did:key:${key}`, id = `${controller}#${key}`;
  const sign = async ({data}) => mldsa44.sign(data, secretKey, {extraEntropy: false});
  return {key, controller, id, signer: {id, algorithm: ALGORITHM, sign}};
}

async function createVerifier({verificationMethod: {id, publicKeyMultibase}}) {
  const publicKey = new Uint8Array(Buffer.from(publicKeyMultibase.slice(1), 'base64url').subarray(2));
  return {id, algorithm: ALGORITHM, verify: async ({data, signature}) => mldsa44.verify(signature, data, publicKey)};
}

function adapt(name, base) {
  const {createVerifyData} = base;
  return {
    ...base, name, requiredAlgorithm: ALGORITHM, createVerifier,
    ...(createVerifyData && {createVerifyData: options => createVerifyData({...options, cryptosuite: base})}),
    createProofValue: async ({verifyData, dataIntegrityProof}) =>
      base64url(await dataIntegrityProof.signer.sign({data: verifyData}))
  };
}

// [to sign with, to verify with] by name.
export const cryptosuites = {
  'mldsa44-rdfc-2024': [eddsaRdfc, eddsaRdfc], 'mldsa44-jcs-2024': [eddsaJcs.createSignCryptosuite(), eddsaJcs.createVerifyCryptosuite()]
};
for(const [name, both] of Object.entries(cryptosuites)) {
  cryptosuites[name] = both.map(base => adapt(name, base));
}
