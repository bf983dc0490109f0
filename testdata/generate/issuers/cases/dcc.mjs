// MIT Learn, and the tools of the Digital Credentials Consortium that sign for it and for others.
import {createCredential as createBitstring, createList as createBits} from '@digitalbazaar/vc-bitstring-status-list';
import {createCredential as create2021, createList as create2021List} from '@digitalbazaar/vc-status-list';
import {itxt, png} from '../bake.mjs';
import {didKey, didKeyMethod, ed25519, uuid} from '../keys.mjs';
import {expect, file, json, OB3} from '../output.mjs';
import {both, CREATED, ED, issue} from '../sign.mjs';
import {DID1, didWebUrl, ED2020, host, OB302, OB303, STATUS2021, V1, V2} from '../world.mjs';

const SUITE = {suite: 'Ed25519Signature2020'}, LENGTH = 131072, GOOD = 9, REVOKED = 3;

export async function dcc() {
  await learn();
  await statusGit();
  await didWeb();
}

const nameOnly = name => [{type: 'IdentityObject', identityHash: name, identityType: 'name', hashed: false, salt: 'not-used'}];

// learn: no status, no end, no id of the learner: the name is all that says who.
async function learn() {
  const key = await ed25519('mit learn'), issuer = didKey(key), by = {key, method: didKeyMethod(key)};
  const certificate = (name, what, kind) => ({
    '@context': [V2, OB303, ED2020], id: `urn:uuid:${uuid(name)}`, type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: {id: issuer, type: ['Profile'], name: 'Example Learn', image: {id: 'https://learn.example.edu/images/red.png', type: 'Image', caption: 'Example Learn logo'}},
    validFrom: '2026-02-24T00:00:00Z',
    credentialSubject: {
      type: ['AchievementSubject'], activityStartDate: '2025-09-01T00:00:00Z', activityEndDate: '2026-02-24T00:00:00Z',
      identifier: nameOnly('Lin Example-Doe'),
      achievement: {
        id: `https://learn.example.edu/courses/${name}`, achievementType: kind, type: ['Achievement'],
        criteria: {narrative: '- Names what a model learns from\n- Says when not to use one'},
        description: `Lin Example-Doe has successfully completed all modules and earned a ${kind} Certificate in ${what}.`, name: what,
        image: {id: 'https://learn.example.edu/images/course.png', type: 'Image', caption: 'Example Learn Certificate logo'}
      }
    }
  });
  const demands = {issuers: [issuer], recipient: 'name=Lin Example-Doe', by: ED};
  const checks = {...OB3, status: 'skipped absent', recipient: 'passed'};
  const course = await issue(certificate('course-v1:ExampleX+AI', 'Foundations of Learning Machines', 'Course'), by, SUITE);
  expect('MIT Learn', 'mit-learn', file('mit-learn.json', json(course)), checks, demands);
  const changed = structuredClone(course);
  changed.credentialSubject.identifier[0].identityHash = 'Max Mustermann';
  expect('MIT Learn', 'mit-learn-altered', file('mit-learn-altered.json', json(changed)),
    {...checks, proof: 'failed proof.signature', issuer: 'skipped blocked'}, {...demands, recipient: 'name=Max Mustermann'});
  const program = await both(certificate('program-v1:ExampleX+AI', 'Learning Machines', 'Program'), by);
  expect('MIT Learn', 'mit-learn-two-proofs', file('mit-learn-two-proofs.json', json(program)), checks, {...demands, warnings: ['badge.value']});
}

// statusGit: data model 1.1, as the issuer coordinator with its git status service: the index is a number, and
// a context stands twice.
async function statusGit() {
  const key = await ed25519('dcc git'), issuer = didKey(key), by = {key, method: didKeyMethod(key)};
  const id = 'https://example-university.example.org/credential-status/XA5AAK1PV4', list = await create2021List({length: LENGTH});
  list.setStatus(REVOKED, true);
  const credential = await create2021({id, list, statusPurpose: 'revocation'});
  host(id, await issue({...credential, '@context': [V1, STATUS2021, ED2020], issuer, issuanceDate: CREATED}, by, SUITE));
  const make = async index => json(await issue({
    '@context': [V1, OB302, STATUS2021, ED2020, STATUS2021], id: `urn:uuid:${uuid(`dcc git ${index}`)}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: {id: issuer, type: ['Profile'], name: 'Dr Example', url: 'https://cs.example.edu/', image: {id: 'https://cs.example.edu/logo.jpg', type: 'Image'}},
    issuanceDate: '2026-01-01T00:00:00Z', name: 'Introduction to Computer Science',
    credentialSubject: {
      type: ['AchievementSubject'], identifier: [{type: 'IdentityObject', identityHash: 'lin.example@example.org', identityType: 'emailAddress', hashed: false}],
      achievement: {
        id: 'https://cs.example.edu/50', type: ['Achievement'], name: 'Introduction to Computer Science',
        description: 'Congratulates Lin Example on completion.', criteria: {narrative: 'Ten problem sets, ten labs, and one final project.'}
      }
    },
    credentialStatus: {id: `${id}#${index}`, type: 'StatusList2021Entry', statusPurpose: 'revocation', statusListIndex: index, statusListCredential: id}
  }, by, SUITE));
  const demands = {issuers: [issuer], recipient: 'emailAddress=lin.example@example.org', by: ED}, checks = {...OB3, recipient: 'passed'};
  expect('Digital Credentials Consortium', 'dcc-2021', file('dcc-2021.json', await make(GOOD)), checks, {...demands, warnings: ['tolerated.index_number']});
  expect('Digital Credentials Consortium', 'dcc-2021-revoked', file('dcc-2021-revoked.json', await make(REVOKED)),
    {...checks, status: 'failed status.revoked'}, {...demands, warnings: ['tolerated.index_number']});
}

// didWeb: data model 2.0 by a did:web whose document has the key inside "assertionMethod", of an older type, and
// a bitstring status list that a did:key signs.
async function didWeb() {
  const key = await ed25519('dcc web'), issuer = 'did:web:dcc.example.org:dcc-did-web', method = `${issuer}#${key.multikey}`;
  host(didWebUrl(issuer), {
    '@context': [DID1, ED2020, 'https://w3id.org/security/suites/x25519-2020/v1'], id: issuer,
    assertionMethod: [{id: method, type: 'Ed25519VerificationKey2020', controller: issuer, publicKeyMultibase: key.multikey}]
  });
  const id = 'https://status.dcc.example.org/e5WK8CbZ1GjycuPombrj', list = await createBits({length: LENGTH});
  list.setStatus(REVOKED, true);
  const credential = await createBitstring({id, list, statusPurpose: 'revocation'});
  host(id, await issue({...credential, '@context': [V2, ED2020], issuer, validFrom: '2026-01-09T15:20:02.183Z'}, {key, method}, SUITE));
  const make = async index => issue({
    type: ['VerifiableCredential', 'OpenBadgeCredential'], name: 'Teamwork Badge',
    issuer: {type: ['Profile'], name: 'Example Corp', id: issuer}, '@context': [V2, OB303, ED2020], validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      type: ['AchievementSubject'], id: 'did:example:lin',
      achievement: {
        id: 'https://example.com/achievements/21st-century-skills/teamwork', type: ['Achievement'], name: 'Masters',
        criteria: {narrative: 'Team members are nominated for this badge by their peers.'},
        description: 'This badge recognizes the capacity to collaborate within a group.'
      }
    },
    id: `urn:uuid:${uuid(`dcc web ${index}`)}`,
    credentialStatus: {
      id: `${id}#${index}`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListCredential: id, statusListIndex: String(index)
    }
  }, {key, method}, SUITE);
  const demands = {issuers: [issuer], recipient: 'id=did:example:lin', by: ED}, checks = {...OB3, recipient: 'passed'};
  const good = await make(GOOD);
  expect('Digital Credentials Consortium', 'dcc-web', file('dcc-web.json', json(good)), checks, demands);
  expect('Digital Credentials Consortium', 'dcc-web-baked', file('dcc-web.png', png(itxt('openbadgecredential', JSON.stringify(good)))), checks, demands);
  expect('Digital Credentials Consortium', 'dcc-web-revoked', file('dcc-web-revoked.json', json(await make(REVOKED))),
    {...checks, status: 'failed status.revoked'}, demands);
}
