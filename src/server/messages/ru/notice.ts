import type { Messages } from '../index.js';

export const notice: Messages['notice'] = {};
