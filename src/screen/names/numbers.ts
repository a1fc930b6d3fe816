/** Numbers as digits, words, ordinals and Roman numerals: `Десятый`, `10th`, `第十`, `10-ГПЗ` are ten. */
const WORDS = `
0 zero | 1 one first первый первая | 2 two second второй вторая | 3 three third третий третья | 4 four fourth четвертый четвёртый | 5 five fifth пятый
6 six sixth шестой | 7 seven seventh седьмой | 8 eight eighth восьмой | 9 nine ninth девятый | 10 ten tenth десятый | 11 eleven eleventh одиннадцатый
12 twelve twelfth двенадцатый | 13 thirteen thirteenth | 14 fourteen | 15 fifteen | 16 sixteen | 17 seventeen | 18 eighteen | 19 nineteen
20 twenty twentieth двадцатый | 30 thirty | 40 forty сороковой | 50 fifty | 60 sixty | 70 seventy | 80 eighty | 90 ninety | 100 hundred | 1000 thousand`;

const BY_WORD = new Map(
  WORDS.trim()
    .split(/[|\n]/)
    .flatMap((group) => {
      const [value, ...words] = group.trim().split(' ');
      return words.map((word) => [word, Number(value)] as const);
    }),
);
const ROMAN: Record<string, number> = {
  ii: 2,
  iii: 3,
  iv: 4,
  vi: 6,
  vii: 7,
  viii: 8,
  ix: 9,
  xi: 11,
  xii: 12,
  xiii: 13,
  xiv: 14,
  xv: 15,
};
const HAN_DIGITS = '〇一二三四五六七八九十';

export function numberOf(token: string): number | undefined {
  const digits = /^(\d{1,9})(?:st|nd|rd|th|й|я|е|го|ой|ый|ая)?$/.exec(token);
  if (digits) return Number(digits[1]);
  return BY_WORD.get(token) ?? ROMAN[token];
}

/** Forty and четвертый, not 40 nor IV: only such are read together. */
export const isNumberWord = (token: string): boolean => BY_WORD.has(token);

/** `第十三` → 13. */
export function hanNumber(text: string): number | undefined {
  const found = /^第?([〇一二三四五六七八九十]{1,3})$/.exec(text)?.[1];
  if (found === undefined) return undefined;
  const [tens, ones = '', ...more] = found.split('十');
  // 三一 is 31 and 八一 is 81: digits without a ten are read one by one.
  const byDigits = (text: string): number => Number(Array.from(text, (digit) => HAN_DIGITS.indexOf(digit)).join(''));
  if (!found.includes('十')) return byDigits(found);
  return more.length > 0 ? undefined : 10 * (tens === '' ? 1 : byDigits(tens!)) + byDigits(ones);
}
