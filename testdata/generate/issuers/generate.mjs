// Writes ../../issuers: badges in the shapes in which issuers hand them out, what those issuers host, and what a
// verifier should say. Everybody in it is invented. Every run writes the same bytes.
import {badgr} from './cases/badgr.mjs';
import {credly} from './cases/credly.mjs';
import {dcc} from './cases/dcc.mjs';
import {accredible, moodle} from './cases/moodle.mjs';
import {openedx} from './cases/openedx.mjs';
import {europass, pages} from './cases/pages.mjs';
import {write} from './output.mjs';
import {bundle} from './world.mjs';

for(const group of [credly, badgr, openedx, dcc, accredible, moodle, europass, pages]) {
  await group();
}
console.log(write(bundle()));
