/** Whether an article stands, out of the beginning of its page: what costs 3 MB is told by the first 25 KB (facts/watching §2.14). */

/** Notices, verification pages and errors are shorter than this, and have no title of an article: then the whole page decides. */
const FARTHEST = 65_536;
const LONGEST_TAG = 4_000;

/**
 * Is given the bytes of a page piece by piece. `enough`: this is an article's page, as no other page of the platform names a title
 * this way; what the article says is not looked at. `whole`: nothing can be told from its beginning.
 */
export function articleBegins(): (piece: Uint8Array) => 'enough' | 'more' | 'whole' {
  let text = '';
  return (piece) => {
    text += Buffer.from(piece.buffer, piece.byteOffset, Math.min(piece.length, FARTHEST - text.length)).toString(
      'latin1',
    );
    if (namesTitle(text)) return 'enough';
    return text.length >= FARTHEST ? 'whole' : 'more';
  };
}

/** `<meta property="og:title" content="…">` with words in it. */
function namesTitle(text: string): boolean {
  const at = text.indexOf('property="og:title"');
  const begins = at < 0 ? -1 : text.lastIndexOf('<meta', at);
  if (begins < 0 || at - begins > LONGEST_TAG) return false;
  const [before = '', value = '', after] = text.slice(begins, begins + LONGEST_TAG).split(/\scontent="([^"]*)"/, 3);
  return after !== undefined && !before.includes('>') && value.trim() !== '';
}
