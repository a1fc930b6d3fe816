import type { AlertEvent } from '../alert/index.js';
import { visible } from './pages/words.js';

/** An event whose page text has no control characters: XML forbids them, so one hostile title would end the whole feed. */
export function visibleEvent<E extends AlertEvent>(event: E): E {
  const body = Object.entries(event.body).map(([key, value]) => [
    key,
    typeof value === 'string' ? visible(value) : value,
  ]);
  return { ...event, body: Object.fromEntries(body) as E['body'] };
}
