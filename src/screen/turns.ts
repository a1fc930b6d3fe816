/** When a list began, and when it ceased, to say what a question finds: in the order in which its versions came in. */
import type { Day } from '../model/index.js';

export interface Arrival {
  publishedAt: Day;
  /** Its place in the log. */
  logIndex: number;
}

export interface Turn<Version extends Arrival> {
  turn: 'made' | 'ended';
  version: Version;
}

export interface Turns<Version extends Arrival> {
  /** It was found on the day of the notice by what was held when the question came up: no later version made that. */
  wasFound: boolean;
  turns: Turn<Version>[];
}

export interface TurnQuestion {
  /** The day of the notice. */
  on: Day;
  /** The place in the log of what first asked it. */
  since: number;
}

export interface Hits {
  /** Whether the version of that day is found to have it. */
  hits: (day: Day) => boolean;
  /** Where no version reaches back to the day of the notice: whether the oldest one, of this day, dates it before that. */
  saidIn: (oldest: Day) => boolean;
}

/**
 * A match of a notice that is held already is made by the version that first finds it, in the newest state of the list or on the
 * day of the notice; it is ended by the one that no longer does. Versions come in log order; what a version says never depends on
 * those after it, so what was told is never unsaid.
 */
export function matchTurns<Version extends Arrival>(
  versions: readonly Version[],
  { hits, saidIn }: Hits,
  { on, since }: TurnQuestion,
): Turns<Version> {
  let [newest, ruling, oldest] = ['', '', ''];
  let [wasNow, wasThen, isTold, wasFound] = [false, false, false, false];
  const turns: Turn<Version>[] = [];
  for (const version of versions) {
    const { publishedAt, logIndex } = version;
    if (publishedAt >= newest) newest = publishedAt;
    if (publishedAt <= on && publishedAt >= ruling) ruling = publishedAt;
    if (oldest === '' || publishedAt < oldest) oldest = publishedAt;
    const [isNow, isThen] = [hits(newest), ruling === '' ? saidIn(oldest) : hits(ruling)];
    if (logIndex <= since) isTold = wasFound = isThen;
    else if (!isTold && ((isNow && !wasNow) || (isThen && !wasThen))) {
      turns.push({ turn: 'made', version });
      isTold = true;
    } else if (isTold && ((wasNow && !isNow) || (wasThen && !isThen && !isNow))) {
      turns.push({ turn: 'ended', version });
      isTold = false;
    }
    [wasNow, wasThen] = [isNow, isThen];
  }
  return { wasFound, turns };
}
