/**
 * Bytes of a list as text, piece by piece. Whoever can write the file controls all of it: what is not the publisher's data
 * (a web page, another encoding, a line without an end) is refused in one sentence, before much of it is held.
 */
import { AsPostedError } from '../../model/index.js';
import type { ListLimits } from '../list-kind.js';

/** The largest true record, a party of OFAC's advanced form, has 69 kB; lines of OpenSanctions about one megabyte. */
export const LIMITS: ListLimits = { record: 8_000_000 };

const PIECE = 65_536;

export interface TextOptions {
  /** What the file is called in messages. */
  file: string;
  charset?: 'utf-8' | 'latin1';
  limits?: ListLimits;
}

export function badList(
  message: string,
  hint = 'The last good version stays in force; get the file again.',
): AsPostedError {
  return new AsPostedError({ code: 'BAD_LIST', message, hint });
}

/** The first characters of a file, one a byte, without a byte order mark and blanks: enough to see what it is. */
export function textStart(bytes: Uint8Array): string {
  return headOf(bytes)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
}

const headOf = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_096));

/** Throws when this is no text of the wanted kind, whatever the list. */
export function refuseOther(bytes: Uint8Array, file: string): void {
  const [head, start] = [headOf(bytes), textStart(bytes)];
  if (start === '') throw badList(`${file} is empty`);
  if (
    (head[0] === 0xff && head[1] === 0xfe) ||
    (head[0] === 0xfe && head[1] === 0xff) ||
    head.subarray(0, 64).includes(0)
  )
    throw badList(`${file} is not UTF-8 text: it looks like UTF-16 or a binary file`);
  if (start.startsWith('PK\x03\x04')) throw badList(`${file} is a ZIP archive`, 'Unpack it and give the file inside.');
  if (start.startsWith('%PDF-')) throw badList(`${file} is a PDF, not data`);
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(start))
    throw badList(`${file} is a web page (HTML), not data: the site may have refused or be down`);
}

/** Decoded text in pieces; letters that lie across a border stay whole. */
export function* textPieces(bytes: Uint8Array, { file, charset = 'utf-8' }: TextOptions): Generator<string> {
  refuseOther(bytes, file);
  const decoder = new TextDecoder(charset, { fatal: true });
  for (let at = 0; at < bytes.length; at += PIECE) {
    try {
      yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: at + PIECE < bytes.length });
    } catch (thrown) {
      if (!(thrown instanceof TypeError)) throw thrown;
      throw badList(
        `${file} is not UTF-8: a letter between byte ${at} and ${Math.min(at + PIECE, bytes.length)} is broken`,
      );
    }
  }
}

export interface TextLine {
  /** From 1. */
  number: number;
  text: string;
  /** False for a last line that no line break ends. */
  ended: boolean;
}

/** Lines without their ends. A line longer than the limit is refused as soon as it is longer. */
export function* textLines(bytes: Uint8Array, options: TextOptions): Generator<TextLine> {
  const { file, limits = LIMITS } = options;
  let pending: string[] = [];
  let held = 0;
  let number = 1;
  const hold = (part: string): void => {
    held += part.length;
    if (held > limits.record) throw tooLong(file, `line ${number}`, limits);
    pending.push(part);
  };
  const take = (): string => {
    const text = pending.join('');
    [pending, held] = [[], 0];
    return text.replace(/\r$/, '');
  };
  for (const piece of textPieces(bytes, options)) {
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      hold(piece.slice(from, end));
      yield { number: number++, text: take(), ended: true };
      from = end + 1;
    }
    hold(piece.slice(from));
  }
  if (held > 0) yield { number, text: take(), ended: false };
}

export function tooLong(file: string, what: string, { record }: ListLimits): AsPostedError {
  return badList(`${file}: ${what} is longer than ${record} characters: no record of a list is`);
}

/** As printed, without the white space of the file's own layout. */
export function clean(text: string | undefined): string {
  return (text ?? '').replace(/[\s\u00a0\ufeff]+/g, ' ').trim();
}
