/** The command as users run it: the compiled program in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { placeCluster } from '../../src/store/testing/cluster.js';

export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Ran {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** JSON lines on standard output. */
  rows(): Record<string, unknown>[];
}

export interface RunOptions {
  store?: string;
  input?: string;
  env?: Record<string, string>;
  /** Given the process as soon as it runs. */
  started?: (child: ChildProcess) => void;
  /** Called with each piece of standard output as it comes. */
  onOutput?: (text: string) => void;
}

export function asposted(
  args: readonly string[],
  { store, input, env = {}, started, onOutput }: RunOptions = {},
): Promise<Ran> {
  const { PATH, HOME, TMPDIR } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH, HOME, TMPDIR, ...(store === undefined ? {} : { ASPOSTED_STORE: store }), ...env },
      stdio: 'pipe',
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      stdout += part;
      onOutput?.(part);
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr, rows: () => jsonLines(stdout) });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    started?.(child);
  });
}

/** Whole lines only: a killed process may leave half of one. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Where a store may be made; `bare`: with nothing in it, not even the run's database folder. */
export function storeDir(t: TestContext, { bare = false } = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-cli-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const store = join(dir, 'store');
  if (!bare) placeCluster(store);
  return store;
}
