/** Texts a person hands in: a file, standard input, or a notice of the store. */
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { AsPostedError, type Account, type Language, type OffsetTime, asError } from '../model/index.js';
import type { FileBytes } from '../verify/index.js';
import type { Context } from './command.js';

/** Past this a file is no notice. */
const LARGEST = 64_000_000;

export interface GivenText {
  name: string;
  text: string;
  language: Language;
  account?: Account;
  published?: OffsetTime;
}

/** HTML is read like a captured page, anything else as plain text; gzip is undone. */
export async function givenText(context: Context, word: string): Promise<GivenText> {
  const bytes = unzipped(word === '-' ? await context.readStdin() : await fileBytes(word), word);
  const head = Buffer.from(bytes.subarray(0, 4_000)).toString('latin1');
  if (/<(?:!doctype\s+html|html|head|body|script|div)[\s>]/i.test(head)) return pageText(bytes, word);
  const { decodeBytes, languageOf, normaliseText } = await import('../read/plain.js');
  const text = normaliseText(decodeBytes(bytes, 'text/plain').text);
  return { name: word, text, language: languageOf(text) };
}

async function pageText(bytes: Uint8Array, name: string): Promise<GivenText> {
  const { readCapture, readingText } = await import('../read/index.js');
  const url = 'https://file.invalid/';
  const headers = [['Content-Type', 'text/html']] as const;
  const reading = readCapture({ requestedUrl: url, finalUrl: url, status: 200, headers, body: bytes });
  return {
    name,
    text: readingText(reading),
    language: reading.language,
    ...(reading.account ? { account: reading.account } : {}),
    ...(reading.published === undefined ? {} : { published: reading.published }),
  };
}

/** Held when it is of a size to be held, else read in places, through one handle that the process keeps to its end. */
export async function fileOfAnyLength(path: string): Promise<Uint8Array | FileBytes> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size <= LARGEST) return fileBytes(path);
  const handle = await open(path).catch((thrown: unknown) => {
    throw unreadable(path, thrown);
  });
  return { length: size, read: (from, to) => readExactly(handle, { path, from, to }) };
}

async function readExactly(
  handle: FileHandle,
  { path, from, to }: { path: string; from: number; to: number },
): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(to - from);
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, from + at).catch((thrown: unknown) => {
      throw unreadable(path, thrown);
    });
    if (bytesRead === 0) throw unreadable(path, new Error('it became shorter while it was read'));
    at += bytesRead;
  }
  return bytes;
}

const unreadable = (path: string, thrown: unknown): AsPostedError =>
  asError(thrown, {
    code: 'BAD_INPUT',
    message: `${path} cannot be read`,
    hint: 'Check the name; `-` reads standard input.',
  });

export async function fileBytes(path: string, largest = LARGEST): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > largest) {
      throw new AsPostedError({
        code: 'BAD_INPUT',
        message: `${path} has ${size} bytes, more than the ${largest} that are read`,
      });
    }
    return await readFile(path);
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
}

function unzipped(bytes: Buffer, name: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST });
  } catch (cause) {
    throw new AsPostedError({
      code: 'BAD_INPUT',
      message: `${name} is gzip, but damaged, cut or larger than ${LARGEST} bytes`,
      cause,
    });
  }
}
