// Writes ../bbs: BBS signatures and proofs over the inputs of the CFRG draft, and badges secured with
// bbs-2023. Every run writes the same bytes: the randomness of the libraries is replaced by a seeded one.
import {createHash, webcrypto} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';

let counter = 0;
webcrypto.getRandomValues = array => {
  for(let i = 0; i < array.length; i += 32) {
    const block = createHash('sha256').update(`badgeproof bbs test randomness ${counter++}`).digest();
    array.set(block.subarray(0, Math.min(32, array.length - i)), i);
  }
  return array;
};

const {draft} = await import('./lib/bbs-draft.mjs');
const {badges} = await import('./lib/bbs-badges.mjs');

const root = new URL('../bbs/', import.meta.url);
mkdirSync(root, {recursive: true});
const write = (name, value) => writeFileSync(new URL(name, root), JSON.stringify(value, null, 1) + '\n');
write('draft.json', await draft());
for(const [name, value] of Object.entries(await badges())) {
  write(`${name}.json`, value);
}
