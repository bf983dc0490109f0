// Open edX: its service "credentials" gives out verifiable credentials of data model 1.1 in two shapes, with a
// status list that has a byte where it should have a bit.
import {gzip} from 'pako';
import {didKey, didKeyMethod, ed25519, uuid} from '../keys.mjs';
import {expect, file, json, OB3} from '../output.mjs';
import {careless, ED, issue} from '../sign.mjs';
import {ED2020, host, OB300, SCHEMA_ORG, STATUS2021, V1} from '../world.mjs';

const BASE = 'https://credentials.openedx.example.edu/verifiable_credentials/api/v1/status-list/2021/v1';
const WHEN = '2026-03-02T10:01:02.123456Z', LENGTH = 10000, GOOD = 41, REVOKED = 7;
const times = {issued: WHEN, issuanceDate: WHEN, validFrom: WHEN};
const SUITE = {suite: 'Ed25519Signature2020'};

export async function openedx() {
  const key = await ed25519('openedx'), by = {key, method: didKeyMethod(key)}, issuer = didKey(key);
  const learner = didKey(await ed25519('openedx learner')), list = `${BASE}/${issuer}/`;
  await statusList(list, issuer, by);
  const status = index => ({
    id: `${list}#${index}`, type: 'StatusList2021Entry', statusPurpose: 'revocation',
    statusListIndex: String(index), statusListCredential: list
  });
  const profile = {id: issuer, type: 'Profile', name: 'Default (system-wide)'};
  const badge = index => ({
    '@context': [V1, ED2020, STATUS2021, OB300], id: `urn:uuid:${uuid(`openedx ${index}`)}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'], issuer: profile, ...times, credentialStatus: status(index),
    name: 'Program certificate for passing a program Robotics',
    credentialSubject: {
      id: learner, type: 'AchievementSubject', name: 'Lin Example',
      achievement: {
        id: `urn:uuid:${uuid(`openedx achievement ${index}`)}`, type: 'Achievement',
        name: 'Program certificate for passing a program Robotics',
        description: 'Program certificate is granted on program Robotics completion offered by ExampleX, in collaboration with Example Campus. The Robotics program includes 2 course(s).',
        criteria: {narrative: 'Lin Example successfully completed all courses and received passing grades for a Professional Certificate in Robotics a program offered by ExampleX, in collaboration with Example Campus.'}
      }
    }
  });
  const demands = {issuers: [issuer], recipient: `id=${learner}`, by: ED};
  const quirks = ['tolerated.list_base64', 'tolerated.list_short', 'tolerated.byte_index', 'badge.context'];
  const checks = {...OB3, recipient: 'passed'};
  const signed = async index => json(await issue(badge(index), by, SUITE));
  expect('Open edX', 'openedx-badge', file('openedx-badge.json', await signed(GOOD)), checks, {...demands, warnings: quirks});
  expect('Open edX', 'openedx-badge-revoked', file('openedx-badge-revoked.json', await signed(REVOKED)),
    {...checks, status: 'failed status.revoked'}, {...demands, warnings: quirks});

  // The other shape has words of schema.org, whose context is not embedded, and "id"s that are no IRIs.
  const plain = await careless({
    '@context': [V1, ED2020, STATUS2021, SCHEMA_ORG], id: `urn:uuid:${uuid('openedx plain')}`,
    type: ['VerifiableCredential', 'EducationalOccupationalCredential'], issuer: profile, ...times, credentialStatus: status(GOOD),
    credentialSubject: {
      id: learner,
      hasCredential: {
        id: 'EducationalOccupationalCredential', name: 'Robotics', description: uuid('openedx achievement plain'),
        program: {id: 'EducationalOccupationalProgram', name: 'Robotics', description: uuid('openedx program')}
      }
    }
  }, by, SUITE);
  expect('Open edX', 'openedx-plain', file('openedx-plain.json', json(plain)),
    {...checks, proof: 'failed jsonld.context', issuer: 'skipped blocked', status: 'skipped blocked', 'badge.conformance': 'skipped absent'}, demands);
}

// statusList: byte n is 1 where credential n is revoked; gzip, base64 with padding; signed as it is asked for.
async function statusList(id, issuer, by) {
  const bytes = new Uint8Array(LENGTH);
  bytes[REVOKED] = 1;
  host(id, await issue({
    '@context': [V1, ED2020, STATUS2021], id, type: ['VerifiableCredential', 'StatusList2021Credential'], issuer: {id: issuer}, ...times,
    credentialSubject: {
      id: `${id}#list`, type: 'StatusList2021', statusPurpose: 'revocation',
      encodedList: Buffer.from(gzip(bytes, {level: 9})).toString('base64')
    }
  }, by, SUITE));
}
