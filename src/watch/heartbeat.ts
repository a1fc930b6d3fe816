import { AsPostedError } from '../model/index.js';
import { beat } from '../alert/index.js';
import type { Parts } from './parts.js';

/** Gives one line when the other side could not be told. */
export type Heartbeat = () => Promise<string | undefined>;

const EVERY_MS = 60_000;

/**
 * What a round that ended well calls: whoever waits for it learns that the watch has died from its not coming. Throws BAD_SETTING
 * for an address that is none, before anything is watched in the belief that somebody waits.
 */
export function heartbeat({ settings, clock }: Pick<Parts, 'settings' | 'clock'>): Heartbeat {
  const url = settings['alert.heartbeat'];
  if (url === '') return () => Promise.resolve(undefined);
  if (!/^https?:/i.test(url) || !URL.canParse(url))
    throw new AsPostedError({
      code: 'BAD_SETTING',
      message: 'alert.heartbeat is not an address',
      hint: 'Give one that begins with https:// or http://, or leave it empty.',
    });
  let last: number | undefined;
  return () => {
    const now = clock.now().getTime();
    if (last !== undefined && now >= last && now - last < EVERY_MS) return Promise.resolve(undefined);
    last = now;
    return beat(url);
  };
}
