// An Open Badge 3.0 of data model 2.0.
export const badge = (id, issuer, subject, more = {}) => ({
  '@context': [
    'https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
  ],
  id, type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Teamwork', issuer: {id: issuer, type: ['Profile'], name: 'Example University'},
  validFrom: '2026-03-02T09:00:00Z', validUntil: '2099-12-31T23:59:59Z',
  credentialSubject: {
    id: subject, type: ['AchievementSubject'],
    identifier: [
      {type: 'IdentityObject', hashed: false, identityHash: 'ada@example.org', identityType: 'emailAddress'},
      {type: 'IdentityObject', hashed: false, identityHash: '0042', identityType: 'identifier'}
    ],
    achievement: {
      id: 'https://example.edu/achievements/teamwork', type: ['Achievement'], name: 'Teamwork',
      description: 'Recognizes the ability to work towards a goal within a group — Zusammenarbeit.',
      criteria: {narrative: 'Nominated by at least two peers and reviewed by a tutor.'},
      tag: ['teamwork', 'collaboration']
    }
  },
  ...more
});
