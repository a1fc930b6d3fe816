import { listSuite } from '../../testing/conformance.js';
import { cslFixtures, registerFixture } from '../../testing/fixtures.js';
import kind from './index.js';

listSuite(kind, [
  registerFixture('bis-dpl'),
  ...cslFixtures('Denied Persons List (DPL) - Bureau of Industry and Security'),
]);
