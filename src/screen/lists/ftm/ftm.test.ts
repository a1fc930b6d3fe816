import { listSuite } from '../../testing/conformance.js';
import { FTM } from '../../testing/fixtures.js';
import kind from './index.js';

listSuite(kind, [FTM]);
