// Status: lists of every kind, and everything that can be wrong with one.
import {gzip} from 'pako';
import {simple} from '../lib/badges.mjs';
import {MALLORY, UNIVERSITY} from '../lib/actors.mjs';
import {EXTENSIONS, OB, V2} from '../lib/contexts.mjs';
import {didKey, didKeyMethod} from '../lib/keys.mjs';
import {jws} from '../lib/jwt.mjs';
import {by, issue, sign} from '../lib/sign.mjs';
import {
  GOOD, HOST, LENGTH, REVOKED, SUSPENDED, encodedList, entry, hostList, listCredential
} from '../lib/status.mjs';

const BY = by('eddsa-rdfc-2022');

export async function status(world, out, who) {
  const {ed, learner} = who;
  const university = {key: ed.university, method: `${UNIVERSITY}#key-1`};
  const mallory = {key: ed.mallory, method: `${MALLORY}#key-1`};
  const make = async (name, credentialStatus, code, options) =>
    out.json(name, await issue(world, simple(name, {issuer: UNIVERSITY, learner, credentialStatus}),
      {...university, status: false}), {by: BY, ...(code && {code}), ...options});

  await hostList(world, 'suspension', UNIVERSITY, university, {purpose: 'suspension', set: [SUSPENDED]});
  await make('status-good', entry('revocation', String(GOOD)));
  await make('status-revoked', entry('revocation', String(REVOKED)), 'status.revoked');
  await make('status-suspended', entry('suspension', String(SUSPENDED), 'suspension'), 'status.suspended');
  await make('status-two', [entry('revocation', String(GOOD)), entry('suspension', String(GOOD), 'suspension')]);
  await make('status-second-suspended',
    [entry('revocation', String(GOOD)), entry('suspension', String(SUSPENDED), 'suspension')], 'status.suspended');
  await make('status-last', entry('revocation', String(LENGTH - 1)));
  await make('status-beyond', entry('revocation', String(LENGTH)), 'status.index');
  await make('status-negative', entry('revocation', '-1'), 'status.malformed', {verdict: 'invalid'});
  await make('status-index-number', entry('revocation', GOOD));
  await make('status-index-number-revoked', entry('revocation', REVOKED), 'status.revoked');
  await make('status-purpose', entry('suspension', String(GOOD), 'revocation'), 'status.purpose');
  await make('status-unreachable', entry('gone'), 'status.unreachable');
  world.fail(`${HOST}/broken`, {error: 'connection reset'});
  await make('status-reset', entry('broken'), 'status.unreachable');
  await lists(world, make, university, mallory);
  await offline(world, out, who);
  await edtech(world, out, ed, learner, university);
}

// A badge whose key is in its issuer's name can be checked without a network, but for its status.
async function offline(world, out, {ed, learner}) {
  const issuer = didKey(ed.listkeeper), keeper = {key: ed.listkeeper, method: didKeyMethod(ed.listkeeper)};
  await hostList(world, 'listkeeper', issuer, keeper);
  const badge = simple('status-online', {issuer, learner, credentialStatus: entry('listkeeper')});
  out.json('status-online', await issue(world, badge, keeper), {by: BY});
  out.case('status-offline', 'status-online.json', {by: BY, evidence: null, offline: true, code: 'status.offline'});
}

async function lists(world, make, university, mallory) {
  const host = (name, list, type = 'application/vc') => world.host(`${HOST}/${name}`, list, type);
  const bad = (name, code = 'status.list_proof') => make(`status-list-${name}`, entry(name), code);
  host('unsigned', await listCredential('unsigned', UNIVERSITY));
  await bad('unsigned');
  const signed = await issue(world, await listCredential('tampered', UNIVERSITY), {...university, status: false});
  const clean = (await listCredential('tampered', UNIVERSITY, {set: []})).credentialSubject.encodedList;
  host('tampered', {...signed, credentialSubject: {...signed.credentialSubject, encodedList: clean}});
  await bad('tampered');
  await hostList(world, 'foreign', MALLORY, mallory);
  await bad('foreign');
  host('borrowed', await sign(world, await listCredential('borrowed', UNIVERSITY), mallory));
  await bad('borrowed');
  host('token', await jws({alg: 'EdDSA', typ: 'vc+jwt', kid: university.method},
    await listCredential('token', UNIVERSITY), university.key), 'application/vc+jwt');
  await make('status-list-token', entry('token'));
  await make('status-list-token-revoked', entry('token', String(REVOKED)), 'status.revoked');
  await hostList(world, 'expired', UNIVERSITY, {...university, now: new Date('2026-02-01T00:00:00Z')},
    {validUntil: '2026-03-01T00:00:00Z'});
  await bad('expired');
  await hostList(world, 'short', UNIVERSITY, university, {length: 16384, set: []});
  await bad('short', 'status.list_short');
  await hostList(world, 'not-gzip', UNIVERSITY, university, {encodedList: 'u' + Buffer.alloc(64, 7).toString('base64url')});
  await bad('not-gzip');
  await hostList(world, 'long', UNIVERSITY, university, {encodedList: encodedList(Buffer.alloc(64 << 20))});
  await make('status-list-long', entry('long'));
  const whole = Buffer.from(gzip(Buffer.alloc(LENGTH / 8), {level: 9}));
  whole[whole.length - 6] ^= 1;
  await hostList(world, 'checksum', UNIVERSITY, university, {encodedList: 'u' + whole.toString('base64url')});
  await bad('checksum');
  await hostList(world, 'recursive', UNIVERSITY, university, {credentialStatus: entry('recursive', '1')});
  await make('status-list-recursive', entry('recursive'));
  host('page', '<!DOCTYPE html><title>Not a list</title>\n', 'text/html');
  await bad('page');
}

// The 1EdTech revocation list is a plain document, with the member spelled in two ways.
async function edtech(world, out, ed, learner, university) {
  const REVOCATIONS = 'https://status.example.edu/1edtech';
  const make = async (name, list, code) => {
    const credentialStatus = {id: `${REVOCATIONS}/${list}`, type: '1EdTechRevocationList'};
    const badge = simple(name, {issuer: UNIVERSITY, learner, credentialStatus, contexts: [V2, OB('3.0.3'), EXTENSIONS]});
    const signed = await issue(world, badge, {...university, status: false});
    out.json(name, signed, {by: BY, ...(code && {code})});
    return signed.id;
  };
  const revoked = await make('1edtech-revoked', 'list', 'status.revoked');
  const other = await make('1edtech-revoked-other-spelling', 'older', 'status.revoked');
  await make('1edtech-good', 'list');
  await make('1edtech-unreachable', 'gone', 'status.unreachable');
  await make('1edtech-foreign', 'foreign', 'status.list_proof');
  const host = (name, member, id, issuer = UNIVERSITY) => world.host(`${REVOCATIONS}/${name}`, {
    id: `${REVOCATIONS}/${name}`, issuer, [member]: [{id, revoked: true, revocationReason: 'Awarded by mistake'}]
  });
  host('list', 'revokedCredential', revoked);
  host('older', 'revokedCredentials', other);
  host('foreign', 'revokedCredential', 'urn:uuid:0', MALLORY);
}
