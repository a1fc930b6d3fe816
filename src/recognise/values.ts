/** Contacts, registration numbers and codes, each with its shape or its check digit. */
import type { Mention } from '../model/index.js';
import { validBin, validEdrpou, validInn, validOgrn, validUscc } from '../text/index.js';
import { longest, mention } from './mentions.js';

export function findContacts(text: string): Mention[] {
  const emails = [...text.matchAll(/(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?![\w@])/gu)].map(
    (match) => mention('email', match[0].toLowerCase(), text, match.index, match[0].length),
  );
  const phones = [
    ...text.matchAll(
      /(?<![\d+-])(?:\+\d{1,3}[\s-]?)?(?:\(?0?\d{2,4}\)?[\s-]?)?\d{3,4}[\s-]?\d{2}[\s-]?\d{2}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)/gu,
    ),
  ]
    .filter(
      (match) =>
        match[0].replace(/\D/g, '').length >= 7 &&
        (/^(?:\+|1[3-9]\d{9}$)/.test(match[0]) ||
          /(?:电\s?话|手机|传真|联系方式|тел|phone|tel|fax)[^\n]{0,24}$/iu.test(
            text.slice(Math.max(0, match.index - 30), match.index),
          )),
    )
    .map((match) => mention('phone', match[0].replace(/[^\d+]/g, ''), text, match.index, match[0].length));
  return [...emails, ...phones];
}

/** Registration numbers whose check digits hold; a number that does not pass is no identifier (facts/screening §8). */
export function findIdentifiers(text: string): Mention[] {
  const found: Mention[] = [];
  for (const match of text.matchAll(/(?<![\dA-Za-z])([0-9A-HJ-NPQRTUWXY]{18})(?![\dA-Za-z])/gu))
    if (validUscc(match[1]!)) found.push(mention('identifier', `uscc:${match[1]!}`, text, match.index, 18));
  for (const match of text.matchAll(/(?<!\d)(\d{10}|\d{12}|\d{13}|\d{15}|\d{8})(?!\d)/gu)) {
    const digits = match[1]!;
    const before = text.slice(Math.max(0, match.index - 30), match.index);
    const type = identifierType(digits, before);
    if (type !== undefined) found.push(mention('identifier', `${type}:${digits}`, text, match.index, digits.length));
  }
  return found;
}

function identifierType(digits: string, before: string): string | undefined {
  if (/БИН|БСН|BIN/u.test(before) && validBin(digits)) return 'bin';
  if (/ИНН|ІПН|INN|Tax ID/iu.test(before) && (digits.length === 10 || digits.length === 12) && validInn(digits))
    return 'inn';
  if (/ОГРН|OGRN/iu.test(before) && (digits.length === 13 || digits.length === 15) && validOgrn(digits)) return 'ogrn';
  if (/ЄДРПОУ|ЕДРПОУ|EDRPOU/iu.test(before) && validEdrpou(digits)) return 'edrpou';
  return undefined;
}

const HS_BEFORE =
  /(?:(?<![A-Za-z])(?:H\.?S\.?|HTS(?:US)?|tariff|customs (?:code|number))(?![A-Za-z])|海关(?:商品)?编[码号]|商品编码|税则号列|ТН\s?ВЭД|УКТ\s?ЗЕД)[^\d\n]{0,16}/giu;
/** 854370, 8543.70, 85437099, 8543709960, 8543 70 900 0; what goes on after its digits is another number. */
const HS_CODE = String.raw`(?:0[1-9]|[1-8]\d|9[0-7])\d{2}[. ]?\d{2}(?:[. ]?\d{2}[. ]?\d{2}|[. ]?\d{3}[. ]?\d|[. ]?\d{2})?(?!\d)`;
const HS_LIST = new RegExp(`${HS_CODE}(?:\\s?[、,，;；/]\\s?${HS_CODE}){0,40}`, 'yu');
/** Category, product group, number and paragraphs: 5A001.b.5. Russian keyboards write the second letter in Cyrillic. */
const LIST_CODE =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{N}.-])([0-9])([A-EАВСЕ])([0-9]{3})((?:\.(?:[a-z]|[0-9]{1,2})(?![\p{Script=Latin}\p{Script=Cyrillic}\p{N}])){0,5})(?![\p{Script=Latin}\p{Script=Cyrillic}\p{N}])/gu;
const CYRILLIC_GROUP: Readonly<Record<string, string>> = { А: 'A', В: 'B', С: 'C', Е: 'E' };

export function findCodes(text: string): Mention[] {
  const found: Mention[] = [];
  for (const { index, 0: label } of text.matchAll(HS_BEFORE)) {
    HS_LIST.lastIndex = index + label.length;
    const list = HS_LIST.exec(text);
    for (const { index: at, 0: code } of list?.[0].matchAll(new RegExp(HS_CODE, 'gu')) ?? [])
      found.push(mention('code', `hs:${code.replace(/\D/g, '')}`, text, list!.index + at, code.length));
  }
  for (const { index, 0: all, 1: category, 2: group, 3: number, 4: paragraphs } of text.matchAll(LIST_CODE))
    found.push(
      mention(
        'code',
        `eccn:${category}${CYRILLIC_GROUP[group!] ?? group}${number}${paragraphs}`,
        text,
        index,
        all.length,
      ),
    );
  for (const match of text.matchAll(/USML\s(?:Category\s)?([IVX]{1,5}(?:\([a-z0-9]{1,4}\)){0,4})(?![\p{L}\p{N}])/gu))
    found.push(mention('code', `usml:${match[1]!}`, text, match.index, match[0].length));
  for (const [scheme, pattern] of [
    ['okpd2', /(?:ОКПД2|ОКПД 2)[^\d\n]{0,12}(\d{2}\.\d{2}(?:\.\d{2}(?:\.\d{3})?)?)/giu],
    ['cpv', /(?:CPV|ДК 021)[^\d\n]{0,12}(\d{8}(?:-\d)?)/giu],
  ] as const)
    for (const match of text.matchAll(pattern)) {
      const code = match[1]!;
      found.push(mention('code', `${scheme}:${code}`, text, match.index + match[0].length - code.length, code.length));
    }
  return longest(found);
}
