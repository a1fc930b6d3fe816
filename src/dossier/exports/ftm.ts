/**
 * A case as FollowTheMoney entities, one JSON object a line (`id`, `schema`, `properties` with lists of strings), names of schemata and
 * properties as of followthemoney 4.11. Only what the records say: names in a text are `Mention`s and resolved to nobody, a candidate is
 * an `UnknownLink` that says so, and nothing carries a topic such as `sanction`. Pure.
 */
import { percent, visible } from '../../model/index.js';
import type { NoticeDetail } from '../../store/index.js';
import { sha256Hex, utf8 } from '../../verify/index.js';
import { type DossierData, View } from '../report/view.js';

export interface FtmEntity {
  id: string;
  schema: string;
  properties: Record<string, string[]>;
}

/** The same thing has the same id in every dossier of every machine. */
const idOf = (kind: string, ...key: readonly string[]): string =>
  `asposted-${sha256Hex(utf8([kind, ...key].join('\n').toWellFormed())).slice(0, 40)}`;

type Value = string | number | null | undefined;

function entity(id: string, schema: string, values: Readonly<Record<string, Value | readonly Value[]>>): FtmEntity {
  const properties: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(values)) {
    const given = (Array.isArray(value) ? (value as readonly Value[]) : [value as Value])
      .filter((each) => each !== null && each !== undefined && each !== '')
      .map((each) => visible(String(each)).toWellFormed());
    if (given.length > 0) properties[name] = [...new Set(given)];
  }
  return { id, schema, properties };
}

/** In UTC and without a zone, as FollowTheMoney writes times; a day stays a day. */
function dateOf(time: string | null | undefined): string | undefined {
  if (!time) return undefined;
  if (time.length === 10) return time;
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString().slice(0, 19);
}

/** ISO 639-3, which is what FollowTheMoney keeps. */
const LANGUAGES: Readonly<Record<string, string>> = { zh: 'zho', ru: 'rus', uk: 'ukr', en: 'eng' };

const webAddress = (url: string): string | undefined =>
  /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).href : undefined;

export function ftmEntities(data: DossierData): FtmEntity[] {
  const view = new View(data);
  const found = [
    ...data.exhibits.map((each) => exhibit(each, view)),
    ...data.report.noticeList.flatMap((notice) => [
      article(notice, view),
      ...account(notice),
      ...mentions(notice),
      ...candidates(notice, view),
      ...copies(notice, view),
    ]),
    ...data.report.claims.map((each) => claim(each, view)),
  ];
  return [...new Map(found.map((each) => [each.id, each])).values()];
}

export const ftmLines = (data: DossierData): string =>
  ftmEntities(data)
    .map((each) => `${JSON.stringify(each)}\n`)
    .join('');

const exhibitId = (hash: string): string => idOf('exhibit', hash);
const noticeId = (id: string): string => idOf('notice', id);

function exhibit(row: DossierData['exhibits'][number], view: View): FtmEntity {
  const { id, hash, record, logIndex } = row;
  return entity(exhibitId(hash), 'Document', {
    fileName: view.warcPath(row),
    name: id,
    mimeType: 'application/gzip',
    fileSize: record.warc.length,
    sourceUrl: webAddress(record.url),
    retrievedAt: dateOf(record.at),
    processingAgent: record.software,
    // `contentHash` would have to be a SHA-1, which the log does not bind.
    notes: [
      `As Posted exhibit ${id}, entry ${logIndex} of the log ${view.data.log.origin}`,
      `SHA-256 of the file: ${record.warc.sha256}`,
    ],
  });
}

function article(notice: NoticeDetail, view: View): FtmEntity {
  const { id, title, account: by, published, language, url, presence, removal, exhibits, revisionList } = notice;
  const fate = removal
    ? `removed, by ${removal.actor}: “${removal.words}”; last seen ${removal.lastSeen ?? 'never'}, first missing ${removal.firstMissing}, confirmed ${removal.confirmed}`
    : presence;
  return entity(noticeId(id), 'Article', {
    title,
    name: title ?? id,
    publisher: by?.name,
    publishedAt: dateOf(published),
    retrievedAt: dateOf(notice.firstSeen),
    language: LANGUAGES[language],
    sourceUrl: webAddress(url),
    bodyText: view.exhibit(revisionList.at(-1)?.exhibit ?? '')?.reading.text,
    notes: [`As Posted notice ${id}`, `Presence: ${fate}`],
    proof: exhibits.flatMap((each) => {
      const held = view.exhibit(each);
      return held ? [exhibitId(held.hash)] : [];
    }),
  });
}

/** Who the page says posted it: an account, not the body whose name it bears. */
function account({ id, account: by, published, url }: NoticeDetail): FtmEntity[] {
  const username = by?.id ?? by?.name;
  if (!username) return [];
  const service = URL.canParse(url) ? new URL(url).hostname : '';
  const key = idOf('account', service, username);
  const role = 'posted it, as the page says';
  return [
    entity(key, 'UserAccount', { username, name: by?.name ?? username, service }),
    entity(idOf('posted', key, id), 'UnknownLink', {
      subject: key,
      object: noticeId(id),
      role,
      date: dateOf(published),
    }),
  ];
}

const SCHEMA: Readonly<Record<string, string>> = { organisation: 'Organization', person: 'Person' };

function mentions({ id, mentions: found }: NoticeDetail): FtmEntity[] {
  return found.flatMap(({ kind, text }) => {
    const detectedSchema = SCHEMA[kind];
    if (detectedSchema === undefined) return [];
    return [entity(idOf('mention', id, kind, text), 'Mention', { document: noticeId(id), name: text, detectedSchema })];
  });
}

function candidates(notice: NoticeDetail, view: View): FtmEntity[] {
  return notice.matches.flatMap((each) => {
    const { list, entry, name, matchedName, from, to, on, query, via, why, listedOn, nameEvidence, corroboration } =
      each;
    const key = idOf('entry', list, entry);
    const version = view.listVersion(each.listVersion)?.record;
    const because = via === undefined ? '' : ` (${via})`;
    return [
      entity(key, 'LegalEntity', { name, alias: matchedName === name ? undefined : matchedName }),
      entity(idOf('listing', list, entry, from), 'Sanction', {
        entity: key,
        authority: view.listName(list),
        authorityId: entry,
        program: list,
        listingDate: listedOn !== undefined && /^\d{4}(-\d{2}){0,2}$/.test(listedOn) ? listedOn : undefined,
        startDate: from,
        endDate: to,
        date: version?.type === 'listVersion' ? version.publishedAt : undefined,
        summary: `${each.class}, in the state ${each.listVersion} of the list`,
      }),
      entity(idOf('candidate', notice.id, query, list, entry), 'UnknownLink', {
        subject: noticeId(notice.id),
        object: key,
        role: 'candidate: a name agrees; no identification',
        status: each.decision === undefined ? 'candidate, undecided' : `decided: ${each.decision.verdict}`,
        date: on,
        description: `“${query}”${because} against “${matchedName}”: ${why.join('; ')} (name ${nameEvidence}, more ${corroboration})`,
        recordId: `${list}:${entry}`,
      }),
    ];
  });
}

function copies({ id, copies: found }: NoticeDetail, view: View): FtmEntity[] {
  return found
    .filter((each) => view.notice(each.notice) !== undefined)
    .map((each) =>
      entity(idOf('copy', id, each.notice), 'UnknownLink', {
        subject: noticeId(id),
        object: noticeId(each.notice),
        role: each.relation,
        description: `${percent(each.sharedOfThis)} of the first stands in the second, ${percent(each.sharedOfOther)} the other way`,
      }),
    );
}

function claim(each: DossierData['report']['claims'][number], view: View): FtmEntity {
  const exhibitRow = each.exhibit === undefined ? undefined : view.exhibit(each.exhibit);
  const speaksFor = each.speaksFor === undefined ? '' : `, for ${each.speaksFor}`;
  return entity(idOf('claim', each.id), 'Note', {
    name: `Claim ${each.id}`,
    description: each.words,
    summary: `Said by ${each.speaker}${speaksFor}${each.said === undefined ? '' : `, ${each.said}`}`,
    publisher: each.outlet,
    entity: exhibitRow && view.notice(exhibitRow.noticeId) ? noticeId(exhibitRow.noticeId) : undefined,
    proof: exhibitRow ? exhibitId(exhibitRow.hash) : undefined,
    notes: `Put on record by ${each.by}; entry ${each.logIndex} of the log`,
  });
}
