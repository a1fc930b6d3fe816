import { listSuite } from '../../testing/conformance.js';
import { cslFixtures, registerFixture } from '../../testing/fixtures.js';
import kind from './index.js';

listSuite(kind, [
  registerFixture('state-nonproliferation'),
  ...cslFixtures('Nonproliferation Sanctions (ISN) - State Department'),
]);
