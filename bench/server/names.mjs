// What the parts of bench/server know of each notice without making it.
import { createHash } from 'node:crypto';
import { idFromHash } from '../../dist/model/index.js';

export const DAY = 86_400_000;
export const SOURCES = 200;
/** Notices come evenly over three years, in the order of their numbers. */
const FROM = Date.parse('2023-11-01T00:00:00Z');
const DAYS = 1_095;

export const sha = (text) => createHash('sha256').update(text).digest('hex');
export const noticeId = (id) => idFromHash('N', sha(`notice\nbench:${id}`));
export const sourceId = (at) => idFromHash('S', sha(`source ${at}`));
export const seenAt = (id, documents) => FROM + Math.floor((id / documents) * DAYS * DAY);
