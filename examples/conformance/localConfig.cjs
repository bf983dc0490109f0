// Tells the W3C suites for Data Integrity, the data model and status lists where the example server
// listens. They read a file of this name from their own folder.
const base = process.env.BASE_URL || 'http://localhost:8080';

const verifier = {
  id: 'https://github.com/badgeproof/badgeproof',
  endpoint: `${base}/credentials/verify?policy=conformance`,
  tags: [
    'eddsa-rdfc-2022', 'eddsa-jcs-2022', 'ecdsa-rdfc-2019', 'ecdsa-jcs-2019', 'ecdsa-sd-2023', 'bbs-2023',
    'Ed25519Signature2020', 'BitstringStatusList', 'vc2.0', 'localhost',
  ],
  supports: {vc: ['1.1', '2.0']},
  supportedEcdsaKeyTypes: ['P-256', 'P-384'],
};

module.exports = {
  settings: {enableInteropTests: false, testAllImplementations: false},
  implementations: [{
    name: 'Badgeproof',
    implementation: 'Badgeproof example server',
    verifiers: [verifier],
    vpVerifiers: [{...verifier, endpoint: `${base}/presentations/verify?policy=conformance`}],
  }],
};
