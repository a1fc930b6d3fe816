import { AsPostedError } from '../model/index.js';
import type { OptionValues } from './source-kind.js';

/** Whoever adds a source, by whatever way: its addresses are of the web. Throws BAD_SCHEME. */
export function checkScheme(options: OptionValues): void {
  for (const url of [options['url'] ?? []].flat()) {
    const { protocol } = URL.canParse(String(url))
      ? new URL(String(url))
      : { protocol: `${String(url).slice(0, 40)} (no address)` };
    if (protocol === 'https:' || protocol === 'http:') continue;
    throw new AsPostedError({
      code: 'BAD_SCHEME',
      message: `addresses of the kind ${protocol} are not watched`,
      hint: 'Give an address beginning with https:// or http://.',
    });
  }
}
