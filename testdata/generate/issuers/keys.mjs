// Fixed keys, derived from their names. They protect nothing: they are public, and only for tests.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';

const seed = name => createHash('sha256').update(`badgeproof test key of an issuer: ${name}`).digest();

// ed25519 is a key with its public Multikey and a signer under a verification method's id.
export async function ed25519(name) {
  const pair = await Ed25519Multikey.generate({seed: new Uint8Array(seed(name))});
  const {sign} = pair.signer();
  return {multikey: pair.publicKeyMultibase, signer: id => ({...pair.signer(), id, sign})};
}

// didKey is the key as an identifier, and its one method.
export const didKey = key => `did:key:${key.multikey}`;
export const didKeyMethod = key => `${didKey(key)}#${key.multikey}`;

export const rsa = JSON.parse(readFileSync(new URL('../lib/rsa-2048.test-key.json', import.meta.url), 'utf8'));

// uuid is a name-based UUID, so that everything has its own id and each run the same.
export function uuid(name) {
  const h = seed(`uuid ${name}`).subarray(0, 16);
  h[6] = h[6] & 0x0f | 0x40;
  h[8] = h[8] & 0x3f | 0x80;
  const x = h.toString('hex');
  return [x.slice(0, 8), x.slice(8, 12), x.slice(12, 16), x.slice(16, 20), x.slice(20)].join('-');
}

// entity is an identifier of 22 characters, as Badgr gives them.
export const entity = name => seed(`entity ${name}`).subarray(0, 16).toString('base64url');

export const sha256 = text => createHash('sha256').update(text).digest('hex');
