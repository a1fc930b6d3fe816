/** Having a checkpoint stamped by outside authorities. */
import { type CallTsa, type StampOutcome, askForStamp } from '../preserve/index.js';
import type { Store } from '../store/index.js';
import { parseCheckpoint, splitNote } from '../verify/index.js';

export interface StampRound {
  size: number;
  outcomes: StampOutcome[];
}

export interface StampOptions {
  /** Addresses of the authorities (`log.tsa`). */
  urls: readonly string[];
  anchors: readonly string[];
  call: CallTsa;
}

/**
 * Stamps the checkpoint witnesses have cosigned as long as it has no stamp, else the newest: a bundle rests on one
 * checkpoint, and should find both under it. All authorities at once; each answer is verified before it is kept.
 */
export async function stampCheckpoint(log: Store['log'], { urls, anchors, call }: StampOptions): Promise<StampRound> {
  const witnessed = await log.witnessed();
  const open = witnessed !== undefined && (await log.stamps.of(sizeOf(witnessed))).length === 0;
  const note = open ? witnessed : await log.checkpoint();
  const size = sizeOf(note);
  const outcomes = await Promise.all(urls.map((url) => askForStamp({ url, note, anchors, call })));
  for (const { response } of outcomes) if (response) await log.stamps.keep(size, note, response);
  return { size, outcomes };
}

const sizeOf = (note: string): number => parseCheckpoint(splitNote(note)!.text)!.size;
