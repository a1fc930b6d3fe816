import type { Messages } from '../index.js';

export const copies: Messages['copies'] = {};
