// Fixed keys, derived from their names. They protect nothing: they are public, and only for tests.
import {createHash, createPrivateKey, createPublicKey, sign, verify} from 'node:crypto';
import {ed25519} from '@noble/curves/ed25519.js';
import {p256, p384} from '@noble/curves/nist.js';

const b64u = bytes => Buffer.from(bytes).toString('base64url');
const seed = (hash, name) => new Uint8Array(createHash(hash).update(`badgeproof test key: ${name}`).digest());

// A key has: alg, jwk (public), secret (JWK), sign(bytes), verify(bytes, signature).
export function edwards(name) {
  const d = seed('sha256', name);
  const jwk = {kty: 'OKP', crv: 'Ed25519', x: b64u(ed25519.getPublicKey(d))};
  const secret = {...jwk, d: b64u(d)};
  const key = createPrivateKey({key: secret, format: 'jwk'});
  const open = createPublicKey({key: jwk, format: 'jwk'});
  return {
    alg: 'EdDSA', jwk, secret,
    sign: data => sign(null, data, key), verify: (data, signature) => verify(null, data, open, signature)
  };
}

// curve signs with RFC 6979 nonces, because those of WebCrypto are random.
export function curve(name, crv) {
  const [group, hash, alg] = {'P-256': [p256, 'sha256', 'ES256'], 'P-384': [p384, 'sha384', 'ES384']}[crv];
  const d = seed(hash, name), point = group.getPublicKey(d, false), size = (point.length - 1) / 2;
  const jwk = {kty: 'EC', crv, x: b64u(point.slice(1, 1 + size)), y: b64u(point.slice(1 + size))};
  const open = createPublicKey({key: jwk, format: 'jwk'});
  return {
    alg, jwk, secret: {...jwk, d: b64u(d)},
    sign: data => group.sign(data, d, {prehash: true, lowS: false}),
    verify: (data, signature) => verify(hash, data, {key: open, dsaEncoding: 'ieee-p1363'}, signature)
  };
}

export const didJwk = key => `did:jwk:${b64u(JSON.stringify(key.jwk))}`;
