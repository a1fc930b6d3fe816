import type { Clock, Fetcher, Settings } from '../model/index.js';
import type { Catalogue } from '../recognise/index.js';
import type { SourceKind } from '../source/index.js';
import type { Store } from '../store/index.js';

/** What the stages are given: nothing in them reaches for network, clock or disk by itself. */
export interface Parts {
  store: Store;
  fetcher: Fetcher;
  clock: Clock;
  settings: Settings;
  catalogue: Catalogue;
  kinds: readonly SourceKind[];
  /** `asposted 0.1.0`: recorded with what it made. */
  software: string;
  /** Secrets by the name of their variable (`SourceTools.secret`). */
  secret?(name: string): string | undefined;
  /** Progress for people, on stderr; one line, no page content. */
  progress(line: string): void;
}
