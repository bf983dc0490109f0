// Writes ../../sdjwt and ../../cose: credentials in SD-JWTs and COSE messages, made and checked by
// @sd-jwt/core and @auth0/cose. Every run writes the same bytes.
import {mkdirSync, writeFileSync} from 'node:fs';
import {sdjwt} from './sdjwt.mjs';
import {cose} from './cose.mjs';

for(const [folder, make] of [['sdjwt', sdjwt], ['cose', cose]]) {
  const root = new URL(`../../${folder}/`, import.meta.url);
  mkdirSync(root, {recursive: true});
  const files = await make(root);
  for(const [name, content] of Object.entries(files)) {
    writeFileSync(new URL(name, root), content);
  }
  console.log(folder, Object.keys(files).join(' '));
}
