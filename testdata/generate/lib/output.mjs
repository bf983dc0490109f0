// What a run writes: files, and the list of cases over them.
import {mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {EXPECT} from './expect.mjs';

const root = new URL('../../', import.meta.url);
const AT = '2026-11-22T00:00:00Z';

export class Output {
  #files = new Map();
  #cases = [];

  file(path, content) {
    if(this.#files.has(path)) {
      throw new Error(`${path} is written twice`);
    }
    this.#files.set(path, content);
  }

  // badge writes badges/<name>.<ext> (or options.as.<ext>) and lists it under its name.
  badge(name, ext, content, {as = name, ...options} = {}) {
    this.file(`badges/${as}.${ext}`, content);
    this.case(name, `${as}.${ext}`, options);
  }

  // presentation does so with presentations/<name>.<ext>.
  presentation(name, ext, content, options) {
    this.file(`presentations/${name}.${ext}`, content);
    this.case(name, `presentations/${name}.${ext}`, options);
  }

  // json writes an object as a person would want to read it.
  json(name, value, options) {
    this.badge(name, 'json', JSON.stringify(value, null, 2) + '\n', options);
  }

  // case lists a file again, or for the first time. code "" is a valid credential.
  case(name, file, options = {}) {
    const {code = '', evidence = 'all', at = AT, by, check, verdict, ...policy} = options;
    const expect = code ? EXPECT[code] : ['valid'];
    if(!expect) {
      throw new Error(`${name}: no expectation for ${code}`);
    }
    if(this.#cases.some(c => c.name === name)) {
      throw new Error(`two cases named ${name}`);
    }
    this.#cases.push({
      name, file: file.includes('/') ? file : `badges/${file}`, ...(evidence && {evidence: `evidence/${evidence}.json`}), at, ...policy,
      verdict: verdict ?? expect[0],
      ...(code && {check: check ?? expect[1], code}), signedBy: by ?? 'nobody'
    });
  }

  write() {
    for(const folder of ['badges', 'presentations', 'evidence']) {
      mkdirSync(new URL(folder, root), {recursive: true});
      for(const old of readdirSync(new URL(folder, root))) {
        if(!this.#files.has(`${folder}/${old}`)) {
          rmSync(new URL(`${folder}/${old}`, root));
        }
      }
    }
    const lines = this.#cases.map(c => ' ' + JSON.stringify(c)).join(',\n');
    this.file('cases.json', `[\n${lines}\n]\n`);
    let size = 0;
    for(const [path, content] of this.#files) {
      const target = new URL(path, root);
      mkdirSync(dirname(fileURLToPath(target)), {recursive: true});
      writeFileSync(target, content);
      size += Buffer.byteLength(content);
    }
    return {files: this.#files.size, cases: this.#cases.length, size};
  }
}
