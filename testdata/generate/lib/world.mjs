// The documents that issuers host: one table, written as an evidence bundle, and the document
// loader for the signing libraries, which sees these documents and nothing else.
import {createHash} from 'node:crypto';
import {context, DID1, MULTIKEY, JWK1} from './contexts.mjs';

const RECORDED = '2026-11-22T00:00:00Z';

export class World {
  #documents = new Map();

  // host puts value (an object, a string or bytes) at url.
  host(url, value, mediaType = 'application/json') {
    if(this.#documents.has(url)) {
      throw new Error(`two documents at ${url}`);
    }
    const bytes = Buffer.isBuffer(value) ? value :
      Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    this.#documents.set(url, {status: 200, mediaType, bytes, text: !Buffer.isBuffer(value)});
  }

  // fail makes a fetch of url end in an error, or in a status that is not 200.
  fail(url, {error, status} = {}) {
    this.#documents.set(url, error ? {error} :
      {status, mediaType: 'text/plain', bytes: Buffer.from('not here\n'), text: true});
  }

  json(url) {
    const found = this.#documents.get(url);
    if(found?.status !== 200) {
      throw new Error(`nothing at ${url}`);
    }
    return JSON.parse(found.bytes.toString('utf8'));
  }

  // bundle is an evidence bundle, format version 1, of the documents whose url passes keep.
  bundle(keep = () => true) {
    const documents = [];
    for(const [url, d] of [...this.#documents].sort(([a], [b]) => a < b ? -1 : 1)) {
      if(!keep(url)) {
        continue;
      }
      if(d.error) {
        documents.push({url, fetchedAt: RECORDED, error: d.error});
        continue;
      }
      documents.push({
        url, fetchedAt: RECORDED, status: d.status, mediaType: d.mediaType,
        sha256: createHash('sha256').update(d.bytes).digest('hex'),
        ...(d.text ? {text: d.bytes.toString('utf8')} : {body: d.bytes.toString('base64')})
      });
    }
    return {version: 1, recordedAt: RECORDED, documents};
  }

  // controller returns the controller document of an identifier without fragment.
  controller(id) {
    if(id.startsWith('did:key:')) {
      return keyDocument(id, {
        '@context': MULTIKEY, id: `${id}#${id.slice(8)}`, type: 'Multikey', controller: id,
        publicKeyMultibase: id.slice(8)
      });
    }
    if(id.startsWith('did:jwk:')) {
      return keyDocument(id, {
        '@context': JWK1, id: `${id}#0`, type: 'JsonWebKey', controller: id,
        publicKeyJwk: JSON.parse(Buffer.from(id.slice(8), 'base64url').toString('utf8'))
      });
    }
    return this.json(id.startsWith('did:web:') ? didWebUrl(id) : id);
  }

  // method dereferences a verification method, with a context of its own as the libraries ask.
  method(id) {
    const found = (this.controller(id.split('#')[0]).verificationMethod ?? []).find(m => m.id === id);
    if(!found) {
      throw new Error(`no method ${id}`);
    }
    return {'@context': found.type === 'Multikey' ? MULTIKEY : JWK1, ...found};
  }

  // loader is the libraries' document loader; content chooses among the contents of one context URL.
  loader(content = 0) {
    return async url => {
      const document = context(url, content) ??
        (url.includes('#') ? this.method(url) : this.controller(url));
      return {contextUrl: null, documentUrl: url, document};
    };
  }
}

export function didWebUrl(did) {
  const [host, ...path] = did.slice('did:web:'.length).split(':');
  return `https://${decodeURIComponent(host)}/${path.length ? path.join('/') : '.well-known'}/did.json`;
}

const keyDocument = (id, method) => ({
  '@context': [DID1, method['@context']], id,
  verificationMethod: [method], assertionMethod: [method.id], authentication: [method.id]
});

// didDocument lists methods; purposes names the methods for each purpose.
export function didDocument(id, methods, purposes) {
  return {'@context': [DID1, MULTIKEY, JWK1], id, verificationMethod: methods, ...purposes};
}

export const multikeyMethod = (id, key, more = {}) => ({
  id, type: 'Multikey', controller: id.split('#')[0], publicKeyMultibase: key.multikey, ...more
});

export const jwkMethod = (id, key, more = {}) => ({
  id, type: 'JsonWebKey', controller: id.split('#')[0], publicKeyJwk: key.jwk, ...more
});
