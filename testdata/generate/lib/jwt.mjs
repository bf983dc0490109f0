// Compact JWS, made and checked by jose. Algorithms whose signatures are random are signed once
// and kept in signatures.json, so that every run makes the same files; jose checks each again.
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {CompactSign, compactVerify, importJWK} from 'jose';

const file = new URL('../signatures.json', import.meta.url);
const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const used = {};
const random = new Set(['ES256', 'ES384', 'ES512', 'PS256']);

export const encode = value => Buffer.from(
  typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

// jws signs payload (an object) under header.alg with key.
export async function jws(header, payload, key, {alg = header.alg} = {}) {
  const input = `${encode(header)}.${encode(payload)}`;
  const name = `${alg} ${createHash('sha256').update(input).digest('base64url')}`;
  let token = random.has(alg) && kept[name] ? `${input}.${kept[name]}` : undefined;
  token ??= await new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader(header).sign(await key.jose(alg));
  if(!token.startsWith(input + '.')) {
    throw new Error('jose wrote another header or payload');
  }
  await compactVerify(token, await importJWK(key.jwk, alg));
  if(random.has(alg)) {
    used[name] = token.slice(input.length + 1);
  }
  return token;
}

// keep writes the signatures that this run used.
export function keep() {
  const sorted = Object.fromEntries(Object.entries(used).sort(([a], [b]) => a < b ? -1 : 1));
  writeFileSync(file, JSON.stringify(sorted, null, 1) + '\n');
}

const seconds = date => Math.floor(Date.parse(date) / 1000);

// claims are the registered claims that Open Badges 3.0 asks of a credential in a JWT.
export function claims(credential) {
  const until = credential.validUntil ?? credential.expirationDate;
  const subject = credential.credentialSubject.id;
  return {
    iss: credential.issuer.id ?? credential.issuer, jti: credential.id,
    ...(subject && {sub: subject}),
    nbf: seconds(credential.validFrom ?? credential.issuanceDate),
    ...(until && {exp: seconds(until)})
  };
}

// payload2 is the payload of data model 2.0 (the credential itself), payload1 that of 1.1.
export const payload2 = credential => ({...credential, ...claims(credential)});
export const payload1 = credential => ({...claims(credential), vc: credential});
