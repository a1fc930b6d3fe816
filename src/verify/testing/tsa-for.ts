/** One authority for all tests of a file, made when the first one asks and removed after the last. */
import { after } from 'node:test';
import { skipOrFail } from '../../model/testing/shared.js';
import { TestTsa, hasOpenssl } from './tsa.js';

let made: TestTsa | undefined;
after(() => {
  made?.remove();
});

/** Undefined where there is no openssl: the test is then skipped, or failed in CI. */
export function tsaFor(t: { skip(message?: string): void }): TestTsa | undefined {
  if (!hasOpenssl()) skipOrFail(t, 'the openssl command is not there');
  else made ??= new TestTsa();
  return made;
}
