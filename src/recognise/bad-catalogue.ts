import { AsPostedError } from '../model/index.js';

/** What is wrong with a file of the catalogue. */
export function bad(file: string, why: string): AsPostedError {
  return new AsPostedError({
    code: 'BAD_CATALOGUE',
    message: `catalogue file ${file}: ${why}`,
    hint: 'Correct the file; `asposted recognise` starts again when it is right.',
  });
}
