// Endorsements: credentials by a council about a badge, its achievement or whoever stands behind it.
import {COUNCIL} from './actors.mjs';
import {endorsement} from './badges.mjs';
import {jws, payload2} from './jwt.mjs';
import {issue} from './sign.mjs';

export const council = key => ({key, method: `${COUNCIL}#key-1`});

// endorse signs an endorsement as the council should.
export const endorse = (world, name, about, key, {options, ...more} = {}) =>
  issue(world, endorsement(name, {about, issuer: COUNCIL, ...more}), {...council(key), ...options});

// endorsementJwt does so as a compact JWS.
export const endorsementJwt = (name, about, key, more) =>
  jws({alg: 'EdDSA', typ: 'JWT', kid: `${COUNCIL}#key-1`}, payload2(endorsement(name, {about, issuer: COUNCIL, ...more})), key);
