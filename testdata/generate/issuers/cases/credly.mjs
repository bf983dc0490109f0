// Credly, and those who issue through it: Open Badges 2.0 behind a public API, 3.0 baked into a PNG.
import {itxt, png} from '../bake.mjs';
import {EMAIL, GONE, HOSTED, publish, recipient2} from '../hosted2.mjs';
import {ed25519, sha256, uuid} from '../keys.mjs';
import {expect, file, json, OB3} from '../output.mjs';
import {DI, issue} from '../sign.mjs';
import {EXTENSIONS, host, hostDid, OB2, OB303, V2} from '../world.mjs';

const HOST = 'www.credentials.example.com', API = `https://${HOST}/api/v1/obi`;
const SCHEMA = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';

export async function credly() {
  older();
  schema();
  await newer();
}

// older: what the API for Open Badges 2.0 answers. Members stand in the order in which it gives them.
function older() {
  const issuer = `${API}/v2/issuers/${uuid('credly issuer')}`;
  const badge = `${issuer}/badge_classes/${uuid('credly badge class')}`;
  publish({
    id: badge, type: 'BadgeClass', name: 'Cloud Fundamentals', description: 'Knows what runs where, and why.',
    image: 'https://images.credentials.example.com/images/cloud/image.png',
    criteria: {'@context': OB2, id: `https://${HOST}/org/example-cloud/badge/cloud-fundamentals`, narrative: 'Pass the exam.'},
    issuer, tags: ['Cloud', 'Networking']
  }, {id: issuer, type: 'Profile', name: 'Example Cloud', url: 'https://cloud.example.com/', email: 'info@credentials.example.com'});
  const assertion = name => ({
    '@context': OB2, badge, expires: '2029-03-02T00:00:00.000Z',
    evidence: [{'@context': OB2, description: 'Score report', id: 'https://cloud.example.com/scores/77', name: 'Exam', genre: 'UrlEvidence', type: 'Evidence'}],
    id: `${API}/v2/badge_assertions/${uuid(name)}`, issuedOn: '2026-03-02T22:14:09.000Z',
    recipient: recipient2(EMAIL), type: 'Assertion', verification: {type: 'hosted'}
  });
  const demands = {issuers: [issuer], recipient: `emailAddress=${EMAIL}`};
  const good = assertion('credly good');
  host(good.id, good);
  expect('Credly', 'credly-2', file('credly-2.json', json(good)), HOSTED, demands);
  expect('Credly', 'credly-2-baked', file('credly-2.png', png(itxt('openbadges', JSON.stringify(good)))), HOSTED, demands);
  expect('Credly', 'credly-2-recipient', 'credly-2.json', {...HOSTED, recipient: 'failed recipient.mismatch'},
    {...demands, recipient: 'emailAddress=somebody.else@example.org'});
  const revoked = assertion('credly revoked');
  host(revoked.id, {...revoked, revoked: true}, {status: 410});
  expect('Credly', 'credly-2-revoked', file('credly-2-revoked.json', json(revoked)),
    GONE, demands);
}

// schema: badges name a JSON Schema of 1EdTech's. What stands at its URL here is ours, and shorter.
function schema() {
  host(SCHEMA, {
    $schema: 'https://json-schema.org/draft/2019-09/schema', type: 'object',
    required: ['@context', 'id', 'type', 'credentialSubject', 'issuer', 'validFrom'],
    properties: {
      '@context': {type: 'array', items: [{const: V2}, {pattern: '^https://purl\\.imsglobal\\.org/spec/ob/v3p0/context(-3\\.\\d\\.\\d)*\\.json$'}], minItems: 2},
      credentialSubject: {type: 'object', required: ['type', 'achievement']}
    }
  }, {type: 'application/schema+json'});
}

async function newer() {
  const checks = {...OB3, status: 'skipped absent', schema: 'passed'};
  const make = async (name, profile, achievement) => {
    const id = uuid(`${name} issuer`), did = `did:web:${HOST}:api:v1:obi:v3:issuers:${id}`;
    const by = hostDid(did, 'key-0', await ed25519(name));
    const badge = await issue({
      '@context': [V2, OB303, EXTENSIONS], id: `${API}/v3/open_badge_credentials/${uuid(`${name} credential`)}`,
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      credentialSchema: [{id: SCHEMA, type: '1EdTechJsonSchemaValidator2019'}],
      issuer: {
        type: ['Profile'], id: did, name: profile.name, email: 'info@credentials.example.com',
        image: {id: `https://images.credentials.example.com/images/${id}/blob.png`, type: 'Image', caption: `Logo of ${profile.name}`},
        url: profile.url, description: profile.description
      },
      validFrom: '2026-03-02T00:00:00Z',
      credentialSubject: {
        type: ['AchievementSubject'],
        identifier: [{type: 'IdentityObject', hashed: true, identityHash: `sha256$${sha256(EMAIL)}`, identityType: 'emailAddress'}],
        achievement: {
          id: `${API}/v3/achievements/${uuid(`${name} achievement`)}`, type: ['Achievement'], ...achievement,
          image: {id: `https://images.credentials.example.com/images/${name}/image.png`, type: 'Image'}
        }
      }
    }, by);
    return {badge, demands: {issuers: [did], recipient: `emailAddress=${EMAIL}`, by: DI}};
  };
  const agile = await make('credly', {
    name: 'Example Agile®', url: 'https://agile.example.com/', description: 'We train teams – and their managers.'
  }, {name: 'Certified Example Agilist®', description: 'Leads a train of teams.', criteria: {narrative: 'Take the course; pass the exam.'}});
  const text = JSON.stringify(agile.badge), found = {...checks, recipient: 'passed'};
  expect('Credly', 'credly-3', file('credly-3.png', png(itxt('openbadgecredential', text))), found, agile.demands);
  expect('Credly', 'credly-3-json', file('credly-3.json', json(agile.badge)), found, agile.demands);
  // Read as Latin-1 and written as UTF-8: what became of such badges on their way into a wallet.
  expect('Credly', 'credly-3-reencoded', file('credly-3-reencoded.json', json(JSON.parse(Buffer.from(text).toString('latin1')))),
    {...checks, proof: 'failed proof.signature', schema: 'skipped blocked', issuer: 'skipped blocked', recipient: 'passed'}, agile.demands);
  const courses = await make('courses', {
    name: 'Example Courses', url: 'https://courses.example.org/', description: 'The world’s best education, for everybody.'
  }, {name: 'Data Analytics', description: 'Cleans data, and tells what it says.', criteria: {narrative: 'Complete eight courses.'}, tag: ['Spreadsheets', 'SQL']});
  expect('Coursera', 'coursera', file('coursera.json', json(courses.badge)), found, courses.demands);
  expect('Coursera', 'coursera-recipient', 'coursera.json', {...found, recipient: 'failed recipient.mismatch'},
    {...courses.demands, recipient: 'emailAddress=somebody.else@example.org'});
}
