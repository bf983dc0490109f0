// Writes ../badges, ../evidence and ../cases.json. Every run writes the same bytes.
import {actors, hostKeys} from './lib/actors.mjs';
import {keep} from './lib/jwt.mjs';
import {Output} from './lib/output.mjs';
import {World} from './lib/world.mjs';
import {baked} from './cases/baked.mjs';
import {endorsed} from './cases/endorsed.mjs';
import {forged} from './cases/forged.mjs';
import {formats} from './cases/formats.mjs';
import {genuine} from './cases/genuine.mjs';
import {named} from './cases/named.mjs';
import {presentations} from './cases/presentations.mjs';
import {records} from './cases/records.mjs';
import {status} from './cases/status.mjs';
import {tokens} from './cases/tokens.mjs';

const world = new World(), out = new Output(), who = await actors();
hostKeys(world, who);
for(const group of [genuine, formats, forged, tokens, status, named, endorsed, records, baked, presentations]) {
  await group(world, out, who);
}
out.file('evidence/all.json', JSON.stringify(world.bundle(), null, 1) + '\n');
out.file('evidence/empty.json', JSON.stringify({...world.bundle(() => false)}, null, 1) + '\n');
keep();
console.log(out.write());
