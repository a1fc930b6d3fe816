/** Dates, numbers with units, money, contacts, registration numbers and codes. Read where they stand; missing is "not stated" (facts/goods §11). */
import type { Mention } from '../model/index.js';
import { validInn, validOgrn, validUscc } from '../text/index.js';
import { longest, mention } from './mentions.js';

type Value = NonNullable<Mention['value']>;

/** Decimal comma, blanks and thin blanks as thousands separators, full-width digits. */
const NUMBER = String.raw`[0-9０-９]{1,3}(?:[  ,，][0-9]{3})+(?:[.,][0-9]+)?|[0-9０-９]+(?:[.,．][0-9]+)?`;

export function parseNumber(text: string): number {
  const plain = text.normalize('NFKC');
  const grouped = /^\d{1,3}(?:[  ,]\d{3})+(?:[.,]\d+)?$/.test(plain) && !/^\d+,\d{3}$/.test(plain.replace(/ /g, ''));
  const bare = plain.replace(/[  ]/g, '');
  return Number(
    grouped && /,\d{3}/.test(bare) && !/,\d{1,2}$/.test(bare) ? bare.replace(/,/g, '') : bare.replace(',', '.'),
  );
}

const UNITS: readonly { pattern: string; unit: string; factor: number; kind: 'range' | 'frequency' | 'quantity' }[] = [
  { pattern: '公里|千米|km|км', unit: 'km', factor: 1, kind: 'range' },
  { pattern: '米|metres?|meters?|м(?![\\p{L}²³/])|m(?![\\p{L}²³/])', unit: 'km', factor: 0.001, kind: 'range' },
  { pattern: 'GHz|ГГц|吉赫', unit: 'MHz', factor: 1000, kind: 'frequency' },
  { pattern: 'MHz|МГц|兆赫', unit: 'MHz', factor: 1, kind: 'frequency' },
  { pattern: '千瓦|kW|кВт', unit: 'kW', factor: 1, kind: 'quantity' },
  { pattern: '瓦|W|Вт', unit: 'W', factor: 1, kind: 'quantity' },
  { pattern: '毫弧度|mrad|мрад', unit: 'mrad', factor: 1, kind: 'quantity' },
  {
    pattern: '台|套|架|部|个|只|件|辆|枚|штук|шт\\.?|единиц|комплект\\p{L}{0,3}|pcs|pieces|units|sets',
    unit: 'pieces',
    factor: 1,
    kind: 'quantity',
  },
];

/** Words that give a number its meaning, nearest before it in the sentence. */
const PARAMETERS: readonly [id: string, pattern: RegExp, unit: string][] = [
  [
    'jamming_range_km',
    /干扰范围|干扰距离|干扰半径|反制距离|干扰设备|干扰|反制|压制距离|дальност\p{L}* подавлени\p{L}*|подавлени\p{L}*|jamming range/giu,
    'km',
  ],
  [
    'detection_range_km',
    /侦测距离|探测距离|侦测范围|侦测|探测|дальност\p{L}* обнаружени\p{L}*|обнаружени\p{L}*|detection range/giu,
    'km',
  ],
  ['radio_line_of_sight_km', /视距传输距离|图传距离|通信距离|line of sight/giu, 'km'],
  ['ifov_mrad', /瞬时视场角|IFOV/giu, 'mrad'],
  ['max_continuous_power_kw', /最大持续功率|continuous power/giu, 'kW'],
  ['output_power_kw', /输出功率|output power/giu, 'kW'],
  ['output_power_w', /мощност\p{L}*|功率|power/giu, 'W'],
  // A bare "range" with nothing else said of it: what sellers of jammers write.
  ['jamming_range_km', /дальност\p{L}*|有效距离|作用距离/giu, 'km'],
];

const OPERATORS: readonly [Value['operator'] & string, RegExp][] = [
  ['>=', /(?:不小于|不少于|不低于|не менее|від|от|at least|≥|＞=|>=)\s*$/iu],
  ['<=', /(?:不大于|不超过|不高于|не более|до|up to|≤|<=|最大)\s*$/iu],
  ['>', /(?:大于|超过|高于|более|over|more than|[>＞])\s*$/iu],
  ['<', /(?:小于|低于|менее|less than|under|[<＜])\s*$/iu],
  ['~', /(?:约|около|близько|about|approximately)\s*$/iu],
];

const SENTENCE = /[。；;！？!?\n]/u;

export function findMeasures(text: string): Mention[] {
  const found: Mention[] = [];
  for (const { pattern, unit, factor, kind } of UNITS) {
    const regex = new RegExp(
      `(${NUMBER})(?:\\s?[-–~～至]\\s?(${NUMBER}))?\\s{0,2}(?:${pattern})(?![A-Za-zа-яё])`,
      'giu',
    );
    for (const match of text.matchAll(regex)) {
      if (
        unit === 'km' &&
        factor === 0.001 &&
        /^[0-9]/.test(match[1]!) &&
        /[A-Za-zА-я0-9.,]$/.test(text.slice(0, match.index))
      )
        continue;
      const low = parseNumber(match[1]!) * factor;
      const high = match[2] === undefined ? undefined : parseNumber(match[2]) * factor;
      if (!Number.isFinite(low)) continue;
      const before = text.slice(Math.max(0, match.index - 24), match.index);
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 3);
      const operator = /^以上/.test(after)
        ? '>='
        : /^以下|^以内/.test(after)
          ? '<='
          : (OPERATORS.find(([, word]) => word.test(before))?.[0] ?? '=');
      const parameter = parameterBefore(text, match.index, unit);
      const value: Value = {
        unit,
        operator,
        ...(high === undefined ? { number: round(low) } : { low: round(low), high: round(high) }),
        ...(parameter === undefined ? {} : { parameter }),
      };
      if (kind === 'frequency') found.push(...listedBefore(text, match.index, { unit, factor }));
      found.push(
        mention(
          kind,
          `${operator}${high === undefined ? round(low) : `${round(low)}-${round(high)}`} ${unit}`,
          text,
          match.index,
          match[0].length,
          value,
        ),
      );
    }
  }
  return longest(found);
}

/** 433/868/915 МГц, 2.4、5.8 GHz: one unit for the numbers before it too. */
function listedBefore(text: string, at: number, { unit, factor }: { unit: string; factor: number }): Mention[] {
  const list = LISTED.exec(text.slice(Math.max(0, at - 60), at))?.[0];
  if (list === undefined) return [];
  return [...list.matchAll(new RegExp(NUMBER, 'gu'))].map((match) => {
    const number = round(parseNumber(match[0]) * factor);
    const start = at - list.length + match.index;
    return mention('frequency', `=${number} ${unit}`, text, start, match[0].length, { unit, operator: '=', number });
  });
}

const LISTED = /(?<![0-9０-９.,])(?:[0-9]{1,5}(?:[.,][0-9]{1,3})?\s?[/、／]\s?){1,8}$/u;

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** The nearest parameter word before the number in its sentence whose unit fits: MHz is never read as kilometres. */
function parameterBefore(text: string, at: number, unit: string): string | undefined {
  const sentence = text
    .slice(Math.max(0, at - 80), at)
    .split(SENTENCE)
    .at(-1)!;
  let best: { id: string; at: number } | undefined;
  for (const [id, pattern, wanted] of PARAMETERS) {
    if (wanted !== unit) continue;
    for (const match of sentence.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (!best || end > best.at) best = { id, at: end };
    }
  }
  return best?.id;
}

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

/** Money has two decimals: a comma before three digits parts thousands. */
const amountOf = (text: string): number =>
  /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? Number(text.replaceAll(',', '')) : parseNumber(text);

export function findPrices(text: string): Mention[] {
  const patterns: [RegExp, string][] = [
    [new RegExp(`(${NUMBER})\\s?(万|亿)?\\s?(?:元|人民币|RMB|CNY)`, 'gu'), 'CNY'],
    [new RegExp(`(${NUMBER})\\s?(тыс\\.|млн|млрд)?\\.?\\s?(?:руб(?:лей|\\.)?|₽|RUB)`, 'giu'), 'RUB'],
    [new RegExp(`(${NUMBER})\\s?(тис\\.|млн)?\\.?\\s?(?:грн|UAH|₴)`, 'giu'), 'UAH'],
    [
      new RegExp(
        `(?:USD|(?:US)?\\$)\\s?(${NUMBER})(?:\\s?(million|billion))?|(${NUMBER})\\s?(?:USD|美元|долл\\p{L}*)`,
        'giu',
      ),
      'USD',
    ],
    [new RegExp(`(?:CNY|RMB|[¥￥])\\s?(${NUMBER})\\s?(万|亿)?`, 'giu'), 'CNY'],
    [
      new RegExp(`(?:EUR|€)\\s?(${NUMBER})(?:\\s?(million|billion))?|(${NUMBER})\\s?(?:EUR|€|欧元|евро|євро)`, 'giu'),
      'EUR',
    ],
    [new RegExp(`(${NUMBER})\\s?(тыс\\.|млн)?\\.?\\s?(?:тенге|KZT|₸|坚戈)`, 'giu'), 'KZT'],
  ];
  const factors: Record<string, number> = {
    万: 1e4,
    亿: 1e8,
    'тыс.': 1e3,
    'тис.': 1e3,
    млн: 1e6,
    млрд: 1e9,
    million: 1e6,
    billion: 1e9,
  };
  return longest(
    patterns.flatMap(([pattern, currency]) =>
      [...text.matchAll(pattern)].map((match) => {
        const number = amountOf(match[1] ?? match[3] ?? '0') * (factors[(match[2] ?? '').toLowerCase()] ?? 1);
        return mention('price', `${number} ${currency}`, text, match.index, match[0].length, {
          number,
          unit: currency,
        });
      }),
    ),
  );
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
