// SD-JWTs: badges of the W3C data model, and SD-JWT VCs of the IETF.
import {createHash} from 'node:crypto';
import {SDJwtInstance} from '@sd-jwt/core';
import {badge} from './badge.mjs';
import {curve, didJwk, edwards} from './keys.mjs';

const issuer = edwards('sd-jwt issuer'), holder = edwards('sd-jwt holder'), holder256 = curve('sd-jwt holder', 'P-256');
const web = curve('sd-jwt web issuer', 'P-256');
const WEB = 'https://issuer.example.edu/programmes/a';
const IAT = 1774000000; // 2026-03-20
const encode = signature => Buffer.from(signature).toString('base64url');
const signer = key => async data => encode(key.sign(Buffer.from(data)));
const verifier = key => async (data, signature) => key.verify(Buffer.from(data), Buffer.from(signature, 'base64url'));

// hasher and salts are what a caller has to give to the library.
const hasher = (data, alg) => new Uint8Array(createHash(alg.replace('-', '')).update(Buffer.from(data)).digest());
function salts(name) {
  let n = 0;
  return length => createHash('sha256').update(`${name} ${n++}`).digest('hex').slice(0, length);
}

// make lets the library issue an SD-JWT, present part of it, bind it, and verify what comes out.
async function make(name, {key, header, payload, frame, show, kb, kbKey, hashAlg = 'sha-256'}) {
  const instance = new SDJwtInstance({
    signer: signer(key), signAlg: key.alg, verifier: verifier(key), hasher, hashAlg, saltGenerator: salts(name),
    ...(kb && {kbSigner: signer(kbKey), kbSignAlg: kbKey.alg, kbVerifier: verifier(kbKey)})
  });
  const issued = await instance.issue(payload, frame, {header});
  const shown = show ? await instance.present(issued, show, kb && {kb: {payload: kb}}) : issued;
  await instance.verify(shown, {
    currentDate: IAT + 100, ...(kb && {keyBindingNonce: kb.nonce})
  });
  return shown + '\n';
}

export async function sdjwt() {
  const did = didJwk(issuer), subject = 'did:example:ada';
  const header = {typ: 'vc+sd-jwt', cty: 'vc', kid: `${did}#0`};
  const frame = {
    _sd: ['name', 'description'], _sd_decoy: 2,
    credentialSubject: {
      _sd: ['id', 'identifier'], identifier: {_sd: [0, 1], _sd_decoy: 1},
      achievement: {_sd: ['criteria'], tag: {_sd: [0, 1]}}
    }
  };
  const subjectShown = {id: true, identifier: {0: true}, achievement: {criteria: true, tag: {1: true}}};
  const cnf = key => ({cnf: {jwk: key.jwk}});
  const kb = {iat: IAT + 50, nonce: 'n-0S6_WzA2Mj', aud: 'https://verifier.example.com'};
  const w3c = (n, more) => badge(`urn:uuid:00000000-0000-4000-8000-00000000000${n}`, did, subject, {
    description: 'Awarded for working in a team.', ...more
  });
  const vct = {
    iss: WEB, iat: IAT, nbf: IAT, exp: 4102444799, vct: 'https://credentials.example.edu/membership',
    ...cnf(holder256), given_name: 'Ada', family_name: 'Lovelace', email: 'ada@example.org',
    address: {street_address: 'Musterstraße 1', locality: 'Zürich', country: 'CH'},
    nationalities: ['CH', 'GB'], age_equal_or_over: {'18': true}
  };
  const vctFrame = {
    _sd: ['given_name', 'family_name', 'email', 'address'], _sd_decoy: 3,
    address: {_sd: ['street_address', 'locality']}, nationalities: {_sd: [0, 1]}
  };
  const out = {
    'badge.sdjwt': await make('badge', {
      key: issuer, header, payload: w3c(1), frame, show: {name: true, credentialSubject: subjectShown}
    }),
    'badge-all.sdjwt': await make('badge-all', {key: issuer, header, payload: w3c(2), frame, hashAlg: 'sha-384'}),
    'badge-bound.sdjwt': await make('badge-bound', {
      key: issuer, header, payload: w3c(3, cnf(holder)), frame, show: {name: true, credentialSubject: subjectShown},
      kb, kbKey: holder
    }),
    'badge-none.sdjwt': await make('badge-none', {key: issuer, header, payload: w3c(4), frame, show: {}}),
    'vct.sdjwt': await make('vct', {
      key: web, header: {typ: 'dc+sd-jwt', kid: 'key-1'}, payload: vct, frame: vctFrame,
      show: {given_name: true, address: {locality: true}, nationalities: {0: true}}
    }),
    'vct-bound.sdjwt': await make('vct-bound', {
      key: web, header: {typ: 'dc+sd-jwt', kid: 'key-1'}, payload: vct, frame: vctFrame,
      show: {given_name: true, nationalities: {1: true}}, kb, kbKey: holder256
    }),
    'vct-older.sdjwt': await make('vct-older', {
      key: issuer, header: {typ: 'vc+sd-jwt', kid: '#0'}, payload: {...vct, iss: did}, frame: vctFrame,
      show: {given_name: true}, hashAlg: 'sha-512'
    })
  };
  const metadata = JSON.stringify({issuer: WEB, jwks: {keys: [{...web.jwk, kid: 'key-1', alg: 'ES256', use: 'sig'}]}});
  out['evidence.json'] = JSON.stringify({
    version: 1, recordedAt: '2026-11-22T00:00:00Z', documents: [{
      url: 'https://issuer.example.edu/.well-known/jwt-vc-issuer/programmes/a', fetchedAt: '2026-11-22T00:00:00Z',
      status: 200, mediaType: 'application/json',
      sha256: createHash('sha256').update(metadata).digest('hex'), text: metadata
    }]
  }, null, 1) + '\n';
  return out;
}
