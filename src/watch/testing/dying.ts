/**
 * A process that dies at a chosen moment: effects on the files of one folder and commits are counted, and before the one that is
 * wanted, or in the middle of what it writes, the process kills itself with SIGKILL. The code that runs knows nothing of it.
 */
import nodeFs from 'node:fs';
import nodePromises, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import pg from 'pg';

type Call = (...args: never[]) => unknown;
type Calls = Record<string, Call>;

export interface Moments {
  /** Starts to count; the process dies at the moment of this number, from 1. */
  arm(at: number): void;
}

/** Counts what is done to files whose path has `part` in it. `died` is called right before the end. */
export function countMoments(part: string, died: (name: string) => void): Moments {
  const counter = makeCounter(died);
  const isOurs = (path: unknown): path is string => typeof path === 'string' && path.includes(part);
  const promises = nodePromises as unknown as Calls;
  watchDescriptors(nodeFs as unknown as Calls, isOurs, counter);
  watchHandles(promises, isOurs, counter);
  for (const [calls, name, what] of [
    [promises, 'rename', 'rename'],
    [promises, 'rm', 'remove'],
  ] as const)
    replace(calls, name, (real) => (...args) => {
      if (isOurs(args[0])) counter.before(`${what} ${basename(args[0])}`);
      return real(...args);
    });
  syncBuiltinESMExports();
  const client = pg.Client.prototype as unknown as Calls;
  const { query } = client;
  client['query'] = function (this: unknown, ...args: never[]): unknown {
    if (args[0] === ('commit' as never)) counter.before('commit');
    return query!.apply(this, args);
  };
  return counter;
}

interface Counter extends Moments {
  before(name: string): void;
  /** In the middle of it, if that is the moment. */
  isHalfway(): boolean;
  die(name: string): void;
}

function makeCounter(died: (name: string) => void): Counter {
  let wanted: number | undefined;
  let count = 0;
  const die = (name: string): void => {
    died(name);
    process.kill(process.pid, 'SIGKILL');
  };
  const isNow = (): boolean => wanted !== undefined && ++count === wanted;
  return {
    arm: (at) => {
      wanted = at;
    },
    before: (name) => {
      if (isNow()) die(name);
    },
    isHalfway: isNow,
    die,
  };
}

const replace = (calls: Calls, name: string, by: (real: Call) => Call): void => {
  calls[name] = by(calls[name]!);
};

type IsOurs = (path: unknown) => path is string;

/** Files that stay open: what is appended to them. */
function watchDescriptors(fs: Calls, isOurs: IsOurs, counter: Counter): void {
  const files = new Map<unknown, string>();
  replace(fs, 'openSync', (real) => (...args) => {
    const [path, flags] = args as unknown[];
    if (isOurs(path) && flags === 'w+') counter.before(`make ${basename(path)}`);
    const file = real(...args);
    if (isOurs(path)) files.set(file, basename(path));
    else files.delete(file);
    return file;
  });
  replace(fs, 'writeSync', (real) => {
    const write = real as unknown as (file: number, bytes: Buffer, from: number, length: number, at: number) => number;
    return (file: number, bytes: Buffer, from: number, length: number, at: number): number => {
      const name = files.get(file);
      if (name === undefined) return write(file, bytes, from, length, at);
      counter.before(`write ${name}`);
      if (counter.isHalfway()) {
        write(file, bytes, from, length >> 1, at);
        counter.die(`half of ${name}`);
      }
      return write(file, bytes, from, length, at);
    };
  });
  replace(fs, 'ftruncateSync', (real) => (...args) => {
    const name = files.get(args[0]);
    if (name !== undefined) counter.before(`cut ${name}`);
    return real(...args);
  });
  replace(fs, 'closeSync', (real) => (...args) => {
    files.delete(args[0]);
    return real(...args);
  });
}

/** Files that are written whole. */
function watchHandles(promises: Calls, isOurs: IsOurs, counter: Counter): void {
  replace(promises, 'open', (real) => async (...args: never[]): Promise<FileHandle> => {
    const [path, flags] = args as unknown[];
    const isWritten = isOurs(path) && flags === 'w';
    if (isWritten) counter.before(`make ${basename(path)}`);
    const file = (await real(...args)) as FileHandle;
    if (!isWritten) return file;
    const write: (bytes: Uint8Array) => Promise<void> = file.writeFile.bind(file);
    const name = basename(path);
    const written = async (bytes: Uint8Array): Promise<void> => {
      counter.before(`write ${name}`);
      if (counter.isHalfway()) {
        await write(bytes.subarray(0, bytes.length >> 1));
        counter.die(`half of ${name}`);
      }
      await write(bytes);
    };
    file.writeFile = written;
    return file;
  });
}
