// Signatures and proofs over the inputs that draft-irtf-cfrg-bbs-signatures prints in its section 8.4 and
// appendix D, with its mocked random scalars: what comes out are the draft's own fixtures. The library
// exports no such seam, so its modules are imported by file.
import {createRequire} from 'node:module';
import {dirname} from 'node:path';
import {pathToFileURL} from 'node:url';

const require = createRequire(import.meta.url);
const lib = dirname(require.resolve.paths('@digitalbazaar/bbs-signatures')
  .map(p => `${p}/@digitalbazaar/bbs-signatures/package.json`)
  .find(p => { try { return require(p); } catch{ return false; } }));
const load = name => import(pathToFileURL(`${lib}/lib/bbs/${name}.js`));
const {ProofGen, ProofVerify, Sign, Verify} = await load('interface');
const {SkToPk} = await load('keypair');
const {CIPHERSUITES: {BLS12381_SHA256: ciphersuite}} = await load('ciphersuites');

const bytes = hex => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = value => Buffer.from(value).toString('hex');

const SK = 0x60e55110f76883a13d030b2f6bd11883422d5abde717569fc0731f51237169fcn;
const MESSAGES = [
  '9872ad089e452c7b6e283dfac2a80d58e8d0ff71cc4d5e310a1debdda4a45f02',
  'c344136d9ab02da4dd5908bbba913ae6f58c2cc844b802a6f811f5fb075f9b80',
  '7372e9daa5ed31e6cd5c825eac1b855e84476a1d94932aa348e07b73',
  '77fe97eb97a1ebe2e81e4e3597a3ee740a66e9ef2412472c',
  '496694774c5604ab1b2544eababcf0f53278ff50',
  '515ae153e22aae04ad16f759e07237b4',
  'd183ddc6e2665aa4e2f088af', 'ac55fb33a75909ed', '96012096', ''
];
const HEADER = '11223344556677889900aabbccddeeff';
const PRESENTATION = 'bed231d880675ed101ead304512e043ade9958dd0241ea70b4b3957fba941501';
const mocked_random_scalars_options = {
  seed: new TextEncoder().encode('3.141592653589793238462643383279'),
  dst: new TextEncoder().encode(`${ciphersuite.ciphersuite_id}H2G_HM2S_MOCK_RANDOM_SCALARS_DST_`)
};

const ALL = MESSAGES.map((_, i) => i), SOME = [0, 2, 4, 6];
const CASES = [
  {name: 'single message', messages: 1, disclosed: [0]},
  {name: 'all messages disclosed', messages: 10, disclosed: ALL},
  {name: 'some messages disclosed', messages: 10, disclosed: SOME},
  {name: 'no header', messages: 10, disclosed: SOME, header: ''},
  {name: 'no presentation header', messages: 10, disclosed: SOME, presentation: ''},
  {name: 'nothing disclosed', messages: 10, disclosed: []},
  {name: 'no message', messages: 0, disclosed: []}
];

export async function draft() {
  const PK = SkToPk({SK, ciphersuite});
  const cases = [];
  for(const {name, messages: count, disclosed, header = HEADER, presentation = PRESENTATION} of CASES) {
    const messages = MESSAGES.slice(0, count).map(bytes);
    const common = {PK, header: bytes(header), ciphersuite};
    const signature = await Sign({...common, SK, messages});
    const proof = await ProofGen({
      ...common, signature, messages, ph: bytes(presentation), disclosed_indexes: disclosed,
      mocked_random_scalars_options
    });
    const good = await Verify({...common, signature, messages}) && await ProofVerify({
      ...common, proof, ph: bytes(presentation), disclosed_messages: disclosed.map(i => messages[i]),
      disclosed_indexes: disclosed
    });
    if(!good) {
      throw new Error(`control failed: ${name}`);
    }
    cases.push({
      name, header, presentationHeader: presentation, messages: MESSAGES.slice(0, count), disclosed,
      signature: hex(signature), proof: hex(proof)
    });
  }
  return {publicKey: hex(PK), cases};
}
