import { listSuite } from '../../testing/conformance.js';
import { registerFixture } from '../../testing/fixtures.js';
import kind from './index.js';

listSuite(kind, [registerFixture('dow-1260h')]);
