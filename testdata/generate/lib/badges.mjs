// The badges: what issuers in the field award, at made-up institutions.
import {createHash} from 'node:crypto';
import {CLR, DI2, OB, V1, V2} from './contexts.mjs';

export const UNTIL = '2099-12-31T23:59:59Z';
export const EMAIL = 'ada@example.org';
export const SALT = 'm3nd0cin0';

// uuid is a name-based UUID, so that every badge has its own id and each run the same.
export function uuid(name) {
  const h = createHash('sha256').update(name).digest().subarray(0, 16);
  h[6] = h[6] & 0x0f | 0x80;
  h[8] = h[8] & 0x3f | 0x80;
  const x = h.toString('hex');
  return `urn:uuid:${x.slice(0, 8)}-${x.slice(8, 12)}-${x.slice(12, 16)}-${x.slice(16, 20)}-${x.slice(20)}`;
}

export const hashed = (value, salt = '', type = 'emailAddress') => ({
  type: 'IdentityObject', hashed: true, identityType: type, ...(salt && {salt}),
  identityHash: 'sha256$' + createHash('sha256').update(value + salt).digest('hex')
});

export const plain = (value, type = 'emailAddress') => ({
  type: 'IdentityObject', hashed: false, identityHash: value, identityType: type
});

export function profile(id, name = 'Example University') {
  return {id, type: ['Profile'], name, url: 'https://example.edu/', email: 'badges@example.edu'};
}

// simple is a small badge of data model 2.0.
export function simple(name, {issuer, learner, contexts = [V2, OB('3.0.3')], ...more}) {
  return {
    '@context': contexts, id: uuid(name), type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Teamwork', issuer: typeof issuer === 'string' ? profile(issuer) : issuer,
    validFrom: '2026-03-02T09:00:00Z', validUntil: UNTIL,
    credentialSubject: {
      ...(learner && {id: learner}), type: ['AchievementSubject'], achievement: teamwork()
    },
    ...more
  };
}

// simple1 is the same in data model 1.1.
export function simple1(name, options) {
  const {validFrom, validUntil, ...rest} = simple(
    name, {contexts: [V1, OB('3.0.2'), DI2], ...options});
  return {...rest, issuanceDate: validFrom, expirationDate: validUntil};
}

// endorsement is what a council says about the thing with the id about.
export function endorsement(name, {about, issuer, contexts = [V2, OB('3.0.3')], ...more}) {
  return {
    '@context': contexts, id: uuid(name), type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Endorsement', issuer: typeof issuer === 'string' ? profile(issuer, 'Example Council') : issuer,
    validFrom: '2026-03-01T09:00:00Z', validUntil: UNTIL,
    credentialSubject: {id: about, type: ['EndorsementSubject'], endorsementComment: 'Well made, and fairly assessed.'},
    ...more
  };
}

// record is a comprehensive learner record that holds these credentials.
export function record(name, {issuer, learner, contexts = [V2, CLR, OB('3.0.3')], credentials, ...more}) {
  return {
    '@context': contexts, id: uuid(name), type: ['VerifiableCredential', 'ClrCredential'],
    name: 'Transcript', issuer: profile(issuer), validFrom: '2026-03-02T09:00:00Z', validUntil: UNTIL,
    credentialSubject: {id: learner, type: ['ClrSubject'], verifiableCredential: credentials},
    ...more
  };
}

function teamwork() {
  return {
    id: 'https://example.edu/achievements/teamwork', type: ['Achievement'],
    achievementType: 'Badge', name: 'Teamwork',
    description: 'Recognizes the ability to work towards a goal within a group.',
    criteria: {narrative: 'Nominated by at least two peers and reviewed by a tutor.'},
    image: {
      id: 'https://example.edu/achievements/teamwork.png', type: 'Image', caption: 'Teamwork badge'
    },
    tag: ['teamwork', 'collaboration']
  };
}

// complete has nearly everything that badges in circulation carry.
export function complete({issuer, learner, credentialStatus}) {
  return {
    '@context': [V2, OB('3.0.3')],
    id: 'https://badges.example.edu/credentials/2026/0042',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Foundations of Data Analysis',
    description: 'Awarded for completing the course “Foundations of Data Analysis”.',
    image: {
      id: 'https://badges.example.edu/images/data-analysis.png', type: 'Image',
      caption: 'A blue rosette with a bar chart'
    },
    awardedDate: '2026-02-27T15:00:00+01:00',
    issuer: {
      ...profile(issuer), description: 'A university that exists in documentation only.',
      image: {id: 'https://badges.example.edu/images/logo.png', type: 'Image', caption: 'University logo'},
      address: {
        type: ['Address'], addressCountry: 'Switzerland', addressCountryCode: 'CH',
        addressLocality: 'Zürich', streetAddress: 'Musterstraße 1', postalCode: '8000'
      },
      otherIdentifier: [{type: 'IdentifierEntry', identifier: '8000-1', identifierType: 'identifier'}]
    },
    validFrom: '2026-03-01T00:00:00Z', validUntil: UNTIL,
    credentialSubject: {
      id: learner, type: ['AchievementSubject'],
      identifier: [hashed(EMAIL, SALT)],
      activityStartDate: '2025-09-15T08:00:00+02:00', activityEndDate: '2026-02-20T16:00:00+01:00',
      creditsEarned: 6, role: 'Participant', term: 'Autumn 2025',
      narrative: 'Built a dashboard of the city’s air quality — and explained its gaps.',
      achievement: dataAnalysis(issuer),
      result: [{
        type: ['Result'], resultDescription: 'urn:uuid:0f3c8a3e-6f5c-4c33-9d2a-9a6f3f1e7c11', value: '5.5'
      }]
    },
    evidence: [{
      id: 'https://badges.example.edu/evidence/2026/0042', type: ['Evidence'],
      name: 'Air quality dashboard', description: 'The final project of the course.',
      genre: 'Project', audience: 'Public',
      narrative: 'A dashboard of hourly measurements.\nIt names each station that was out of order.'
    }],
    credentialStatus
  };
}

function dataAnalysis(issuer) {
  return {
    id: 'https://badges.example.edu/achievements/data-analysis', type: ['Achievement'],
    achievementType: 'Course', humanCode: 'DA-101', inLanguage: 'en',
    name: 'Foundations of Data Analysis', fieldOfStudy: 'Statistics', creditsAvailable: 6,
    description: 'Collecting, cleaning, describing and showing data; café queues as a case study.',
    creator: profile(issuer),
    criteria: {
      id: 'https://badges.example.edu/achievements/data-analysis/criteria',
      narrative: '# Criteria\n\n1. Hand in *five* of six exercises.\n2. Present a project.\n3. Pass the exam (≥ 4.0).'
    },
    image: {
      id: 'https://badges.example.edu/images/data-analysis.png', type: 'Image',
      caption: 'A blue rosette with a bar chart'
    },
    alignment: [{
      type: ['Alignment'], targetCode: 'S1.8.1', targetName: 'analyse data',
      targetDescription: 'Collects data and evaluates it to find patterns.',
      targetFramework: 'Example Skills Framework', targetType: 'CFItem',
      targetUrl: 'https://skills.example.org/s/1.8.1'
    }],
    resultDescription: [{
      id: 'urn:uuid:0f3c8a3e-6f5c-4c33-9d2a-9a6f3f1e7c11', type: ['ResultDescription'],
      name: 'Final grade', resultType: 'LetterGrade', allowedValue: ['4.0', '4.5', '5.0', '5.5', '6.0']
    }],
    tag: ['data', 'statistics', 'visualisation']
  };
}

// unicode is a badge whose words need more than ASCII, with lines of text.
export function unicode(name, options) {
  const badge = simple(name, options);
  badge.name = 'Prüfung „Grundlagen der Statistik“';
  const achievement = badge.credentialSubject.achievement;
  achievement.name = 'Grundlagen der Statistik — 統計学の基礎';
  achievement.criteria.narrative = 'Prüfung bestanden:\n- Übungen: ≥ 80 %\n- Präsentation: naïve Schätzer 😀';
  return badge;
}
