// What a run writes: files, and the list of cases over them.
import {mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';

const root = new URL('../../issuers/', import.meta.url);
const AT = '2026-11-22T00:00:00Z';
const BUILT_IN = ['parse', 'model', 'proof', 'issuer', 'validity', 'status', 'schema', 'resources', 'recipient'];
const files = new Map(), cases = [];

// passing is what is expected of a genuine badge without a schema, without resources; of whom it is not asked.
const passing = {
  parse: 'passed', model: 'passed', proof: 'passed', issuer: 'passed', validity: 'passed', status: 'passed',
  schema: 'skipped absent', resources: 'skipped absent', recipient: 'skipped not_asked'
};
export const OB3 = {...passing, 'badge.conformance': 'passed'};

// blocked is what is left of a report where parsing failed.
export const UNREAD = code => ({
  parse: `failed ${code}`, ...Object.fromEntries(BUILT_IN.slice(1).map(check => [check, 'skipped blocked']))
});

// UNCHECKED is left of one whose proof is of a kind that nobody here can check.
export const UNCHECKED = {...UNREAD(''), parse: 'passed', proof: 'undecided proof.suite_unknown'};

// file writes content for a case; the same content may stand in several.
export function file(name, content) {
  if(files.has(name)) {
    throw new Error(`${name} is written twice`);
  }
  files.set(name, content);
  return name;
}

export const json = value => JSON.stringify(value, null, 2) + '\n';

const verdict = checks => {
  const outcomes = Object.values(checks).map(o => o.split(' '));
  return outcomes.some(([o]) => o === 'failed') ? 'invalid' :
    outcomes.some(([o, reason]) => o === 'undecided' || reason === 'blocked') ? 'indeterminate' : 'valid';
};

// expect lists a case: the issuer that hands out what looks like this, the file, and the report. options are
// the demands (issuers, recipient), and the warnings that must be there. Checks that are absent are not listed.
export function expect(issuer, name, file, checks, {by = 'nobody', warnings = [], ...options} = {}) {
  if(cases.some(c => c.name === name) || !files.has(file)) {
    throw new Error(`${name}: listed twice, or without a file`);
  }
  const present = Object.fromEntries(Object.entries(checks).filter(([, outcome]) => outcome !== 'skipped absent'));
  cases.push({name, issuer, file, at: AT, ...options, verdict: verdict(checks), checks: present, warnings, signedBy: by});
}

export function write(evidence) {
  mkdirSync(root, {recursive: true});
  files.set('evidence.json', JSON.stringify(evidence, null, 1) + '\n');
  files.set('issuers.json', `[\n${cases.map(c => ' ' + JSON.stringify(c)).join(',\n')}\n]\n`);
  for(const old of readdirSync(root)) {
    if(old !== 'README.md' && !files.has(old)) {
      rmSync(new URL(old, root));
    }
  }
  let size = 0;
  for(const [name, content] of files) {
    writeFileSync(new URL(name, root), content);
    size += Buffer.byteLength(content);
  }
  return {files: files.size, cases: cases.length, size};
}
