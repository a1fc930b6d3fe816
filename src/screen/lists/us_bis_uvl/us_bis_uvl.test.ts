import { listSuite } from '../../testing/conformance.js';
import { cslFixtures, registerFixture } from '../../testing/fixtures.js';
import kind from './index.js';

listSuite(kind, [
  registerFixture('bis-uvl'),
  ...cslFixtures('Unverified List (UVL) - Bureau of Industry and Security'),
]);
