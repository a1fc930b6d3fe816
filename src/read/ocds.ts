/** OCDS release and record packages and Prozorro's own objects (facts/watching §6.1, §6.2): the notice is the contracting process. */
import type { Attachment, Reading } from '../model/index.js';
import { baseReading, damaged, fieldsOf } from './data-reading.js';
import { parseDate } from './dates.js';
import type { ReadInput } from './input.js';
import {
  type JsonObject,
  type ParsedJson,
  isJsonObject,
  objectAt,
  objectsAt,
  parseJson,
  textAt,
  textsAt,
} from './json.js';
import { languageOf } from './language.js';
import { linesOfProcess } from './ocds-lines.js';
import { normaliseText } from './text.js';

const READER = 'ocds/2';

/** Undefined when it is other JSON. Broken numbers and packages cut off are `unknown`: kept, and never read as saying less. */
export function readOcds(input: ReadInput): Reading | undefined {
  const { text, reading } = baseReading(input, READER);
  const json = parseJson(text);
  if (!json)
    return looksLikeOcds(text) ? damaged(reading, 'ocds-broken-json', 'the JSON is cut off or damaged') : undefined;
  if (!isJsonObject(json.value)) return undefined;
  const refusal = apiRefusal(input, json.value);
  if (refusal) return { ...reading, ...refusal };
  const process = processOf(json.value) ?? prozorroOf(input, json.value);
  return process && processReading(reading, process, json);
}

function looksLikeOcds(text: string): boolean {
  return /"(?:ocid|tenderID|contractID)"\s*:/.test(text.slice(0, 200_000));
}

/** Find a Tender answers an unknown process with a definite word of its own (facts/watching §6.5). */
function apiRefusal(input: ReadInput, json: JsonObject): Partial<Reading> | undefined {
  if (input.status !== 404 || json['status'] !== 404 || textAt(json, 'error') === undefined) return undefined;
  if (new URL(input.finalUrl).hostname !== 'www.find-tender.service.gov.uk') return undefined;
  const words = [textAt(json, 'error'), textAt(json, 'message')].filter((each) => each !== undefined).join(': ');
  return { verdict: { class: 'gone', rule: 'api-404', definite: true, words } };
}

interface Process {
  key: string;
  /** The state that is read: the compiled release, else the newest. */
  state: JsonObject;
  /** What Prozorro says on the outside of its objects and OCDS says in the tender. */
  tender: JsonObject | undefined;
  publisher?: string | undefined;
  releases: { id: string; tag: string }[];
  fields: Record<string, string>;
  problems: string[];
}

function processOf(json: JsonObject): Process | undefined {
  const records = objectsAt(json, 'records');
  const [record] = records;
  const releases = record ? objectsAt(record, 'releases') : objectsAt(json, 'releases');
  const bare = textAt(json, 'ocid') === undefined ? undefined : json;
  const state = (record && objectAt(record, 'compiledRelease')) ?? newest(releases) ?? record ?? bare;
  const ocid = textAt(state, 'ocid') ?? textAt(record, 'ocid');
  if (!state || ocid === undefined) return undefined;
  const others = new Set([...records, ...releases].map((each) => textAt(each, 'ocid') ?? ocid));
  const tags = textsAt(state, 'tag');
  return {
    // The prefix of an ocid is registered to one publisher: the ocid alone tells publishers apart.
    key: `ocds:${ocid}`,
    state,
    tender: objectAt(state, 'tender'),
    publisher: textAt(objectAt(json, 'publisher'), 'name'),
    releases: releases.map((each) => ({
      id: textAt(each, 'id') ?? textAt(each, 'url') ?? '',
      tag: textsAt(each, 'tag').join(', '),
    })),
    fields: fieldsOf({ ocid, release: textAt(state, 'id'), tags: tags.join(', ') }),
    problems:
      others.size > 1 ? [`the package holds ${others.size} processes; only ${ocid} was read: capture each alone`] : [],
  };
}

/** By date, as the standard orders them; of equal dates the later in the list. */
function newest(releases: readonly JsonObject[]): JsonObject | undefined {
  let best: JsonObject | undefined;
  for (const each of releases) if (!best || (textAt(each, 'date') ?? '') >= (textAt(best, 'date') ?? '')) best = each;
  return best;
}

const PROZORRO_PATH =
  /\/api\/[\d.]+\/((?:tenders|contracts|plans|frameworks|submissions|qualifications|agreements)\/[0-9a-f]{32}(?:\/[a-z_]+\/[0-9a-f]{32})?)\/?$/;

/** `{data: {id, status, …}}`: tenders, contracts and what hangs on them, each at an address of its own. */
function prozorroOf(input: ReadInput, json: JsonObject): Process | undefined {
  const data = objectAt(json, 'data');
  const id = textAt(data, 'id');
  if (!data || id === undefined || !/^[0-9a-f]{32}$/.test(id)) return undefined;
  const path = PROZORRO_PATH.exec(new URL(input.requestedUrl).pathname)?.[1];
  const [number, folder] =
    textAt(data, 'tenderID') !== undefined
      ? [textAt(data, 'tenderID'), 'tenders']
      : textAt(data, 'contractID') !== undefined
        ? [textAt(data, 'contractID'), 'contracts']
        : [undefined, undefined];
  if (path === undefined && folder === undefined && textAt(data, 'cancellationOf') === undefined) return undefined;
  return {
    key: `prozorro:${path ?? `${folder ?? 'cancellations'}/${id}`}`,
    state: data,
    tender: data,
    releases: [],
    fields: fieldsOf({ id, number, dateModified: textAt(data, 'dateModified') }),
    problems: [],
  };
}

function processReading(reading: Reading, process: Process, json: ParsedJson): Reading {
  const { state, tender, publisher, releases } = process;
  const text = normaliseText(linesOfProcess(state, tender).join('\n'));
  const title =
    textAt(tender, 'title') ??
    textAt(state, 'title') ??
    textAt(objectAt(state, 'planning'), 'rationale') ??
    // A release of an award or a contract alone has no tender to name it.
    textAt([...objectsAt(state, 'awards'), ...objectsAt(state, 'contracts')][0], 'title') ??
    textAt(state, 'reason');
  const buyer = buyerOf(state);
  const published = parseDate(
    textAt(state, 'date') ?? textAt(state, 'dateCreated') ?? publishedOf(json.value),
    '+00:00',
  );
  const modified = parseDate(textAt(state, 'dateModified') ?? '', '+00:00');
  const whole: Reading = {
    ...reading,
    identity: { key: process.key },
    language: languageOf(text),
    text,
    ...(title === undefined ? {} : { title }),
    ...(published === undefined ? {} : { published }),
    ...(modified === undefined || modified === published ? {} : { modified }),
    account: { ...reading.account, ...(buyer === undefined ? {} : { name: buyer }) },
    links: { attachments: attachmentsOf(state), images: [] },
    fields: {
      ...process.fields,
      ...fieldsOf({
        publisher,
        status: textAt(tender, 'status') ?? textAt(state, 'status'),
        cancellations: statusList(state, tender, 'cancellations'),
        amendments: amendmentsOf(state, tender),
        releases: releases.map(({ id, tag }) => (tag === '' ? id : `${id} (${tag})`)).join('\n'),
      }),
    },
    problems: [...reading.problems, ...process.problems],
  };
  if (json.broken.length === 0) return whole;
  const shown = json.broken.slice(0, 3).map((each) => JSON.stringify(each.slice(0, 40)));
  return damaged(
    whole,
    'ocds-broken-number',
    `numbers that are none: ${shown.join(', ')}; the bytes are kept as they came`,
  );
}

function publishedOf(json: ParsedJson['value']): string {
  return isJsonObject(json) ? (textAt(json, 'publishedDate') ?? '') : '';
}

function buyerOf(state: JsonObject): string | undefined {
  const named = [objectAt(state, 'buyer'), ...objectsAt(state, 'buyers'), objectAt(state, 'procuringEntity')];
  const party = objectsAt(state, 'parties').find((each) => textsAt(each, 'roles').includes('buyer'));
  const inTender = objectAt(objectAt(state, 'tender'), 'procuringEntity');
  for (const each of [...named, party, inTender]) {
    const name = textAt(each, 'name');
    if (name !== undefined) return name;
  }
  return undefined;
}

/** `active tender: reason`, one a line; a cancellation is a status, never a removal (facts/watching §11.13). */
function statusList(state: JsonObject, tender: JsonObject | undefined, key: string): string {
  const all = [...objectsAt(state, key), ...(tender === state ? [] : objectsAt(tender, key))];
  const self = textAt(state, 'cancellationOf') === undefined ? [] : [state];
  return [...all, ...self]
    .map((each) => {
      const of = textAt(each, 'cancellationOf') ?? '';
      return `${textAt(each, 'status') ?? 'unknown'} ${of}: ${textAt(each, 'reason') ?? ''}`.replace(/ +:/, ':');
    })
    .join('\n');
}

function amendmentsOf(state: JsonObject, tender: JsonObject | undefined): string {
  const holders = [
    state,
    tender === state ? undefined : tender,
    ...objectsAt(state, 'awards'),
    ...objectsAt(state, 'contracts'),
  ];
  return holders
    .flatMap((each) => objectsAt(each, 'amendments'))
    .map((each) => [textAt(each, 'id'), textAt(each, 'date'), textAt(each, 'rationale')].filter(Boolean).join(' '))
    .join('\n');
}

/** Several entries with one id are versions and stay listed; what changes with each answer is taken off their addresses. */
function attachmentsOf(state: JsonObject): Attachment[] {
  const holders = [
    state,
    ...['planning', 'tender', 'implementation'].map((key) => objectAt(state, key)),
    ...['awards', 'contracts', 'cancellations', 'qualifications'].flatMap((key) => objectsAt(state, key)),
    ...objectsAt(state, 'contracts').map((each) => objectAt(each, 'implementation')),
  ];
  const found = new Map<string, Attachment>();
  for (const document of holders.flatMap((each) => objectsAt(each, 'documents'))) {
    const url = stableUrl(textAt(document, 'url') ?? '');
    const name = textAt(document, 'title');
    if (url !== '') found.set(url, { url, ...(name === undefined ? {} : { name: name.slice(0, 300) }) });
  }
  return [...found.values()];
}

/** Without the signature and its key, which differ in every answer (facts/watching §6.2). */
export function stableUrl(address: string): string {
  if (!URL.canParse(address)) return '';
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return '';
  for (const name of ['Signature', 'KeyID']) url.searchParams.delete(name);
  return url.href;
}
