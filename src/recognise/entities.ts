/** Organisations with their roles, people the text labels, and places, in four languages. Names by pattern; identity is never claimed. */
import type { Mention } from '../model/index.js';
import { skeleton, originalSpan } from '../text/index.js';
import type { Catalogue, TextLanguage } from './catalogue.js';
import { type LazyPattern, lazyPattern } from './lazy-pattern.js';
import { longest, mention } from './mentions.js';
import { type FoldedText, escapePattern as escape } from './terms.js';

/** Words before a Chinese name that do not belong to it: verbs, prepositions, labels. */
const HAN_LEAD =
  /^.*(?:业务主管单位|主管单位|业务指导单位|主管部门|主办单位|承办单位|联系单位|单位名称|记者|发布|转发|来源|通过|按照|根据|依据|寻求|联系|收到|经|由|向|与|和|及|的|是|为|请|在|将|据|受|送|报|把|给|至|到|各|该|本|其|对于|关于|以及|并|或|被|从|就|即|称|说|让|使|如|了)(?=\p{Script=Han}{3})/u;

export function findOrganisations(text: string, catalogue: Catalogue): Mention[] {
  const { suffixes, overseeing } = catalogue.organisations;
  const found = [
    ...hanOrganisations(text, suffixes.zh),
    ...formOrganisations(text, [...suffixes.ru, ...suffixes.uk]),
    ...latinOrganisations(text, suffixes.en),
    ...overseers(text),
  ];
  const kept = longest(found);
  return kept.map((each) => ({ ...each, ...roleOf(text, each, Object.values(overseeing).flat()) }));
}

function hanOrganisations(text: string, suffixes: readonly string[]): Mention[] {
  const pattern = new RegExp(
    `[\\p{Script=Han}（）()·]{2,28}?(?:${[...suffixes]
      .sort((a, b) => b.length - a.length)
      .map(escape)
      .join('|')})(?!\\p{Script=Han}{0,2}(?:有限|股份|公司))`,
    'gu',
  );
  return [...text.matchAll(pattern)].flatMap((match) => {
    let name = match[0];
    let start = match.index;
    const lead = HAN_LEAD.exec(name)?.[0].length ?? 0;
    name = name.slice(lead);
    start += lead;
    const open = /^[（(）)·]+/u.exec(name)?.[0].length ?? 0;
    name = name.slice(open);
    start += open;
    // "有限公司" or "协会" alone name nobody.
    const bare =
      suffixes.some((suffix) => name === suffix) ||
      Array.from(name).length < 4 ||
      /^(?:有关|相关|某|两家|多家|数家|企业|外国|国外|境外|上述|所属)/u.test(name);
    return bare ? [] : [mention('organisation', name, text, start, name.length)];
  });
}

/** ООО «Имя», ТОВ «Назва»: the legal form and the quoted name. */
function formOrganisations(text: string, forms: readonly string[]): Mention[] {
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${forms.map(escape).join('|')})\\s{0,2}[«"“„']([^«»"“”„'\\n]{1,80})[»"”']`,
    'gu',
  );
  const bare = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:ООО|ТОВ|АО|ЗАО|ОАО|ПАО)\\s(\\p{Lu}[\\p{L}\\p{N}-]{1,30}(?:\\s\\p{Lu}[\\p{L}\\p{N}-]{1,30}){0,3})`,
    'gu',
  );
  return [...text.matchAll(pattern), ...text.matchAll(bare)].map((match) =>
    mention('organisation', match[0], text, match.index, match[0].length),
  );
}

const CAPITALISED = "(?:[A-Z0-9][\\p{L}\\p{N}&'’.-]{0,30}|of|for|the|and|on|with)";

function latinOrganisations(text: string, suffixes: readonly string[]): Mention[] {
  const body = `[A-Z0-9][\\p{L}\\p{N}&'’.-]{0,30}(?:[ ,]{1,2}${CAPITALISED}){0,7}`;
  const ending = [...suffixes]
    .sort((a, b) => b.length - a.length)
    .map(escape)
    .join('|');
  const after = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${body}[ ,]{1,2})(?:${ending})(?![\\p{L}\\p{N}])(?: (?:of|for) (?:the )?${CAPITALISED}(?: (?:${CAPITALISED})){0,6})?`,
    'gu',
  );
  return [...text.matchAll(after)].map((match) => {
    const name = match[0].replace(/(?: (?:of|for|the|and|on|with))+$/u, '').replace(/^(?:The|An?) /u, '');
    const start = match.index + match[0].indexOf(name);
    return mention('organisation', name, text, start, name.length);
  });
}

/** "业务主管单位：广东省商务厅", "overseen by the Guangdong commerce department": the body is whatever follows the label, up to the clause's end. */
function overseers(text: string): Mention[] {
  const patterns = [
    /(?:业务)?主管(?:单位|部门)\s*(?:为|是|[:：])\s*([\p{Script=Han}（）()]{3,30}?)(?=[，。；、,;\n（(]|$)/gu,
    /(?:overseen|supervised) by (?:the )?((?:[\p{L}'’-]+ ){0,7}?[\p{L}'’-]*(?:[Dd]epartment(?: of [A-Z]\p{L}+)?|[Bb]ureau|[Mm]inistry(?: of [A-Z]\p{L}+)?|[Cc]ommission|[Oo]ffice|[Gg]overnment|[Aa]uthority))/gu,
  ];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => {
      const start = match.index + match[0].lastIndexOf(match[1]!);
      return mention('organisation', match[1]!, text, start, match[1]!.length);
    }),
  );
}

function roleOf(text: string, { start }: Mention, labels: readonly string[]): { role?: string } {
  const before = text.slice(Math.max(0, start - 30), start).toLowerCase();
  const oversees = labels.some((label) =>
    new RegExp(`${escape(label.toLowerCase())}\\s*(?:为|是|[:：])?\\s*(?:the\\s+)?$`, 'u').test(before),
  );
  if (oversees) return { role: 'overseeing-body' };
  if (/(?:采购人|采购单位|招标人|заказчик|замовник|buyer)\s*[:：]?\s*$/iu.test(before)) return { role: 'buyer' };
  if (/(?:供应商|中标人|поставщик|постачальник|supplier)\s*[:：]?\s*$/iu.test(before)) return { role: 'supplier' };
  if (
    /(?:最终用户|最终用途单位|конечный (?:пользователь|получатель)|кінцевий (?:користувач|споживач)|end[- ]user)\s*(?:为|是|[:：])?\s*$/iu.test(
      before,
    )
  )
    return { role: 'end-user' };
  if (
    /(?:代理机构|采购代理|招标代理|посредник|посередник|агент|intermediary|agent)\s*(?:为|是|[:：])?\s*$/iu.test(before)
  )
    return { role: 'intermediary' };
  return {};
}

const DESTINATION_BEFORE =
  /(?:最终目的国|目的国|目的地|最终用户|交货地点?|出口(?:到|至)|发往|运往|销往|стран\p{L}* назначения|конечн\p{L}* получател\p{L}*|поставк\p{L}* (?:в|на)|країн\p{L}* призначення|постачання (?:до|в)|destination(?: country)?|end[- ]users? (?:in|is in)|deliver(?:y|ed) to|shipped to|export(?:ed)? to)\s*(?:为|是|在|[:：])?\s*$/iu;

/** Where goods are to go, where the text says so. */
function placeRole(text: string, { start }: Mention): { role?: string } {
  return DESTINATION_BEFORE.test(text.slice(Math.max(0, start - 40), start)) ? { role: 'destination' } : {};
}

/** People only where the text says that a name follows. */
export function findPeople(text: string): Mention[] {
  const patterns = [
    /(?:联\s?系\s?人|联络人|负责人|经办人)\s*[:：]\s*(\p{Script=Han}{2,4}?)(?=[\s，。；、,;(（\d]|先生|女士|电话|联系|$)/gu,
    /(?:Контактное лицо|Ответственное лицо|Контактна особа)\s*[:：]?\s*(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){1,2})/gu,
    /(?:Contact person|Spokesperson|Attn)\s*[:：.]?\s*(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){1,2})/gu,
  ];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => {
      const start = match.index + match[0].lastIndexOf(match[1]!);
      return { ...mention('person', match[1]!, text, start, match[1]!.length), role: 'contact' };
    }),
  );
}

interface PlaceName {
  id: string;
  pattern: LazyPattern;
  first: string;
}

const placeNames = new WeakMap<Catalogue, PlaceName[]>();

function compilePlaces(catalogue: Catalogue): PlaceName[] {
  const found = placeNames.get(catalogue);
  if (found) return found;
  const made: PlaceName[] = [];
  const add = (id: string, names: Partial<Record<TextLanguage, string[]>>): void => {
    for (const language of ['zh', 'ru', 'uk', 'en'] as const) {
      for (const name of names[language] ?? []) {
        const text = skeleton(name).text;
        const inflects = (language === 'ru' || language === 'uk') && text.length > 4;
        const stem = inflects ? text.replace(/[аяоеиіыьй]{1,2}$/u, '') : text;
        const pattern = lazyPattern(() => {
          const body = escape(stem).replace(/\s+/g, '\\s') + (inflects ? '\\p{L}{0,3}' : '');
          const upper = /^[A-ZА-ЯІЇЄҐ.]{2,4}$/u.test(name);
          return language === 'zh' ? body : `(?<![\\p{L}\\p{N}])${upper ? escape(text) : body}(?![\\p{L}\\p{N}])`;
        });
        made.push({ id, first: stem.slice(0, 2), pattern });
      }
    }
  };
  for (const [id, names] of Object.entries(catalogue.places.countries)) add(id, names);
  for (const [id, names] of Object.entries(catalogue.places.cities)) add(`${names.country}:${id}`, names);
  placeNames.set(catalogue, made);
  return made;
}

export function findPlaces({ text, bones }: FoldedText, catalogue: Catalogue): Mention[] {
  const found = compilePlaces(catalogue).flatMap(({ id, pattern, first }) => {
    if (!bones.text.includes(first)) return [];
    return [...bones.text.matchAll(pattern())].flatMap((match) => {
      const { start, end } = originalSpan(text, bones, match.index, match.index + match[0].length);
      const raw = text.slice(start, end);
      // Names begin with a capital; РФ, US and kin are capitals throughout. Folding lost the case, so the original is asked.
      if (
        /^\p{Ll}/u.test(raw) ||
        (raw.length <= 4 &&
          /^[\p{L}.]+$/u.test(raw) &&
          /[A-Za-zА-Яа-я]/u.test(raw) &&
          raw !== raw.toUpperCase() &&
          raw.length <= 3)
      )
        return [];
      return [mention('place', id, text, start, end - start)];
    });
  });
  return longest(found).map((each) => ({ ...each, ...placeRole(text, each) }));
}
