import type { Messages } from '../index.js';

export const removals: Messages['removals'] = {};
