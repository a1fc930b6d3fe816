import { type PolicyRecord, instant, policyOf } from '../model/index.js';
import { currentPolicy } from '../store/index.js';
import { canonicalJson } from '../verify/index.js';
import type { Parts } from './parts.js';

/** The thresholds of this command as a record, when they are not those last put on record. */
export async function policyRecords({ store, settings, clock }: Parts): Promise<PolicyRecord[]> {
  const policy = policyOf(settings);
  const recorded = await currentPolicy(store.database);
  if (recorded && canonicalJson(recorded) === canonicalJson(policy)) return [];
  return [{ type: 'policy', v: 1, at: instant(clock.now()), settings: policy }];
}

/** The parts with the thresholds on record: what is made depends on them, not on who happens to make it. */
export async function withRecordedPolicy(parts: Parts): Promise<Parts> {
  const recorded = await currentPolicy(parts.store.database);
  return recorded ? { ...parts, settings: { ...parts.settings, ...recorded } } : parts;
}
