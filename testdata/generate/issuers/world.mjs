// What the issuers host, as one evidence bundle, and the document loader of the signing libraries, which sees
// these documents and the JSON-LD contexts that the library embeds, and nothing else.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';

const RECORDED = '2026-11-22T00:00:00Z';

export const V1 = 'https://www.w3.org/2018/credentials/v1';
export const V2 = 'https://www.w3.org/ns/credentials/v2';
export const OB300 = 'https://purl.imsglobal.org/spec/ob/v3p0/context.json';
export const OB302 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json';
export const OB303 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
export const ED2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';
export const STATUS2021 = 'https://w3id.org/vc/status-list/2021/v1';
export const OB2 = 'https://w3id.org/openbadges/v2';
export const SCHEMA_ORG = 'https://schema.org/';
export const DID1 = 'https://www.w3.org/ns/did/v1';
export const MULTIKEY = 'https://w3id.org/security/multikey/v1';

const read = name => JSON.parse(readFileSync(new URL(`../../../vc/contexts/files/${name}.jsonld`, import.meta.url)));
const contexts = new Map(Object.entries({
  [V1]: 'credentials-v1', [V2]: 'credentials-v2', [OB300]: 'openbadges-3.0.0', [OB302]: 'openbadges-3.0.2',
  [OB303]: 'openbadges-3.0.3', [EXTENSIONS]: 'openbadges-extensions', [ED2020]: 'ed25519-2020-v1',
  [STATUS2021]: 'status-list-2021-v1', [DID1]: 'did-v1', [MULTIKEY]: 'multikey-v1'
}).map(([url, name]) => [url, read(name)]));
// The context of schema.org is large; what matters here is that every word has a meaning in it.
contexts.set(SCHEMA_ORG, {'@context': {'@vocab': 'http://schema.org/', type: '@type', id: '@id'}});

const documents = new Map();

// host puts value (an object, a string or bytes) at url; options are a status or a media type of its own.
export function host(url, value, {status = 200, type = 'application/json'} = {}) {
  if(documents.has(url)) {
    throw new Error(`two documents at ${url}`);
  }
  const bytes = Buffer.isBuffer(value) ? value :
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  documents.set(url, {status, mediaType: type, bytes, text: !Buffer.isBuffer(value)});
}

// bundle is an evidence bundle, format version 1.
export function bundle() {
  const sorted = [...documents].sort(([a], [b]) => a < b ? -1 : 1);
  return {version: 1, recordedAt: RECORDED, documents: sorted.map(([url, d]) => ({
    url, fetchedAt: RECORDED, status: d.status, mediaType: d.mediaType,
    sha256: createHash('sha256').update(d.bytes).digest('hex'),
    ...(d.text ? {text: d.bytes.toString('utf8')} : {body: d.bytes.toString('base64')})
  }))};
}

export function didWebUrl(did) {
  const [name, ...path] = did.slice('did:web:'.length).split(':');
  return `https://${decodeURIComponent(name)}/${path.length ? path.join('/') : '.well-known'}/did.json`;
}

const multikey = (id, controller, key) => ({id, type: 'Multikey', controller, publicKeyMultibase: key.multikey});

// hostDid publishes the DID document of a did:web with one key, as a Multikey.
export function hostDid(did, fragment, key) {
  const method = multikey(`${did}#${fragment}`, did, key);
  host(didWebUrl(did), {
    '@context': [DID1, MULTIKEY], id: did, verificationMethod: [method], assertionMethod: [method.id]
  }, {type: 'application/did+json'});
  return {key, method: method.id};
}

// correct gives the libraries another controller document than is hosted: what it should say.
const corrected = new Map();
export function correct(id, key, fragment) {
  const method = multikey(`${id}#${fragment}`, id, key);
  corrected.set(id, {'@context': [DID1, MULTIKEY], id, verificationMethod: [method], assertionMethod: [method.id]});
  return {key, method: method.id};
}

// controller is the controller document of an identifier.
export function controller(id) {
  if(corrected.has(id)) {
    return corrected.get(id);
  }
  if(id.startsWith('did:key:')) {
    const method = {...multikey(`${id}#${id.slice(8)}`, id, {multikey: id.slice(8)})};
    return {'@context': [DID1, MULTIKEY], id, verificationMethod: [method], assertionMethod: [method.id]};
  }
  const found = documents.get(id.startsWith('did:web:') ? didWebUrl(id) : id);
  if(found?.status !== 200) {
    throw new Error(`nothing at ${id}`);
  }
  return JSON.parse(found.bytes.toString('utf8'));
}

// method dereferences a verification method, with a context as the libraries ask for one.
function method(url) {
  const document = controller(url.split('#')[0]);
  const found = [document.verificationMethod, document.assertionMethod].flat().find(m => m?.id === url);
  if(!found) {
    throw new Error(`no method ${url}`);
  }
  return {'@context': found.type === 'Multikey' ? MULTIKEY : ED2020, ...found};
}

export async function documentLoader(url) {
  const document = contexts.get(url) ?? (url.includes('#') ? method(url) : controller(url));
  return {contextUrl: null, documentUrl: url, document: structuredClone(document)};
}
