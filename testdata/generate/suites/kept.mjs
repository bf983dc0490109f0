// Signatures and proofs that hold random numbers: made once, kept in kept.json under what they are over, and
// checked again in every run by the library that made them, so that every run writes the same files.
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';

const file = new URL('kept.json', import.meta.url);
const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const used = {};

// kept returns what is kept for input under this name, or makes it; good(value) must be true of either.
export async function kept(name, input, make, good) {
  const id = `${name} ${createHash('sha256').update(input).digest('base64url')}`;
  const value = known[id] ?? await make();
  if(!await good(value)) {
    throw new Error(`control failed: ${id}`);
  }
  used[id] = value;
  return value;
}

// keeping wraps the signer of a key; its verifier is the control. Signatures are texts or bytes.
export function keeping(name, signer, verifier) {
  const pack = signature => typeof signature === 'string' ? signature : {base64: Buffer.from(signature).toString('base64')};
  const unpack = value => typeof value === 'string' ? value : new Uint8Array(Buffer.from(value.base64, 'base64'));
  return {...signer, sign: async ({data}) => unpack(await kept(
    name, data, async () => pack(await signer.sign({data})),
    async value => await verifier.verify({data, signature: unpack(value)}) === true
  ))};
}

// keep writes what this run used.
export function keep() {
  const sorted = Object.fromEntries(Object.entries(used).sort(([a], [b]) => a < b ? -1 : 1));
  writeFileSync(file, JSON.stringify(sorted, null, 1) + '\n');
}
