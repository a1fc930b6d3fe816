/** Who changed accounts and roles, when: `STORE/people/trail.jsonl`, only ever appended to. Each line holds the hash of the one before. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AsPostedError } from '../model/index.js';
import { folderOf } from './accounts.js';
import { hashOf } from './secrets.js';

export interface TrailLine {
  at: string;
  /** Who did it: a person here, or the user name at the command line. */
  by: string;
  did: 'added' | 'role' | 'removed' | 'set-up' | 'password' | 'token' | 'revoked';
  person: string;
  /** The new role, or the id of a token. */
  detail?: string;
  /** SHA-256 of the line before; of nothing for the first. */
  previous: string;
}

const pathOf = (storeDir: string): string => join(folderOf(storeDir), 'trail.jsonl');

/** Throws VERIFY_FAILED where a line does not follow from the one before it. */
export async function readTrail(storeDir: string): Promise<TrailLine[]> {
  const lines = (await textOf(storeDir)).split('\n').filter((line) => line !== '');
  return lines.map((text, at) => {
    const line = parsed(text);
    if (line?.previous === hashOf(lines[at - 1] ?? '')) return line;
    throw new AsPostedError({
      code: 'VERIFY_FAILED',
      message: `line ${at + 1} of ${pathOf(storeDir)} does not follow from the one before it`,
      hint: 'Compare the file with a backup.',
    });
  });
}

/** Durable on return; the caller holds the lock. */
export async function appendTrail(storeDir: string, line: Omit<TrailLine, 'previous'>): Promise<void> {
  await mkdir(folderOf(storeDir), { recursive: true, mode: 0o700 });
  const before = await textOf(storeDir);
  const last = before.split('\n').findLast((each) => each !== '') ?? '';
  const file = await open(pathOf(storeDir), 'a', 0o600);
  try {
    // After a crash in the middle of a line the next one still begins at a line of its own.
    const start = before === '' || before.endsWith('\n') ? '' : '\n';
    await file.writeFile(`${start}${JSON.stringify({ ...line, previous: hashOf(last) })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

function parsed(text: string): TrailLine | undefined {
  try {
    return JSON.parse(text) as TrailLine;
  } catch {
    return undefined;
  }
}

async function textOf(storeDir: string): Promise<string> {
  try {
    return await readFile(pathOf(storeDir), 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw thrown;
  }
}
