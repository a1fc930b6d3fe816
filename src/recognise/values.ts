/** Contacts, registration numbers and codes, each with its shape or its check digit. */
import type { Mention } from '../model/index.js';
import { validInn, validOgrn, validUscc } from '../text/index.js';
import { mention } from './mentions.js';

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
  if (/БИН|БСН|BIN/u.test(before) && digits.length === 12) return 'bin';
  if (/ИНН|ІПН|INN|Tax ID/iu.test(before) && (digits.length === 10 || digits.length === 12) && validInn(digits))
    return 'inn';
  if (/ОГРН|OGRN/iu.test(before) && (digits.length === 13 || digits.length === 15) && validOgrn(digits)) return 'ogrn';
  if (/ЄДРПОУ|ЕДРПОУ|EDRPOU/iu.test(before) && digits.length === 8) return 'edrpou';
  return undefined;
}

export function findCodes(text: string): Mention[] {
  const found: Mention[] = [];
  for (const match of text.matchAll(
    /(?:HS|海关编码|税则号列|ТН ВЭД|УКТЗЕД|商品编码)[^\d\n]{0,12}(\d{4}(?:[. ]?\d{2}){1,3})/giu,
  ))
    found.push(
      mention(
        'code',
        `hs:${match[1]!.replace(/\D/g, '')}`,
        text,
        match.index + match[0].length - match[1]!.length,
        match[1]!.length,
      ),
    );
  for (const match of text.matchAll(/(?<![\dA-Za-z])([0-9][A-E][0-9]{3})(?:\.[a-z](?:\.\d+)*)?(?![\dA-Za-z])/gu))
    found.push(mention('code', `eccn:${match[0]}`, text, match.index, match[0].length));
  for (const match of text.matchAll(/(?:ОКПД2|ОКПД 2)[^\d\n]{0,12}(\d{2}\.\d{2}(?:\.\d{2}(?:\.\d{3})?)?)/giu))
    found.push(
      mention('code', `okpd2:${match[1]!}`, text, match.index + match[0].length - match[1]!.length, match[1]!.length),
    );
  for (const match of text.matchAll(/(?:CPV|ДК 021)[^\d\n]{0,12}(\d{8}(?:-\d)?)/giu))
    found.push(
      mention('code', `cpv:${match[1]!}`, text, match.index + match[0].length - match[1]!.length, match[1]!.length),
    );
  return found;
}
