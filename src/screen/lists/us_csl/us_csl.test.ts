import { listSuite } from '../../testing/conformance.js';
import { cslFixtures } from '../../testing/fixtures.js';
import kind from './index.js';

listSuite(kind, cslFixtures('Entity List (EL) - Bureau of Industry and Security', 'EL/'));
