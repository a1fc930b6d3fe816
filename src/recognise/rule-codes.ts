/** Codes that stand in a text and the entries that name them. How far two codes agree is said; whether it is the same item is not. */
import type { Mention, NamedCode } from '../model/index.js';
import type { RuleEntry } from './rule-entries.js';

/** The code of an entry that a code of the text agrees with best, or none. */
export function codesNaming(rule: RuleEntry, codes: readonly Mention[]): NamedCode[] {
  return codes.flatMap((mention) => {
    const [scheme, value] = split(mention.id);
    const named = scheme === 'hs' ? customsCode(rule, value) : listCode(rule, scheme, value);
    const { text, start, end } = mention;
    return named ? [{ ...named, text, start, end }] : [];
  });
}

function split(id: string): [scheme: string, value: string] {
  const at = id.indexOf(':');
  return [id.slice(0, at), id.slice(at + 1)];
}

type Named = Pick<NamedCode, 'code' | 'says'>;

/**
 * Six digits mean the same in every tariff, what follows is each country's own. So a longer code leads to an entry with its six
 * digits too, and it is said that no more than these agree.
 */
function customsCode({ hs = [], hs6 = [] }: RuleEntry, value: string): Named | undefined {
  const exact = hs.find((each) => each === value);
  if (exact !== undefined)
    return { code: exact, says: `the text names code ${value}, which the entry gives for reference` };
  const listed = hs6.find((each) => value.startsWith(each));
  if (listed !== undefined)
    return {
      code: listed,
      says: `the text names code ${value}${value === listed ? '' : `, which stands under ${listed}`}; ${listed} is on the list`,
    };
  const heading = hs.find((each) => each.startsWith(value));
  if (heading !== undefined)
    return {
      code: heading,
      says: `the text names code ${value}; the entry’s reference code ${heading} stands under it`,
    };
  const kin = hs.find((each) => each.slice(0, 6) === value.slice(0, 6));
  return kin === undefined
    ? undefined
    : {
        code: kin,
        says: `the text names code ${value}; it agrees with the entry’s reference code ${kin} in the six digits that all tariffs share, and not beyond`,
      };
}

/** 9A012 names all its paragraphs, 9A012.c.1 is part of 9A012.c; 9A012.a and 9A012.c have nothing in common. */
function listCode({ codes = [] }: RuleEntry, scheme: string, value: string): Named | undefined {
  const written = scheme === 'usml' ? `USML ${value}` : value;
  if (codes.includes(written)) return { code: written, says: `the text names code ${written}` };
  // The narrowest that holds it says most.
  const whole = codes.filter((code) => isPartOf(written, code)).sort((a, b) => b.length - a.length)[0];
  if (whole !== undefined) return { code: whole, says: `the text names code ${written}, a part of ${whole}` };
  const part = codes.find((code) => isPartOf(code, written));
  return part === undefined
    ? undefined
    : { code: part, says: `the text names code ${written}; ${part} is a part of it` };
}

const isPartOf = (part: string, whole: string): boolean =>
  part.startsWith(whole) && /^[.(]/.test(part.slice(whole.length));
