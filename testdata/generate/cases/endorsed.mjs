// Badges with endorsements in every place where they may stand, good ones and all that can be wrong with one. The
// badge itself is genuine each time: its issuer has signed what is in it.
import {endorsement, profile, simple, simple1, uuid} from '../lib/badges.mjs';
import {COUNCIL, MALLORY, UNIVERSITY} from '../lib/actors.mjs';
import {DI2, OB, V1} from '../lib/contexts.mjs';
import {council, endorse, endorsementJwt} from '../lib/endorse.mjs';
import {jws, payload2} from '../lib/jwt.mjs';
import {by, issue, sign} from '../lib/sign.mjs';
import {REVOKED, entry, hostList} from '../lib/status.mjs';

const BY = by('eddsa-rdfc-2022');
const ACHIEVEMENT = 'https://example.edu/achievements/teamwork';
const SCHOOL = 'https://school.example.edu/', OWNER = 'https://owner.example.org/';

export async function endorsed(world, out, who) {
  const {ed, learner} = who;
  const university = {key: ed.university, method: `${UNIVERSITY}#key-1`};
  const badge = (name, more = {}) => simple(name, {issuer: UNIVERSITY, learner, ...more});
  const make = async (name, credential, code, options) => out.json(name, await issue(world, credential, {...university, ...options}),
    {by: BY, ...(code && {code, check: 'badge.endorsements'})});
  const about = (name, id, more) => endorse(world, `${name}-endorsement`, id, ed.council, more);
  await places(make, badge, about);
  await wrong(world, out, ed, make, badge, about);
  await inJwt(world, out, ed, make, badge, about, university);
}

// places has one endorsement in each place, then all of them.
async function places(make, badge, about) {
  const put = {
    credential: c => [c, c.id],
    issuer: c => [c.issuer, UNIVERSITY],
    achievement: c => [c.credentialSubject.achievement, ACHIEVEMENT],
    creator: c => [c.credentialSubject.achievement.creator = profile(OWNER, 'Example Owner'), OWNER],
    source: c => [c.credentialSubject.source = profile(SCHOOL, 'Example School'), SCHOOL],
    'parent-org': c => [c.issuer.parentOrg = profile(OWNER, 'Example Owner'), OWNER]
  };
  const all = badge('endorsed-all');
  for(const [place, at] of Object.entries(put)) {
    const name = `endorsed-${place}`, one = badge(name);
    const [holder, id] = at(one);
    holder.endorsement = [await about(name, id)];
    await make(name, one);
    if(place !== 'creator') {
      const [again, same] = at(all);
      again.endorsement = [await about(`${name}-of-all`, same)];
    }
  }
  await make('endorsed-all', all);
  const old = simple1('endorsed-1.1', {issuer: UNIVERSITY, learner: all.credentialSubject.id, contexts: [V1, OB('3.0.2'), DI2]});
  const {validFrom, validUntil, ...rest} = endorsement('endorsed-1.1-endorsement', {about: old.id, issuer: COUNCIL, contexts: [V1, OB('3.0.2'), DI2]});
  old.endorsement = [await about('endorsed-1.1', old.id, {contexts: [V1, OB('3.0.2'), DI2], validFrom: undefined, validUntil: undefined,
    issuanceDate: validFrom, expirationDate: validUntil})];
  await make('endorsed-1.1', old);
}

// wrong is a badge each with an endorsement that does not count.
async function wrong(world, out, ed, make, badge, about) {
  const on = async (name, endorse, code) => {
    const one = badge(name);
    one.endorsement = [await endorse(one.id, name)].flat();
    await make(name, one, code);
  };
  const plain = (name, id, issuer = COUNCIL, more = {}) => endorsement(`${name}-endorsement`, {about: id, issuer, ...more});
  await on('endorsed-something-else', (id, name) => about(name, ACHIEVEMENT), 'endorsement.target');
  await on('endorsed-another-badge', (id, name) => about(name, uuid('another badge')), 'endorsement.target');
  await on('endorsed-by-a-badge', async (id, name) => issue(world, simple(`${name}-endorsement`, {issuer: COUNCIL, learner: id}), council(ed.council)),
    'endorsement.type');
  await on('endorsed-expired', (id, name) => about(name, id, {validUntil: '2026-06-30T00:00:00Z', options: {now: new Date('2026-06-01T00:00:00Z')}}),
    'validity.expired');
  await hostList(world, 'council', COUNCIL, council(ed.council));
  await on('endorsed-status', (id, name) => about(name, id, {credentialStatus: entry('council')}));
  await on('endorsed-revoked', (id, name) => about(name, id, {credentialStatus: entry('council', String(REVOKED)), options: {status: false}}),
    'status.revoked');
  await on('endorsed-forged', (id, name) => sign(world, plain(name, id), {key: ed.mallory, method: `${MALLORY}#key-1`}), 'proof.controller');
  await on('endorsed-tampered', async (id, name) => {
    const one = await about(name, id);
    one.credentialSubject.endorsementComment = 'The best there is.';
    return one;
  }, 'proof.signature');
  await on('endorsed-unsigned', (id, name) => plain(name, id), 'proof.missing');
  await on('endorsed-one-of-two', async (id, name) => [await about(name, id), plain(`${name}-second`, id)], 'proof.missing');
  await on('endorsed-by-a-stranger', (id, name) => sign(world, plain(name, id, 'did:web:gone.example'),
    {key: ed.mallory, method: 'did:web:gone.example#key-1'}), 'key.unresolved');
  const deep = name => async id => about(name, id, {issuer: {
    ...profile(COUNCIL, 'Example Council'), endorsement: [await about(`${name}-of-the-council`, COUNCIL,
      name.endsWith('expired') ? {validUntil: '2026-06-30T00:00:00Z', options: {now: new Date('2026-06-01T00:00:00Z')}} : {})]
  }});
  await on('endorsed-deep', deep('endorsed-deep'));
  await on('endorsed-deep-expired', deep('endorsed-deep-expired'), 'validity.expired');
}

// inJwt has endorsements as compact JWS, and badges that are one.
async function inJwt(world, out, ed, make, badge, about, university) {
  const on = async (name, endorse, code) => {
    const one = badge(name);
    one.endorsementJwt = [await endorse(one.id, `${name}-endorsement`)];
    await make(name, one, code, {content: 1});
  };
  await on('endorsed-jwt', (id, name) => endorsementJwt(name, id, ed.council));
  await on('endorsed-jwt-something-else', (id, name) => endorsementJwt(name, ACHIEVEMENT, ed.council), 'endorsement.target');
  await on('endorsed-jwt-tampered', async (id, name) => {
    const [header, , signature] = (await endorsementJwt(name, ACHIEVEMENT, ed.council)).split('.');
    const [, payload] = (await endorsementJwt(name, id, ed.council)).split('.');
    return `${header}.${payload}.${signature}`;
  }, 'proof.signature');
  await on('endorsed-jwt-expired', (id, name) => endorsementJwt(name, id, ed.council, {validUntil: '2026-06-30T00:00:00Z'}), 'validity.expired');
  const plain = await issue(world, badge('endorsed-jwt-added'), university);
  out.json('endorsed-jwt-added', {...plain, endorsementJwt: [await endorsementJwt('endorsed-jwt-added-endorsement', plain.id, ed.council)]},
    {by: `${BY}, jose`, code: 'jsonld.undefined_term'});
  for(const [name, id, code] of [['jwt-endorsed', null, ''], ['jwt-endorsed-something-else', ACHIEVEMENT, 'endorsement.target']]) {
    const one = badge(name);
    one.endorsement = [await about(name, id ?? one.id)];
    one.endorsementJwt = [await endorsementJwt(`${name}-jwt`, one.id, ed.council)];
    const token = await jws({alg: 'EdDSA', typ: 'JWT', kid: university.method}, payload2(one), university.key);
    out.badge(name, 'jwt', token + '\n', {by: `jose, ${BY}`, ...(code && {code})});
  }
}
