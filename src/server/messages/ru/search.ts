import type { Messages } from '../index.js';

export const search: Messages['search'] = {};
