// What is no badge, or none that can be checked: a sealed credential of Europass, a web page and a PDF.
import {GeneralSign, importJWK} from 'jose';
import {rsa, uuid} from '../keys.mjs';
import {expect, file, UNCHECKED, UNREAD} from '../output.mjs';
import {host, V1} from '../world.mjs';

export async function europass() {
  const credential = {
    id: `urn:credential:${uuid('europass')}`, type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
    credentialProfiles: {id: 'http://data.europa.eu/snb/credential/e34929035b', type: 'Concept', prefLabel: {en: 'Generic'}},
    displayParameter: {id: 'urn:epass:displayParameter:1', type: 'DisplayParameter', title: {en: 'Webinar on Statics'}},
    credentialSchema: {id: 'http://data.europa.eu/snb/model/ap/edc-generic-full', type: 'ShaclValidator2017'},
    credentialSubject: {
      id: 'urn:epass:person:1', type: 'Person', givenName: {en: 'Lin'}, familyName: {en: 'Example'}, fullName: {en: 'Lin Example'},
      hasClaim: {
        id: 'urn:epass:learningActivity:1', type: 'LearningActivity', title: {en: 'Webinar on Statics'}, workload: 'PT2H',
        awardedBy: {id: 'urn:epass:awardingProcess:1', type: 'AwardingProcess', awardingBody: {id: 'urn:epass:org:1', type: 'Organisation', legalName: {en: 'Example University'}}}
      }
    },
    issuanceDate: '2026-03-02T14:07:01+02:00', issued: '2026-03-02T14:07:01+02:00', validFrom: '2026-03-02T14:07:01+02:00',
    issuer: {id: `urn:epass:org:${uuid('europass issuer')}`, type: 'Organisation', legalName: {en: 'Example University'}},
    '@context': [V1, 'http://data.europa.eu/snb/model/context/edc-ap']
  };
  // The seal is a JWS in its JSON form over the text as it is; what is not signed has the marks of JAdES.
  const payload = JSON.stringify(credential);
  const seal = await new GeneralSign(new TextEncoder().encode(payload))
    .addSignature(await importJWK(rsa, 'RS256')).setProtectedHeader({alg: 'RS256', b64: false, crit: ['b64']}).sign();
  const signatures = seal.signatures.map(s => ({...s, header: {etsiU: [Buffer.from('{"xVals":[]}').toString('base64url')]}}));
  expect('Europass', 'europass', file('europass.jsonld', JSON.stringify({payload, signatures}) + '\n'), UNCHECKED, {by: 'jose'});
}

// page is a certificate as a web page shows it: words, and no data.
const page = (title, words) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta property="og:title" content="${title}"></head>
<body><h1>${title}</h1><p>${words}</p></body></html>
`;

// pdf is a certificate of one page, laid out here.
function pdf(words) {
  const stream = `BT /F1 18 Tf 72 700 Td (${words}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map(at => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return `${out}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${out.length}\n%%EOF\n`;
}

export function pages() {
  const made = [
    ['LinkedIn Learning', 'linkedin-learning', 'https://learning.example.com/certificates/5eecd0fee13574b5', 'Statics Essentials'],
    ['Udacity', 'udacity', 'https://confirm.example.org/L3GYWLLG', 'Statics Nanodegree'],
    ['Coursera', 'coursera-certificate', 'https://courses.example.org/verify/STGDL4CH5RCY', 'Foundations: Statics']
  ];
  for(const [issuer, name, url, title] of made) {
    const html = page(`${title}: certificate of completion`, `Lin Example has completed ${title}.`);
    host(url, html, {type: 'text/html'});
    expect(issuer, `${name}-page`, file(`${name}.html`, html), UNREAD('bake.format'));
    expect(issuer, `${name}-pdf`, file(`${name}.pdf`, pdf(`Lin Example has completed ${title}. Verify at ${url}`)), UNREAD('bake.format'));
  }
}
