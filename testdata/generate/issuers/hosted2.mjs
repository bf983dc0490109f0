// Badges of Open Badges 2.0 as platforms host them: assertion, badge class and issuer at URLs of their own.
import {sha256} from './keys.mjs';
import {host, OB2} from './world.mjs';

export const EMAIL = 'lin.example@example.org';

// recipient2 is a hashed e-mail address; without a salt where there is none.
export const recipient2 = (email, salt) => ({
  type: 'email', hashed: true, ...(salt && {salt}), identity: `sha256$${sha256(email + (salt ?? ''))}`
});

// HOSTED is the report on a genuine hosted badge whose recipient was named.
export const HOSTED = {
  parse: 'passed', model: 'passed', proof: 'passed', issuer: 'passed', validity: 'passed', status: 'passed',
  schema: 'skipped absent', resources: 'skipped absent', recipient: 'passed', 'badge.conformance': 'passed'
};

// GONE is that where the host answers 410, and so says nothing else; WITHDRAWN, where it answers with a document
// that says that the badge is revoked, and nothing else.
export const GONE = {...HOSTED, proof: 'skipped blocked', issuer: 'skipped blocked', status: 'failed status.revoked', 'badge.conformance': 'skipped absent'};
export const WITHDRAWN = {...GONE, proof: 'passed', validity: 'skipped absent', recipient: 'undecided recipient.unidentified'};

// publish hosts a badge class and its issuer, as JSON.
export function publish(badge, issuer) {
  host(badge.id, {'@context': OB2, ...badge});
  host(issuer.id, {'@context': OB2, ...issuer});
}
