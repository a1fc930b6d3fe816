/** The kept stamps read again: each must be over the checkpoint it lies beside, and that one must be of this log. */
import {
  equalBytes,
  openNote,
  parseCheckpoint,
  parseKey,
  splitNote,
  utf8,
  verifyConsistency,
  verifyOts,
  verifyTimestamp,
} from '../verify/index.js';
import type { OpenRecordLog } from './record-log.js';
import type { StampFolder } from './stamps.js';

/** One sentence a fault, with the file’s path below the log’s folder; none when all is well. What a stamp leads to is not asked. */
export async function stampProblems(log: OpenRecordLog): Promise<string[]> {
  const problems: string[] = [];
  for (const size of await log.stamps.sizes()) {
    const at = `log/stamped/${size}`;
    const note = await log.stamps.checkpoint(size).catch(() => '');
    const text = splitNote(note)?.text;
    if (text === undefined || !signedWell(log.vkey, note) || !(await isOfLog(log, text, size)))
      problems.push(`${at}/checkpoint is not the checkpoint of ${size} entries of this log`);
    else problems.push(...(await wrongStamps(log.stamps, { size, text })));
  }
  return problems;
}

/** A line in the name of the key in force must verify; one of an earlier key is not at hand here, and the root says enough. */
export function signedWell(vkey: string, note: string): boolean {
  const key = parseKey(vkey)!;
  const named = splitNote(note)?.signatures.some(({ name, id }) => name === key.name && equalBytes(id, key.id));
  return named !== true || openNote(note, [key]) !== undefined;
}

/** By its root, which must be on the way to the newest one: whoever’s key was in force when it was signed. */
async function isOfLog(log: OpenRecordLog, text: string, size: number): Promise<boolean> {
  const checkpoint = parseCheckpoint(text);
  const head = parseCheckpoint(splitNote(await log.checkpoint())!.text)!;
  if (checkpoint?.origin !== log.origin || checkpoint.size !== size || size > head.size) return false;
  if (size === 0) return true;
  const proof = await log.consistency(size, head.size);
  return verifyConsistency({ older: size, newer: head.size, proof, olderRoot: checkpoint.root, newerRoot: head.root });
}

/** The stamps that are not over the text of the checkpoint they lie beside, one sentence each. */
export async function wrongStamps(
  stamps: StampFolder,
  { size, text }: { size: number; text: string },
): Promise<string[]> {
  const data = utf8(text);
  const wrong: string[] = [];
  const tell = (name: string, what: string): void => {
    wrong.push(`log/stamped/${size}/${name} is no ${what}`);
  };
  for (const { name, bytes } of await stamps.files(size, 'tsr')) {
    const { verdict, detail } = verifyTimestamp({ response: bytes, data, anchors: [], strict: false });
    if (verdict === 'failed') tell(name, `stamp over that checkpoint: ${detail}`);
  }
  for (const { name, bytes } of await stamps.files(size, 'ots')) {
    const { verdict, detail } = await verifyOts({ proof: bytes, data });
    if (verdict === 'failed') tell(name, `proof of that checkpoint: ${detail}`);
  }
  return wrong;
}
