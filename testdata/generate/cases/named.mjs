// What a badge names beside its status: JSON Schemas, and resources with a digest. Digests are made with
// Node's own crypto.
import {createHash} from 'node:crypto';
import {simple} from '../lib/badges.mjs';
import {UNIVERSITY} from '../lib/actors.mjs';
import {by, issue} from '../lib/sign.mjs';

const BY = by('eddsa-rdfc-2022');
const HOST = 'https://badges.example.edu';
const SCHEMA = `${HOST}/schemas/teamwork.json`;
const SYLLABUS = `${HOST}/documents/syllabus.txt`;
const TEXT = 'Teamwork\n\n1. Listening\n2. Dividing work\n3. Reviewing each other\n';

const sha = (name, text) => createHash(name).update(text).digest();
const sri = (text, name = 'sha384') => `${name}-${sha(name, text).toString('base64')}`;
// multihash is a SHA-256 as a multihash in base64url.
const multihash = text => 'u' + Buffer.concat([Buffer.from([0x12, 0x20]), sha('sha256', text)]).toString('base64url');

export async function named(world, out, who) {
  const signing = {key: who.ed.university, method: `${UNIVERSITY}#key-1`, status: false};
  const make = async (name, more, code, options) => out.json(name,
    await issue(world, simple(name, {issuer: UNIVERSITY, learner: who.learner, ...more}), signing),
    {by: BY, ...(code && {code}), ...options});
  await schemas(world, make);
  await resources(world, make);
}

// teamwork is a schema that the badges conform to, and whose achievements have one of these types.
const teamwork = (...types) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object',
  required: ['name', 'credentialSubject'],
  properties: {
    name: {const: 'Teamwork'},
    credentialSubject: {
      type: 'object', required: ['achievement'],
      properties: {
        achievement: {type: 'object', required: ['achievementType'], properties: {achievementType: {enum: types}}}
      }
    }
  }
});

async function schemas(world, make) {
  const good = JSON.stringify(teamwork('Badge', 'Certificate'), null, 2) + '\n';
  world.host(SCHEMA, good, 'application/schema+json');
  world.host(`${HOST}/schemas/diploma.json`, teamwork('Diploma'), 'application/schema+json');
  const credentialSchema = (id, more) => ({credentialSchema: {id, type: 'JsonSchema', ...more}});
  await make('schema-good', credentialSchema(SCHEMA));
  await make('schema-digest', credentialSchema(SCHEMA, {digestSRI: sri(good)}));
  await make('schema-digest-wrong', credentialSchema(SCHEMA, {digestSRI: sri(good + '\n')}), 'resource.digest', {check: 'schema'});
  await make('schema-invalid', credentialSchema(`${HOST}/schemas/diploma.json`), 'schema.invalid');
  await make('schema-unreachable', credentialSchema(`${HOST}/schemas/gone.json`), 'schema.unreachable');
}

async function resources(world, make) {
  world.host(SYLLABUS, TEXT, 'text/plain');
  const relatedResource = (more, id = SYLLABUS) => ({relatedResource: [{id, mediaType: 'text/plain', ...more}]});
  await make('resource-sri', relatedResource({digestSRI: sri(TEXT)}));
  await make('resource-multibase', relatedResource({digestMultibase: multihash(TEXT)}));
  await make('resource-digest', relatedResource({digestSRI: sri(TEXT + '4. Resting\n')}), 'resource.digest');
  await make('resource-one-of-two', relatedResource({digestSRI: sri(TEXT), digestMultibase: multihash('')}), 'resource.digest');
  await make('resource-unreachable', relatedResource({digestSRI: sri(TEXT)}, `${HOST}/documents/gone.txt`), 'resource.unreachable');
}
