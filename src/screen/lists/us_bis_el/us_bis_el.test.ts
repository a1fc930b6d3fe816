import { listSuite } from '../../testing/conformance.js';
import { cslFixtures, registerFixture } from '../../testing/fixtures.js';
import kind from './index.js';

listSuite(kind, [
  registerFixture('bis-entity-list'),
  ...cslFixtures('Entity List (EL) - Bureau of Industry and Security'),
]);
