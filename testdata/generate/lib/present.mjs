// Presentations with Data Integrity proofs, made and checked by Digital Bazaar's libraries.
import * as vc from '@digitalbazaar/vc';
import jsigs from 'jsonld-signatures';
import {NOW, signing, verifying} from './sign.mjs';
import {V2} from './contexts.mjs';

const {purposes: {AuthenticationProofPurpose, ControllerProofPurpose}} = jsigs;

// assemble makes the presentation. What @digitalbazaar/vc does not take for a credential, such as an
// envelope, is put beside those that it takes.
function assemble({id, holder, credentials, version = 2.0}) {
  const plain = credentials?.filter(c => c.type !== 'EnvelopedVerifiableCredential');
  const vp = vc.createPresentation({id, holder, verifiableCredential: plain, now: NOW, version});
  if(credentials && plain.length < credentials.length) {
    vp.verifiableCredential = credentials;
  }
  return structuredClone(vp);
}

// present makes a presentation as its holder should, and verifies the result, and the credentials in it
// that the library reads, with the same libraries. Without a key it stays unsigned.
export async function present(world, options) {
  const {key, suite = 'eddsa-rdfc-2022', challenge, domain} = options;
  const documentLoader = world.loader();
  const presentation = assemble(options);
  if(!key) {
    return presentation;
  }
  const signed = await vc.signPresentation({
    presentation, suite: signing({...options, suite, proof: undefined}), challenge, domain, documentLoader
  });
  const result = await jsigs.verify(signed, {
    suite: verifying(suite), documentLoader, purpose: new AuthenticationProofPurpose({
      challenge, domain, controller: world.controller(options.method.split('#')[0])
    })
  });
  if(!result.verified) {
    throw new Error(`control failed: ${options.id}`, {cause: result.error?.errors?.[0] ?? result.error});
  }
  return signed;
}

// resign makes one that no wallet should: any purpose, any options in the proof, anything inside, and
// changes after signing.
export async function resign(world, {id, holder, credentials, purpose = 'authentication', proof, change = () => {}, ...options}) {
  const document = {
    '@context': [V2], ...(id && {id}), type: ['VerifiablePresentation'], ...(holder && {holder}),
    ...(credentials && {verifiableCredential: credentials})
  };
  const signed = await jsigs.sign(structuredClone(document), {
    documentLoader: world.loader(), suite: signing({suite: 'eddsa-rdfc-2022', proof, ...options}),
    purpose: new ControllerProofPurpose({term: purpose})
  });
  change(signed);
  return signed;
}
