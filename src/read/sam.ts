/** One opportunity of SAM.gov as its search gives it (facts/watching §6.4): for answers that somebody saved. */
import type { Reading } from '../model/index.js';
import { baseReading, fieldsOf } from './data-reading.js';
import { parseDate } from './dates.js';
import type { ReadInput } from './input.js';
import { type JsonObject, isJsonObject, numberAt, objectAt, objectsAt, parseJson, textAt, textsAt } from './json.js';
import { languageOf } from './language.js';
import { stableUrl } from './ocds.js';
import { normaliseText } from './text.js';

const READER = 'sam/1';

/** Undefined when it is other JSON, or a list of several. */
export function readSam(input: ReadInput): Reading | undefined {
  const { text: raw, reading } = baseReading(input, READER);
  if (!raw.includes('"noticeId"')) return undefined;
  const json = parseJson(raw)?.value;
  if (!isJsonObject(json)) return undefined;
  const all = json['opportunitiesData'] === undefined ? [json] : objectsAt(json, 'opportunitiesData');
  const [item] = all;
  const id = textAt(item, 'noticeId');
  if (!item || all.length !== 1 || id === undefined || !/^[0-9a-f]{32}$/i.test(id)) return undefined;
  const text = normaliseText(linesOf(item).join('\n'));
  const title = textAt(item, 'title');
  const buyer = textAt(item, 'fullParentPathName') ?? departments(item);
  const published = parseDate(textAt(item, 'postedDate') ?? '', '-05:00');
  return {
    ...reading,
    identity: { key: `sam:${id.toLowerCase()}` },
    language: languageOf(text),
    text,
    ...(title === undefined ? {} : { title }),
    ...(published === undefined ? {} : { published }),
    account: { ...reading.account, ...(buyer === undefined ? {} : { name: buyer }) },
    links: { attachments: textsAt(item, 'resourceLinks').flatMap((link) => attachment(link)), images: [] },
    fields: fieldsOf({
      noticeId: id,
      solicitation: textAt(item, 'solicitationNumber'),
      type: textAt(item, 'type'),
      baseType: textAt(item, 'baseType'),
      status: statusOf(item),
      archiveDate: textAt(item, 'archiveDate'),
    }),
  };
}

/** Archiving is a status; the service shows only the latest active version, so its silence proves nothing. */
function statusOf(item: JsonObject): string | undefined {
  const active = textAt(item, 'active')?.toLowerCase();
  return active === 'yes' ? 'active' : active === 'no' ? 'archived' : undefined;
}

function departments(item: JsonObject): string | undefined {
  const names = ['department', 'subTier', 'office'].flatMap((key) => textAt(item, key) ?? []);
  return names.length === 0 ? undefined : names.join('. ');
}

/** An address may carry the key of whoever asked: that parameter is not kept in what is read. */
function attachment(link: string): { url: string }[] {
  const url = stableUrl(link);
  if (url === '') return [];
  const clean = new URL(url);
  clean.searchParams.delete('api_key');
  return [{ url: clean.href }];
}

function linesOf(item: JsonObject): string[] {
  const award = objectAt(item, 'award');
  const awardee = objectAt(award, 'awardee');
  const place = objectAt(item, 'placeOfPerformance');
  const labelled: readonly (readonly [string, string | undefined])[] = [
    ['Status', statusOf(item)],
    ['Type', textAt(item, 'type')],
    ['Solicitation', textAt(item, 'solicitationNumber')],
    ['Description', /^https?:/.test(textAt(item, 'description') ?? '') ? undefined : textAt(item, 'description')],
    ['NAICS', numberAt(item, 'naicsCode')],
    ['Classification', numberAt(item, 'classificationCode')],
    // Documented as `reponseDeadLine`.
    ['Response deadline', textAt(item, 'responseDeadLine') ?? textAt(item, 'reponseDeadLine')],
    ['Award', join(textAt(award, 'number'), numberAt(award, 'amount'), textAt(award, 'date'))],
    ['Awardee', join(textAt(awardee, 'name'), textAt(awardee, 'ueiSAM'))],
    [
      'Place of performance',
      join(
        textAt(place, 'streetAddress'),
        textAt(objectAt(place, 'city'), 'name'),
        textAt(objectAt(place, 'state'), 'code'),
        textAt(objectAt(place, 'country'), 'code'),
      ),
    ],
  ];
  const title = textAt(item, 'title');
  return [
    ...(title === undefined ? [] : [title]),
    ...labelled.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [`${label}: ${value}`])),
  ];
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(', ');
}
