import { readFile } from 'node:fs/promises';
import { asError } from '../model/index.js';

/** The static page that checks evidence (`web/verify`), as the build made it; two levels up from source and compiled code alike. */
export async function verifyPage(): Promise<Uint8Array> {
  try {
    return await readFile(new URL('../../dist/verify.html', import.meta.url));
  } catch (thrown) {
    throw asError(thrown, {
      code: 'STORE_FAILED',
      message: 'the page that checks evidence is not there',
      hint: 'Install the package again, or run `npm run build` in a clone.',
    });
  }
}
