/** Having a checkpoint stamped by outside authorities and taken up by calendars. */
import { type CalendarOutcome, type CallTsa, type StampOutcome, askCalendars, askForStamp } from '../preserve/index.js';
import type { Store } from '../store/index.js';
import { parseCheckpoint, splitNote } from '../verify/index.js';

export interface StampRound {
  size: number;
  outcomes: StampOutcome[];
  calendars: CalendarOutcome[];
}

export interface StampOptions {
  /** Addresses of the authorities (`log.tsa`). */
  urls: readonly string[];
  /** Addresses of OpenTimestamps calendars (`log.ots`). */
  calendars?: readonly string[];
  anchors: readonly string[];
  call: CallTsa;
}

/**
 * Stamps the checkpoint witnesses have cosigned as long as nothing was asked for it, else the newest: a bundle rests on one
 * checkpoint, and should find both under it. All at once; each answer is verified before it is kept.
 */
export async function stampCheckpoint(
  log: Store['log'],
  { urls, calendars = [], anchors, call }: StampOptions,
): Promise<StampRound> {
  const witnessed = await log.witnessed();
  const open = witnessed !== undefined && !(await isStamped(log, sizeOf(witnessed)));
  const note = open ? witnessed : await log.checkpoint();
  const size = sizeOf(note);
  const [outcomes, taken] = await Promise.all([
    Promise.all(urls.map((url) => askForStamp({ url, note, anchors, call }))),
    askCalendars({ urls: calendars, note, call }),
  ]);
  for (const { response } of outcomes) if (response) await log.stamps.keep(size, note, response);
  if (taken.proof) await log.stamps.keep(size, note, taken.proof, 'ots');
  return { size, outcomes, calendars: taken.outcomes };
}

const isStamped = async ({ stamps }: Store['log'], size: number): Promise<boolean> =>
  (await stamps.of(size)).length + (await stamps.proofs(size)).length > 0;

const sizeOf = (note: string): number => parseCheckpoint(splitNote(note)!.text)!.size;
