import { type SourceId, type SourceRecord, idFromHash, instant } from '../model/index.js';
import { canonicalJson } from '../verify/index.js';
import { derive } from './derive.js';
import { sha256 } from './keep.js';
import type { Parts } from './parts.js';

/** Puts a source on record as active. Kind and options are its identity: adding the same again renames or resumes it. */
export async function recordSource(
  parts: Parts,
  source: Pick<SourceRecord, 'kind' | 'name' | 'options' | 'everyMs'>,
): Promise<SourceId> {
  const { kind, options } = source;
  const key = sha256(`source\n${canonicalJson({ kind, options })}`);
  await parts.store.log.append([
    { type: 'source', v: 1, at: instant(parts.clock.now()), key, state: 'active', ...source },
  ]);
  await derive(parts);
  return idFromHash('S', key);
}
