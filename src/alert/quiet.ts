/** Hours in which nobody is to be woken: `22:00-07:00 Asia/Shanghai`, by the clock on the wall of that place. */
import { AsPostedError } from '../model/index.js';

export interface Quiet {
  /** Minutes of the day; `to` is no longer quiet. An end before the beginning is on the next day. */
  from: number;
  to: number;
  /** Minutes of the day at that place. */
  minuteAt: (time: Date) => number;
}

const MINUTE = 60_000;
/** A night that the change to summer time swallows leaves two days without one. */
const FURTHEST_BACK = 49 * 60;

export function parseQuiet(text: string): Quiet | undefined {
  if (text.trim() === '') return undefined;
  const match = /^([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)(?:\s+(\S+))?$/.exec(text.trim());
  const minuteAt = match && clockOf(match[5] ?? 'UTC');
  const [from, to] = [Number(match?.[1]) * 60 + Number(match?.[2]), Number(match?.[3]) * 60 + Number(match?.[4])];
  if (!minuteAt || from === to)
    throw new AsPostedError({
      code: 'BAD_SETTING',
      message: `alert.quiet is "${text}", which is not two times of the day and a time zone`,
      hint: 'Write for instance "22:00-07:00 Asia/Shanghai"; without a zone the times are UTC.',
    });
  return { from, to, minuteAt };
}

function clockOf(timeZone: string): Quiet['minuteAt'] | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    return (time) => {
      const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
      return parts.get('hour')! * 60 + parts.get('minute')!;
    };
  } catch {
    return undefined; // no such zone
  }
}

export function isQuiet({ from, to, minuteAt }: Quiet, time: Date): boolean {
  const minute = minuteAt(time);
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/**
 * When the last quiet hours ended. Found by walking back a minute at a time: the walls of the place know about summer time, and
 * nothing here has to.
 */
export function lastQuietEnd(quiet: Quiet, now: Date): Date | undefined {
  const minute = Math.floor(now.getTime() / MINUTE);
  for (let back = 0; back < FURTHEST_BACK; back++) {
    if (isQuiet(quiet, new Date((minute - back) * MINUTE))) return new Date((minute - back + 1) * MINUTE);
  }
  return undefined;
}
