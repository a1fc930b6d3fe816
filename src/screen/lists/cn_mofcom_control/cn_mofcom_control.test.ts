import { listSuite } from '../../testing/conformance.js';
import { mofcomFixture } from '../../testing/fixtures.js';
import kind from './index.js';

listSuite(kind, [mofcomFixture('cn-export-control-watchlist')]);
