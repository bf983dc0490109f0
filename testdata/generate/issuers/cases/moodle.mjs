// Moodle and Accredible: Open Badges 2.0, hosted.
import {itxt, png, text} from '../bake.mjs';
import {EMAIL, GONE, HOSTED, publish, recipient2} from '../hosted2.mjs';
import {sha256, uuid} from '../keys.mjs';
import {expect, file, json} from '../output.mjs';
import {host, OB2} from '../world.mjs';

const SITE = 'https://moodle.example.edu', SALT = 'badges1780000000';

// moodle: "verify" of Open Badges 1 where 2.0 has "verification", the badge class and the issuer inside, and one
// salt for the whole site.
export function moodle() {
  const issuer = {
    name: 'Example Moodle', url: SITE, email: 'badges@moodle.example.edu', '@context': OB2,
    id: `${SITE}/badges/json/issuer.php?obversion=v2p0&badgeid=7`, type: 'Issuer'
  };
  const badge = {
    '@context': OB2, id: `${SITE}/badges/json/badge.php?id=7&obversion=v2p0`, type: 'BadgeClass', name: 'Course completed',
    description: 'Finished all activities.', version: '1.0', '@language': 'en',
    image: `${SITE}/pluginfile.php/1/badges/badgeimage/7/f3`,
    criteria: {id: `${SITE}/badges/badgeclass.php?id=7`, narrative: 'Users are awarded this badge when they complete the following requirement:\n * The course "Statics" must be completed'},
    issuer, tags: ['statics']
  };
  host(issuer.id, issuer);
  host(badge.id, badge);
  const assertion = name => {
    const hash = sha256(name).slice(0, 40), id = `${SITE}/badges/json/assertion.php?b=${hash}&obversion=v2p0`;
    return {
      '@context': OB2, type: 'Assertion', id, recipient: recipient2(EMAIL, SALT), verify: {type: 'hosted', url: id},
      issuedOn: '2026-03-02T10:00:00+01:00', badge, evidence: `${SITE}/badges/badge.php?hash=${hash}`, tags: ['statics']
    };
  };
  const demands = {issuers: [issuer.id], recipient: `emailAddress=${EMAIL}`};
  const good = assertion('moodle good');
  host(good.id, good);
  expect('Moodle', 'moodle-2', file('moodle-2.png', png(itxt('openbadges', JSON.stringify(good)), {last: true})), HOSTED, demands);
  expect('Moodle', 'moodle-2-json', file('moodle-2.json', json(good)), HOSTED, demands);
  // Older versions wrote nothing but the address, in a chunk for Latin-1.
  expect('Moodle', 'moodle-url', file('moodle-url.png', png(text('openbadges', good.id), {last: true})), HOSTED, demands);
  const revoked = assertion('moodle revoked');
  host(revoked.id, {id: revoked.id, revoked: true}, {status: 410});
  expect('Moodle', 'moodle-2-revoked', file('moodle-2-revoked.json', json(revoked)), GONE, demands);
  const altered = structuredClone(good);
  altered.recipient = recipient2('somebody.else@example.org', SALT);
  expect('Moodle', 'moodle-2-altered', file('moodle-2-altered.json', json(altered)),
    {...HOSTED, recipient: 'failed recipient.mismatch'}, {...demands, recipient: 'emailAddress=somebody.else@example.org'});
}

// accredible: its addresses are public; what it answers there is not among the sources, and plain here.
export function accredible() {
  const API = 'https://api.accredited.example.com/v1/obi', issuer = `${API}/issuers/77`, badge = `${API}/badge_classes/501`;
  publish({
    id: badge, type: 'BadgeClass', name: 'Certified Educator', description: 'Teaches with tools.',
    image: 'https://images.accredited.example.com/501.png', criteria: 'https://accredited.example.com/groups/501', issuer
  }, {id: issuer, type: 'Profile', name: 'Example for Education', url: 'https://edu.example.com', email: 'edu@example.com'});
  const assertion = name => ({
    '@context': OB2, type: 'Assertion', id: `${API}/badge_assertions/${uuid(name)}`, badge, issuedOn: '2026-03-02T00:00:00Z',
    expires: '2029-03-02T00:00:00Z', recipient: recipient2(EMAIL, 'accredited'), verification: {type: 'hosted'}
  });
  const demands = {issuers: [issuer], recipient: `emailAddress=${EMAIL}`};
  const good = assertion('accredible good'), revoked = assertion('accredible revoked');
  host(good.id, good);
  host(revoked.id, 'Gone\n', {status: 410, type: 'text/plain'});
  expect('Accredible', 'accredible-2', file('accredible-2.json', json(good)), HOSTED, demands);
  expect('Accredible', 'accredible-2-revoked', file('accredible-2-revoked.json', json(revoked)), GONE, demands);
}
