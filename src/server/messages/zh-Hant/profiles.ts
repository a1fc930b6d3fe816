import type { Messages } from '../index.js';

export const profiles: Messages['profiles'] = {};
