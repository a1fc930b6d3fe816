import {
  AsPostedError,
  type Sha256,
  type SourceId,
  type SourceRecord,
  asSha256,
  idFromHash,
  instant,
} from '../model/index.js';
import { checkOptions, checkScheme, chooseKind, withoutSecrets } from '../source/index.js';
import { sourceById } from '../store/index.js';
import { canonicalJson } from '../verify/index.js';
import { derive } from './derive.js';
import { sha256 } from './keep.js';
import type { Parts } from './parts.js';

type NewSource = Pick<SourceRecord, 'kind' | 'name' | 'options' | 'everyMs'> & { state?: 'active' | 'paused' };

/** Kind and options are its identity: adding the same again renames or resumes it. */
export function sourceKey({ kind, options }: Pick<SourceRecord, 'kind' | 'options'>): Sha256 {
  return sha256(`source\n${canonicalJson({ kind, options })}`);
}

/** Puts a source on record, as active unless it says otherwise. */
export async function recordSource(parts: Parts, source: NewSource): Promise<SourceId> {
  return (await recordSources(parts, [source]))[0]!;
}

/** Many in one batch of the log: all of them, or none. */
export async function recordSources(parts: Parts, sources: readonly NewSource[]): Promise<SourceId[]> {
  if (sources.length === 0) return [];
  const at = instant(parts.clock.now());
  const records = sources.map((source): SourceRecord => {
    return { type: 'source', v: 1, at, key: sourceKey(source), state: 'active', ...source };
  });
  await parts.store.log.append(records);
  await derive(parts);
  return records.map(({ key }) => idFromHash('S', key));
}

/** How often a source is asked where nobody says how often: six hours. */
export const ASKED_EVERY_MS = 21_600_000;

/**
 * An address is watched from now on, by the kind of source that is surest of it. Throws BAD_SCHEME for what is no address of the web, and
 * what `checkOptions` throws for one that its kind cannot take.
 */
export async function watchAddress(parts: Parts, address: string): Promise<SourceId> {
  checkScheme({ url: address });
  const kind = chooseKind(parts.kinds, address);
  const options = checkOptions(kind, { url: kind.options['url']?.type === 'texts' ? [address] : address });
  return recordSource(parts, { kind: kind.kind, name: withoutSecrets(address), options, everyMs: ASKED_EVERY_MS });
}

/** Pausing and removing stop the asking and delete nothing. Throws NOT_FOUND. */
export async function setSourceState(parts: Parts, id: string, state: SourceRecord['state']): Promise<string> {
  const found = await sourceById(parts.store.database, id);
  if (!found) throw new AsPostedError({ code: 'NOT_FOUND', message: `the store holds no source ${id}` });
  const { kind, name, options, everyMs, key } = found;
  const at = instant(parts.clock.now());
  const record: SourceRecord = { type: 'source', v: 1, at, key: asSha256(key), kind, name, state, options, everyMs };
  await parts.store.log.append([record]);
  await derive(parts);
  return name;
}
