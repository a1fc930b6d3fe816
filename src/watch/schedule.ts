import { type Instant, type PresenceVerdict, type Settings, instant } from '../model/index.js';

const DAY = 86_400_000;

/**
 * When a notice is due again: a pure function of what was seen, so a rebuild plans the same. Removals fall with age
 * (median 34 h after posting, 98 % within 96 h; facts/watching §13), so the young are looked at often.
 */
export function nextCheck(
  { firstSeen, lastCheck, verdict }: { firstSeen: Instant; lastCheck: Instant; verdict: PresenceVerdict },
  settings: Settings,
): Instant {
  const last = Date.parse(lastCheck);
  if (verdict.presence === 'suspected' && verdict.confirmAfter !== undefined) {
    return instant(new Date(Math.max(last, Date.parse(verdict.confirmAfter))));
  }
  const age = last - Date.parse(firstSeen);
  const every =
    age < 4 * DAY
      ? settings['watch.every.young']
      : age < 30 * DAY
        ? settings['watch.every.month']
        : settings['watch.every.year'] * (age < 365 * DAY ? 1 : 4);
  return instant(new Date(last + every));
}
