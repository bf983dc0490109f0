// Badgr, which became Canvas Badges and Canvas Credentials, and what grew out of its source.
import {itxt, png, svg2} from '../bake.mjs';
import {EMAIL, HOSTED, publish, recipient2} from '../hosted2.mjs';
import {ed25519, entity, sha256, uuid} from '../keys.mjs';
import {expect, file, json, OB3} from '../output.mjs';
import {careless, DI, issue} from '../sign.mjs';
import {DID1, EXTENSIONS, host, MULTIKEY, OB2, OB303, V2} from '../world.mjs';

const API = 'https://api.badges.example.org/public';

export async function badgr() {
  older();
  await newer();
}

function older() {
  const issuer = {
    type: 'Issuer', id: `${API}/issuers/${entity('badgr issuer')}`, name: 'Example Faculty',
    url: 'https://faculty.example.edu', email: 'badges@faculty.example.edu', description: 'Teaches, mostly.'
  };
  const badge = {
    type: 'BadgeClass', id: `${API}/badges/${entity('badgr badge')}`, name: 'API Fundamentals',
    image: `${API}/badges/${entity('badgr badge')}/image`, description: 'Knows how programs talk.',
    criteria: {narrative: 'Complete the collection of *requests*.'}, issuer: issuer.id,
    alignment: [{targetName: 'Use APIs', targetUrl: 'https://skills.example.org/s/api', targetDescription: '', targetFramework: 'Example Skills', targetCode: 'A1'}],
    tags: ['api']
  };
  publish(badge, issuer);
  const assertion = name => ({
    '@context': OB2, type: 'Assertion', id: `${API}/assertions/${entity(name)}`, badge: badge.id,
    image: `${API}/assertions/${entity(name)}/image`, verification: {type: 'HostedBadge'},
    evidence: [{type: 'Evidence', id: 'https://work.example.org/lin/api', narrative: 'Thirty requests.'}],
    narrative: 'Well done.', issuedOn: '2026-03-02T09:00:00.120000+00:00', expires: '2031-03-02T09:00:00+00:00',
    recipient: recipient2(EMAIL, uuid(`${name} salt`).replaceAll('-', ''))
  });
  const demands = {issuers: [issuer.id], recipient: `emailAddress=${EMAIL}`};
  const good = assertion('badgr good');
  host(good.id, good);
  expect('Canvas Credentials, Badgr', 'badgr-2', file('badgr-2.json', json(good)), HOSTED, demands);
  // Baked, the badge class and the issuer stand inside.
  const baked = JSON.stringify({...good, badge: {'@context': OB2, ...badge, issuer: {'@context': OB2, ...issuer}}}, null, 2);
  expect('Canvas Credentials, Badgr', 'badgr-2-png', file('badgr-2.png', png(itxt('openbadges', baked))), HOSTED, demands);
  expect('Canvas Credentials, Badgr', 'badgr-2-svg', file('badgr-2.svg', svg2(baked, good.id)), HOSTED, demands);
  expect('Canvas Credentials, Badgr', 'badgr-2-recipient', 'badgr-2.json',
    {...HOSTED, recipient: 'failed recipient.mismatch'}, {...demands, recipient: 'emailAddress=somebody.else@example.org'});
  const revoked = assertion('badgr revoked');
  host(revoked.id, {'@context': OB2, type: 'Assertion', id: revoked.id, revoked: true, revocationReason: 'Awarded by mistake'});
  expect('Canvas Credentials, Badgr', 'badgr-2-revoked', file('badgr-2-revoked.json', json(revoked)),
    {...HOSTED, status: 'failed status.revoked'}, demands);
}

// newer is Open Badges 3.0 as forks of Badgr's server issue it: the issuer is an https URL with a query, and
// each badge has a revocation list of its own.
async function newer() {
  const issuer = `${API}/issuers/${entity('badgr issuer 3')}?v=3_0`, key = await ed25519('badgr 3');
  const profile = {id: issuer, type: ['Profile'], name: 'Example Volkshochschule', url: 'https://vhs.example.org', email: 'badges@vhs.example.org'};
  const method = {id: `${issuer}#key-0`, type: 'Multikey', controller: issuer, publicKeyMultibase: key.multikey};
  host(issuer, {'@context': [DID1, MULTIKEY, OB303], ...profile, verificationMethod: [method], assertionMethod: [method.id]});
  const salt = uuid('badgr 3 salt').replaceAll('-', '');
  const make = async (name, {revoked, more, sign = issue} = {}) => {
    const page = `${API}/assertions/${entity(name)}`, id = `${page}?v=3_0`;
    host(`${page}/revocations`, {
      id: `${page}/revocations`, issuer,
      revokedCredential: revoked ? [{id, revoked: true, revocationReason: 'Awarded by mistake'}] : []
    });
    return json(await sign({
      '@context': [V2, OB303, EXTENSIONS], id, type: ['VerifiableCredential', 'OpenBadgeCredential'], name: 'Erste Hilfe',
      evidence: [{id: 'https://vhs.example.org/courses/77', type: ['Evidence'], narrative: 'Teilnahme an zwei Tagen'}],
      issuer: profile, validFrom: '2026-03-02T09:00:00+00:00',
      credentialSubject: {
        type: ['AchievementSubject'],
        identifier: [{type: 'IdentityObject', identityHash: `sha256$${sha256(EMAIL + salt)}`, identityType: 'emailAddress', hashed: true, salt}],
        achievement: {
          id: `${API}/badges/${entity('badgr badge 3')}?v=3_0`, type: ['Achievement'], name: 'Erste Hilfe', achievementType: 'Badge',
          description: 'Weiß, was zu tun ist, bis Hilfe kommt.', criteria: {narrative: 'Zwei Tage, eine Übung.'},
          image: {id: `${page}/image`, type: 'Image'}
        },
        activityStartDate: '2026-02-28T09:00:00+00:00', activityEndDate: '2026-03-01T17:00:00+00:00', ...more
      },
      validUntil: '2028-03-02T09:00:00+00:00', credentialStatus: {id: `${page}/revocations`, type: '1EdTechRevocationList'}
    }, {key, method: method.id}));
  };
  const demands = {issuers: [issuer], recipient: `emailAddress=${EMAIL}`, by: DI}, checks = {...OB3, recipient: 'passed'};
  expect('Badgr (forks)', 'badgr-3', file('badgr-3.json', await make('badgr 3 good')), checks, demands);
  expect('Badgr (forks)', 'badgr-3-revoked', file('badgr-3-revoked.json', await make('badgr 3 revoked', {revoked: true})),
    {...checks, status: 'failed status.revoked'}, demands);
  // Where a course was held is said with words that no context defines, so that they are not signed.
  const more = {activityLocation: {type: ['Address'], addressLocality: 'Musterstadt', postalCode: '00000'}, activityFormat: 'Online'};
  const place = await make('badgr 3 place', {more, sign: careless});
  expect('Badgr (forks)', 'badgr-3-place', file('badgr-3-place.json', place),
    {...checks, proof: 'failed jsonld.undefined_term', issuer: 'skipped blocked', status: 'skipped blocked'}, demands);
}
