/** When a notice is looked at again: pure functions of what was seen, so that a rebuild plans the same. */
import { type Instant, type NoticeId, type PresenceVerdict, type Settings, instant } from '../model/index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** After refusals and outages, one after another (facts/watching §9). */
const BACK_OFF = [15 * MINUTE, HOUR, 6 * HOUR, DAY];

export interface Checked {
  id: NoticeId;
  firstSeen: Instant;
  lastCheck: Instant;
  verdict: PresenceVerdict;
}

/**
 * Removals fall with age (median 34 h after posting, 98 % within 96 h; facts/watching §13), so the young are looked at often; a
 * suspicion is followed up when its confirmation is due. Who refuses us or is down is left alone for longer each time.
 */
export function nextCheck({ id, firstSeen, lastCheck, verdict }: Checked, settings: Settings): Instant {
  const last = Date.parse(lastCheck);
  const pause = verdict.silent ? BACK_OFF[Math.min(verdict.silent, BACK_OFF.length) - 1]! : 0;
  if (verdict.presence === 'suspected' && verdict.confirmAfter !== undefined)
    return instant(new Date(Math.max(last + pause, Date.parse(verdict.confirmAfter))));
  const every = interval(last - Date.parse(firstSeen), settings);
  return instant(new Date(last + Math.max(pause, every * jitter(`${id} ${lastCheck}`))));
}

function interval(age: number, settings: Settings): number {
  if (age < 4 * DAY) return settings['watch.every.young'];
  if (age < 30 * DAY) return settings['watch.every.month'];
  return settings['watch.every.year'] * (age < 365 * DAY ? 1 : 4);
}

/** 0.9 to 1.1, the same for the same words: so that what was found together is not asked for together for ever. */
function jitter(words: string): number {
  let hash = 2_166_136_261; // FNV-1a
  for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 16_777_619) >>> 0;
  return 0.9 + (hash % 2_001) / 10_000;
}
