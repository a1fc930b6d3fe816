/** `asposted serve` as users run it, without the watch. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { TestContext } from 'node:test';
import { MAIN } from './cli.js';

/** The address it answers at; it is stopped after the test. */
export function serve(t: TestContext, store: string): Promise<string> {
  const child: ChildProcess = spawn(
    process.execPath,
    [MAIN, 'serve', '--no-watch', '--store', store, '--listen', '127.0.0.1:0', '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.after(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await ended;
  });
  return new Promise((resolve) => {
    child.stdout!.once('data', (text: Buffer) => {
      resolve((JSON.parse(text.toString()) as { address: string }).address);
    });
  });
}
