import { listSuite } from '../../testing/conformance.js';
import { OFAC } from '../../testing/fixtures.js';
import kind from './index.js';

listSuite(kind, OFAC);
