/**
 * What a channel's last attempt left behind, in `alerts/CHANNEL.json` of the store. It is no evidence and may be lost: then a
 * channel is asked once more, and a digest that was cut off by a crash may come twice.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Unfinished, pauseAfter } from '../alert/index.js';
import { writeWhole } from '../preserve/index.js';
import { utf8 } from '../verify/index.js';

export interface ChannelMemory {
  /** Written before a message goes out; stale as soon as its events are on record. */
  sending?: Unfinished;
  /** Failures in a row, and the last one. */
  failures?: number;
  failed?: { at: string; message: string; until: string };
}

const pathOf = (dir: string, kind: string): string => join(dir, 'alerts', `${kind}.json`);

/** Unreadable is as good as lost. */
export async function recallChannel(dir: string, kind: string): Promise<ChannelMemory> {
  try {
    const read = JSON.parse(await readFile(pathOf(dir, kind), 'utf8')) as ChannelMemory | null;
    const isWhole = read?.sending === undefined || Array.isArray(read.sending.events);
    return isWhole ? { ...read } : {};
  } catch {
    return {};
  }
}

export async function rememberChannel(dir: string, kind: string, memory: ChannelMemory): Promise<void> {
  await mkdir(join(dir, 'alerts'), { recursive: true });
  await writeWhole(pathOf(dir, kind), utf8(`${JSON.stringify(memory)}\n`));
}

/** A clock that went back does not lengthen a pause. */
export function isPausing({ failed }: ChannelMemory, now: Date): boolean {
  return failed !== undefined && now.getTime() >= Date.parse(failed.at) && now.getTime() < Date.parse(failed.until);
}

export function afterFailure(
  memory: ChannelMemory,
  now: Date,
  { message, retryAfterMs }: { message: string; retryAfterMs?: number | undefined },
): ChannelMemory {
  const failures = (memory.failures ?? 0) + 1;
  const until = new Date(now.getTime() + pauseAfter(failures, retryAfterMs)).toISOString();
  return { ...memory, failures, failed: { at: now.toISOString(), message, until } };
}
