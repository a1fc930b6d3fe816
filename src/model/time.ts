/** An instant as RFC 3339 in UTC with milliseconds, `2026-11-22T09:30:00.125Z`: fixed width, so strings sort as times. */
export type Instant = string;
/** RFC 3339 with the source's own offset, `2024-05-22T10:30:00+08:00`: what the source claims, shown as it claims it. */
export type OffsetTime = string;
/** A calendar day `2024-05-22`. */
export type Day = string;

/** The clock is handed in (DESIGN §2: stages stay pure); tests and the demo hand in their own. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds, or rejects when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Whether the text is a day of the calendar: `2024-02-31` is none, though `Date.parse` rolls it over. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export function instant(date: Date): Instant {
  return date.toISOString();
}

/** Unix seconds shown with a fixed offset in minutes (Chinese sources: 480, without daylight saving). */
export function offsetTime(unixSeconds: number, offsetMinutes: number): OffsetTime {
  const shifted = new Date((unixSeconds + offsetMinutes * 60) * 1000).toISOString().slice(0, 19);
  const sign = offsetMinutes < 0 ? '-' : '+';
  const minutes = Math.abs(offsetMinutes);
  return `${shifted}${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
