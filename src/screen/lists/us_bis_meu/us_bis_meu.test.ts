import { listSuite } from '../../testing/conformance.js';
import { cslFixtures, registerFixture } from '../../testing/fixtures.js';
import kind from './index.js';

listSuite(kind, [
  registerFixture('bis-meu'),
  ...cslFixtures('Military End User (MEU) List - Bureau of Industry and Security'),
]);
