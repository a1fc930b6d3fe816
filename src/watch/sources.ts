import { type Sha256, type SourceId, type SourceRecord, idFromHash, instant } from '../model/index.js';
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
