import type { Messages } from '../index.js';

export const sources: Messages['sources'] = {};
