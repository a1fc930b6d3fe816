/** The same text as a page's script, a browser or a server would read it: escapes undone, at most three times (facts/watching §2.2). */
const LEVELS = 3;

/** The text itself first, then each further reading that differs. */
export function views(text: string): string[] {
  const found = [text];
  for (let level = 0; level < LEVELS; level++) {
    const next = unescapeAll(found.at(-1)!);
    if (next === found.at(-1)) break;
    found.push(next);
  }
  return found;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  colon: ':',
  period: '.',
  commat: '@',
};
const ESCAPE =
  /(?:%[0-9a-f]{2})+|\\u\{?([0-9a-f]{4,6})\}?|\\x([0-9a-f]{2})|\\(["'/])|&#x([0-9a-f]{1,6});?|&#(\d{1,7});?|&(amp|lt|gt|quot|apos|nbsp|colon|period|commat);/gi;

function unescapeAll(text: string): string {
  return text.replace(
    ESCAPE,
    (all: string, u?: string, x?: string, sign?: string, hex?: string, decimal?: string, name?: string) => {
      if (sign !== undefined) return sign;
      if (name !== undefined) return NAMED[name.toLowerCase()]!;
      const digits = u ?? x ?? hex;
      if (digits !== undefined) return letter(parseInt(digits, 16)) ?? all;
      if (decimal !== undefined) return letter(Number(decimal)) ?? all;
      return percentDecoded(all);
    },
  );
}

function letter(code: number): string | undefined {
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : String.fromCodePoint(code);
}

/** Bytes that are no UTF-8 are read as Latin letters: an address or a token has only such. */
function percentDecoded(text: string): string {
  const bytes = Buffer.from(text.replaceAll('%', ''), 'hex');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
