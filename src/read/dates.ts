import type { OffsetTime } from '../model/index.js';

/** Strict patterns first; the zone is always the source's, never this machine's (facts/watching §8). */
const PATTERNS: readonly RegExp[] = [
  /(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?/,
  /(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?/,
  /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日(?:\s*(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2}))?)?/,
];

/** `2024-05-22T10:30:00+08:00`; a date without a time stays a day at midnight of the source's zone. Undefined when it is no date. */
export function parseDate(text: string, offset: string): OffsetTime | undefined {
  for (const pattern of PATTERNS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [, year, month, day, hour = '0', minute = '00', second = '00', zone] = match;
    const iso = `${year!}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}T${hour.padStart(2, '0')}:${minute}:${second}`;
    const valid = new Date(`${iso}Z`);
    // A rolled-over date (31 June, 25:00) is not what the page says: no date is better than a wrong one.
    if (Number.isNaN(valid.getTime()) || valid.toISOString().slice(0, 19) !== iso) continue;
    return iso + zoneOf(zone, offset);
  }
  return undefined;
}

function zoneOf(zone: string | undefined, fallback: string): string {
  if (zone === undefined) return fallback;
  if (zone === 'Z') return '+00:00';
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}

/** RFC 822 dates of feeds and HTTP headers carry their own zone. */
export function parseRfc822(text: string): OffsetTime | undefined {
  if (!/^\s*(?:\w{3},?\s+)?\d{1,2}\s+\w{3,}\s+\d{2,4}\s+\d{1,2}:\d{2}/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace(/\.\d+Z$/, '+00:00');
}

/** Zone of a host's own dates when the page does not say: what the site's country uses. */
export function offsetOfHost(host: string): string {
  if (/\.cn$|weixin\.qq\.com$/.test(host)) return '+08:00';
  if (/\.ru$/.test(host)) return '+03:00';
  return '+00:00';
}
