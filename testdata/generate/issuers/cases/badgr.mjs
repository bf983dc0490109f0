// Badgr, which became Canvas Badges and Canvas Credentials, and what grew out of its source.
import {itxt, png, svg2} from '../bake.mjs';
import {EMAIL, HOSTED, WITHDRAWN, publish, recipient2} from '../hosted2.mjs';
import {ed25519, entity, sha256, uuid} from '../keys.mjs';
import {expect, file, json, OB3} from '../output.mjs';
import {careless, DI, issue} from '../sign.mjs';
import {correct, DID1, EXTENSIONS, host, OB2, OB303, V2} from '../world.mjs';

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
    WITHDRAWN, demands);
}

// newer is Open Badges 3.0 as Open Educational Badges issues it, whose server is a fork of Badgr's: the issuer is
// an https URL with a query, and each badge has a revocation list of its own.
async function newer() {
  const as = await issuer3('badgr issuer 3', false);
  const checks = {...OB3, recipient: 'passed'}, refused = code => ({...checks, proof: `failed ${code}`, issuer: 'skipped blocked', status: 'skipped blocked'});
  const list = (name, badge, outcome, {id}) => expect('Open Educational Badges (Badgr)', name, file(`${name}.json`, badge), outcome,
    {issuers: [id], recipient: `emailAddress=${EMAIL}`, by: DI});
  list('badgr-3', await badge3('badgr 3', as), refused('proof.method'), as);
  // The same by an issuer whose document is as it should be, and what else there is to say of such badges.
  const listed = await issuer3('badgr issuer 3 listed', true);
  list('badgr-3-listed', await badge3('badgr 3 listed', listed), checks, listed);
  // Where a course was held is said with words that no context defines, so that they are not signed.
  const more = {activityLocation: {type: ['Address'], addressLocality: 'Musterstadt', postalCode: '00000'}, activityFormat: 'Online'};
  list('badgr-3-place', await badge3('badgr 3 place', listed, {more, sign: careless}), refused('jsonld.undefined_term'), listed);
  list('badgr-3-revoked', await badge3('badgr 3 revoked', listed, {revoked: true}), {...checks, status: 'failed status.revoked'}, listed);
}

// issuer3 publishes an issuer. Its document has one method that is no list, of a type that is a proof's, and lists
// it for no purpose, unless it is listed.
async function issuer3(name, listed) {
  const page = `${API}/issuers/${entity(name)}`, id = `${page}?v=3_0`, key = await ed25519(name), by = correct(id, key, 'key-0');
  const profile = {id, type: ['Profile'], name: 'Example Volkshochschule', url: 'https://vhs.example.org', email: 'badges@vhs.example.org'};
  const method = {id: by.method, type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdf-2022', controller: id, publicKeyMultibase: key.multikey};
  host(id, {
    '@context': [V2, OB303, DID1], ...profile, description: 'Abends für alle.', alsoKnownAs: [page],
    ...(listed ? {verificationMethod: [{...method, type: 'Multikey', cryptosuite: undefined}], assertionMethod: [by.method]} :
      {controller: '', verificationMethod: method})
  });
  return {id, profile, by};
}

// badge3 is a badge by such an issuer, as text.
async function badge3(name, {id: issuer, profile, by}, {revoked, more, sign = issue} = {}) {
  const page = `${API}/assertions/${entity(name)}`, id = `${page}?v=3_0`, salt = uuid('badgr 3 salt').replaceAll('-', '');
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
  }, by));
}
