import type { Messages } from '../index.js';

export const cases: Messages['cases'] = {};
