import type { Messages } from '../index.js';

export const evidence: Messages['evidence'] = {};
