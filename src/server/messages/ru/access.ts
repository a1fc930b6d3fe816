import type { Messages } from '../index.js';

export const access: Messages['access'] = {};
