/** Words of a page in a message to people: everything in them is the page's, who may want to be more than text. */
import { visible } from '../model/index.js';

/**
 * One line, control and direction characters shown, no address that a reader's program would make a link of, not longer than
 * `most`. Anything but a text is nothing.
 */
export function shown(value: unknown, most: number): string {
  if (typeof value !== 'string') return '';
  const line = visible(
    value
      .slice(0, most * 4)
      .toWellFormed()
      .replace(/\s+/gu, ' '),
  ).trim();
  return cut(line.replace(/([a-z][a-z0-9+.-]*):\/\//gi, '$1 : //'), most);
}

/** The address of a watched page for the eye alone: opened from a chat or a mail it would tell that somebody watches it. */
export function shownAddress(value: unknown): string {
  return shown(value, 300).replace(
    /^(https?) : \/\/([^/?#]*)/,
    (_, scheme: string, host: string) => `${scheme} : //${host.replaceAll('.', '[.]')}`,
  );
}

const NO_BEGINNING = /^[\p{M}\u200d\ufe0f\udc00-\udfff]/u;

/** Cut to `most` UTF-16 units with an ellipsis, between characters as people see them, as far as they are not absurdly long. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = most - 1;
  const isWithin = (at: number): boolean => NO_BEGINNING.test(text.slice(at, at + 2)) || text[at - 1] === '\u200d';
  while (end > most - 40 && end > 0 && isWithin(end)) end -= 1;
  return `${text.slice(0, end).toWellFormed().trimEnd()}…`;
}

/** The same for services that count bytes of UTF-8. */
export function cutBytes(text: string, most: number): string {
  let kept = text;
  while (Buffer.byteLength(kept) > most)
    kept = cut(kept, Math.min(kept.length - 1, Math.floor((kept.length * most) / Buffer.byteLength(kept))));
  return kept;
}

/** `2024-05-28 00:10 UTC`; what is no time is said to be unknown. */
export function moment(value: unknown): string {
  const match = typeof value === 'string' ? /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/.exec(value) : null;
  return match ? `${match[1]!} ${match[2]!} UTC` : shown(value, 40) || 'a time not known';
}

/** For chats: `@everyone` and `@alice` call nobody. The wide sign reads the same, and no chat listens to it. */
export const calm = (text: string): string => text.replaceAll('@', '＠');
