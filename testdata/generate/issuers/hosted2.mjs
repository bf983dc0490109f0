// Badges of Open Badges 2.0 as platforms host them: assertion, badge class and issuer at URLs of their own.
import {sha256} from './keys.mjs';
import {host, OB2} from './world.mjs';

export const EMAIL = 'lin.example@example.org';

// recipient2 is a hashed e-mail address; without a salt where there is none.
export const recipient2 = (email, salt) => ({
  type: 'email', hashed: true, ...(salt && {salt}), identity: `sha256$${sha256(email + (salt ?? ''))}`
});

// OB2CHECKS is the report on a genuine hosted badge: no proof is made, so that none is checked.
export const HOSTED = {
  parse: 'passed', model: 'passed', proof: 'passed', issuer: 'passed', validity: 'passed', status: 'passed',
  schema: 'skipped absent', resources: 'skipped absent', recipient: 'passed'
};

// publish hosts a badge class and its issuer, as JSON.
export function publish(badge, issuer) {
  host(badge.id, {'@context': OB2, ...badge});
  host(issuer.id, {'@context': OB2, ...issuer});
}
