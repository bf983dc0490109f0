// Status list credentials, made with Digital Bazaar's library.
import {createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import {gzip} from 'pako';
import {issue} from './sign.mjs';

export const HOST = 'https://status.example.edu/lists';
export const REVOKED = 94567, SUSPENDED = 40100, GOOD = 4711, LENGTH = 131072;

export function entry(list, index = String(GOOD), purpose = 'revocation', more = {}) {
  const statusListCredential = list.startsWith('https:') ? list : `${HOST}/${list}`;
  return {
    id: `${statusListCredential}#${index}`, type: 'BitstringStatusListEntry', statusPurpose: purpose,
    statusListIndex: index, statusListCredential, ...more
  };
}

// listCredential is an unsigned status list credential with the bits in set.
export async function listCredential(name, issuer, {
  purpose = 'revocation', length = LENGTH, set = [REVOKED], encodedList, ...more
} = {}) {
  const list = await createList({length});
  set.filter(i => i < length).forEach(i => list.setStatus(i, true));
  const credential = await createCredential({id: `${HOST}/${name}`, list, statusPurpose: purpose});
  if(encodedList) {
    credential.credentialSubject.encodedList = encodedList;
  }
  return {...credential, issuer, validFrom: '2026-01-01T00:00:00Z', validUntil: '2099-12-31T23:59:59Z', ...more};
}

// hostList signs and hosts a list.
export async function hostList(world, name, issuer, signing, options) {
  const signed = await issue(world, await listCredential(name, issuer, options), {status: false, ...signing});
  world.host(`${HOST}/${name}`, signed, 'application/vc');
  return signed;
}

export const encodedList = bytes => 'u' + Buffer.from(gzip(bytes, {level: 9})).toString('base64url');
