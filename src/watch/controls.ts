/** A page that is missing without a definite word is believed only if its neighbours stand (facts/watching §11.3). */
import type { ObservationRecord } from '../model/index.js';
import { findAddress, noticePresence, standingNeighbours } from '../store/index.js';
import { type Look, letGo, look } from './look.js';
import type { Parts } from './parts.js';

const CONTROLS = 1;

export async function controlsFor(parts: Parts, seen: Look): Promise<ObservationRecord['controls']> {
  if (seen.verdict.class !== 'gone' || seen.verdict.definite) return undefined;
  const known = await findAddress(parts.store.database, seen.url);
  if (!known || (await noticePresence(parts.store.database, known.noticeId)) === 'removed') return undefined;
  const neighbours = await standingNeighbours(parts.store.database, {
    notice: known.noticeId,
    host: new URL(seen.url).host,
    most: CONTROLS,
  });
  const controls: NonNullable<ObservationRecord['controls']> = [];
  for (const url of neighbours) {
    const control = await look(parts, url);
    controls.push({ url, class: control.verdict.class });
    await letGo(control);
  }
  return controls;
}
