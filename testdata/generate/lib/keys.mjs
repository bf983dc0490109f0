// Fixed keys. Each is derived from its name, so that every run makes the same files; the RSA key
// is a file. They protect nothing: they are public, and only for tests.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import * as base58 from 'base58-universal';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {p256, p384} from '@noble/curves/nist.js';
import {importJWK} from 'jose';

const b64u = bytes => Buffer.from(bytes).toString('base64url');
const seed = (hash, name) => createHash(hash).update(`badgeproof test key: ${name}`).digest();

// A key has: kind, multikey (public), jwk (public), jose(alg) (private CryptoKey), signer(id).
export async function ed25519(name) {
  const secret = new Uint8Array(seed('sha256', name));
  const pair = await Ed25519Multikey.generate({seed: secret});
  const jwk = {kty: 'OKP', crv: 'Ed25519', x: b64u(pair.publicKey)};
  return {
    kind: 'Ed25519', multikey: pair.publicKeyMultibase, jwk,
    jose: alg => importJWK({...jwk, d: b64u(secret)}, alg),
    signer: id => ({...pair.signer(), id, sign: pair.signer().sign})
  };
}

const curves = {
  'P-256': {curve: p256, hash: 'sha256', prefix: [0x80, 0x24]},
  'P-384': {curve: p384, hash: 'sha384', prefix: [0x81, 0x24]}
};

// ecdsa signs with RFC 6979 nonces, because WebCrypto's are random: the only operation in this
// folder that the issuing libraries do not do themselves.
export function ecdsa(name, kind) {
  const {curve, hash, prefix} = curves[kind];
  const secret = new Uint8Array(seed(hash, name));
  const point = curve.getPublicKey(secret, false);
  const size = (point.length - 1) / 2;
  const jwk = {
    kty: 'EC', crv: kind, x: b64u(point.slice(1, 1 + size)), y: b64u(point.slice(1 + size))
  };
  const compressed = curve.getPublicKey(secret, true);
  return {
    kind, jwk, multikey: 'z' + base58.encode(Uint8Array.from([...prefix, ...compressed])),
    jose: alg => importJWK({...jwk, d: b64u(secret)}, alg),
    signer: id => ({
      id, algorithm: kind, sign: async ({data}) => curve.sign(data, secret, {prehash: true, lowS: false})
    })
  };
}

export function rsa(file) {
  const secret = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  const jwk = {kty: secret.kty, n: secret.n, e: secret.e};
  return {kind: 'RSA', jwk, jose: alg => importJWK(secret, alg)};
}

export const didKey = key => `did:key:${key.multikey}`;
export const didKeyMethod = key => `${didKey(key)}#${key.multikey}`;
export const didJwk = key => `did:jwk:${b64u(JSON.stringify(key.jwk))}`;
