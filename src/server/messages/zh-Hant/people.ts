import type { Messages } from '../index.js';

export const people: Messages['people'] = {};
