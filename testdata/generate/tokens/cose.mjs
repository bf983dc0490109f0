// COSE_Sign1 messages around badges. Signatures with ECDSA are random, so that a message which is there and
// says the same is kept.
import {existsSync, readFileSync} from 'node:fs';
import {Headers, Sign1} from '@auth0/cose';
import {importJWK} from 'jose';
import {badge} from './badge.mjs';
import {curve, didJwk, edwards} from './keys.mjs';

const TYP = 16, CWT = 15, NUMBERS = {EdDSA: -8, ES256: -7, ES384: -35};

async function make(file, {key, protectedHeaders = [], unprotectedHeaders = [], payload, tagged = true}) {
  const open = await importJWK(key.jwk, key.alg), secret = await importJWK(key.secret, key.alg);
  const made = await Sign1.sign([[Headers.Algorithm, NUMBERS[key.alg]], ...protectedHeaders], unprotectedHeaders,
    Buffer.from(JSON.stringify(payload)), secret);
  await made.verify(open);
  const strip = bytes => tagged ? bytes : bytes.subarray(1);
  const bytes = strip(Buffer.from(made.encode()));
  if(existsSync(file)) {
    const old = readFileSync(file);
    const at = old.length - made.signature.length;
    if(old.length === bytes.length && old.subarray(0, at).equals(bytes.subarray(0, at))) {
      await Sign1.decode(old).verify(open);
      return old;
    }
  }
  return bytes;
}

export async function cose(root) {
  const out = {}, text = s => Buffer.from(s);
  for(const [n, key] of [edwards('cose issuer'), curve('cose issuer', 'P-256'), curve('cose issuer', 'P-384')].entries()) {
    const did = didJwk(key), kid = text(`${did}#0`);
    const payload = badge(`urn:uuid:00000000-0000-4000-8000-0000000001${n}0`, did, 'did:example:ada');
    const name = `${key.alg.toLowerCase()}.cose`;
    out[name] = await make(new URL(name, root), {
      key, payload, tagged: n !== 1,
      protectedHeaders: [[Headers.ContentType, 'application/vc'], [TYP, 'application/vc+cose'], ...(n === 2 ? [] : [[Headers.KeyID, kid]])],
      unprotectedHeaders: n === 2 ? [[Headers.KeyID, kid]] : []
    });
  }
  const key = edwards('cose issuer'), did = didJwk(key);
  out['claims.cose'] = await make(new URL('claims.cose', root), {
    key, payload: badge('urn:uuid:00000000-0000-4000-8000-000000000130', did, 'did:example:ada'),
    protectedHeaders: [
      [TYP, 'application/vc+cose'], [Headers.KeyID, text(`${did}#0`)], [CWT, new Map([[1, did], [6, 1774000000], [4, 4102444799]])]
    ]
  });
  out['envelope.json'] = JSON.stringify({
    '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['EnvelopedVerifiableCredential'],
    id: 'data:application/vc+cose;base64,' + Buffer.from(out['es256.cose']).toString('base64')
  }, null, 1) + '\n';
  return out;
}
