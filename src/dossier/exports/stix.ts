/**
 * A case as a STIX 2.1 bundle: what was observed (`observed-data` over `url` and `file`), a `report` over all of it, `note`s for what was
 * said and for candidates, `identity` for accounts and list entries. No indicator, no threat actor, no `opinion`: none is ours to give.
 * Ids are UUIDs of version 5: those of observables in the namespace STIX prescribes, the others in one of our own. Pure.
 */
import { createHash } from 'node:crypto';
import { visible } from '../../model/index.js';
import type { ExhibitRow, NoticeDetail } from '../../store/index.js';
import { canonicalJson } from '../../verify/index.js';
import { type DossierData, View } from '../report/view.js';

export interface StixObject {
  type: string;
  id: string;
  spec_version: '2.1';
  [property: string]: unknown;
}

export interface StixBundle {
  type: 'bundle';
  id: string;
  objects: StixObject[];
}

/** STIX 2.1 §2.9. */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7';
/** Drawn once, for the ids of everything else. */
const OWN = '7d0ee3a4-5a3f-4c6e-9d0b-8f6c3c1b2a90';

/** RFC 9562 §5.5. */
export function uuid5(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name.toWellFormed(), 'utf8')
    .digest()
    .subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const idOf = (type: string, ...key: readonly string[]): string => `${type}--${uuid5(OWN, [type, ...key].join('\n'))}`;
const clean = (text: string): string => visible(text).toWellFormed();
const stamp = (time: string): string => new Date(time).toISOString();

type Common = Pick<StixObject, 'type' | 'id' | 'spec_version'> & { created: string; modified: string };

/** Objects never change here: what is made again has the same times. */
function domainObject(type: string, at: string, ...key: readonly string[]): Common {
  return { type, id: idOf(type, ...key), spec_version: '2.1', created: stamp(at), modified: stamp(at) };
}

export function stixBundle(data: DossierData): StixBundle {
  const view = new View(data);
  const { report, created, log } = data;
  const maker: StixObject = {
    ...domainObject('identity', report.at, 'log', log.origin),
    name: clean(`As Posted log ${log.origin}`),
    identity_class: 'system',
  };
  const parts = [
    ...data.exhibits.flatMap((each) => observed(each, view)),
    ...report.noticeList.flatMap((notice) => [...account(notice), ...candidates(notice, view)]),
    ...report.claims.map((each) => claim(each, view)),
  ].map((each): StixObject => (isObservable(each) ? each : { ...each, created_by_ref: maker.id }));
  const objects = [...new Map([maker, ...parts].map((each) => [each.id, each])).values()];
  const whole: StixObject = {
    ...domainObject('report', created, 'report', report.id, created),
    created_by_ref: maker.id,
    name: clean(report.title),
    report_types: ['observed-data'],
    published: stamp(created),
    description: clean(
      `Case ${report.id} of As Posted. A candidate is not an identification; no verdict is given. The evidence is the bundle this file is part of.`,
    ),
    object_refs: objects.map(({ id }) => id),
  };
  const all = [...objects, whole];
  return { type: 'bundle', id: idOf('bundle', report.id, created, ...all.map(({ id }) => id)), objects: all };
}

const isObservable = ({ type }: StixObject): boolean => type === 'url' || type === 'file';

const observable = (type: string, contributing: Record<string, unknown>): string =>
  `${type}--${uuid5(OBSERVABLES, canonicalJson(contributing))}`;

const observedId = (hash: string): string => idOf('observed-data', hash);

function observed(row: ExhibitRow, view: View): StixObject[] {
  const { hash, id, record, logIndex } = row;
  const hashes = { 'SHA-256': record.warc.sha256 };
  const name = view.warcPath(row);
  const file: StixObject = {
    ...{ type: 'file', id: observable('file', { hashes, name }), spec_version: '2.1' },
    ...{ hashes, name, size: record.warc.length, mime_type: 'application/gzip' },
  };
  const address = addressOf(record.url);
  const url = address === undefined ? [] : [urlObject(address)];
  return [
    ...url,
    file,
    {
      ...domainObject('observed-data', record.at, hash),
      first_observed: stamp(record.at),
      last_observed: stamp(record.at),
      number_observed: 1,
      object_refs: [...url, file].map((each) => each.id),
      external_references: [reference(view, id, logIndex, hash)],
    },
  ];
}

const addressOf = (url: string): string | undefined =>
  /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).href : undefined;

const urlObject = (value: string): StixObject => ({
  ...{ type: 'url', id: observable('url', { value }), spec_version: '2.1', value },
});

function reference(view: View, id: string, logIndex: number, hash?: string): Record<string, unknown> {
  return {
    source_name: clean(`As Posted log ${view.data.log.origin}`),
    external_id: id,
    description: `entry ${logIndex} of the log${hash === undefined ? '' : `; records/${hash}.json in this bundle`}`,
  };
}

const accountOf = ({ account: by, url }: NoticeDetail): string[] | undefined => {
  const name = by?.id ?? by?.name;
  return name ? ['account', URL.canParse(url) ? new URL(url).hostname : '', name] : undefined;
};

function account(notice: NoticeDetail): StixObject[] {
  const key = accountOf(notice);
  if (!key) return [];
  const name = clean(notice.account?.name ?? key[2]!);
  const description = 'An account that posted a notice, by the name the page gives; not the body whose name it bears.';
  return [{ ...domainObject('identity', notice.firstSeen, ...key), name, identity_class: 'unknown', description }];
}

function candidates(notice: NoticeDetail, view: View): StixObject[] {
  return notice.matches.flatMap((each) => {
    const version = view.listVersion(each.listVersion);
    const entry: StixObject = {
      ...domainObject('identity', each.from, 'entry', each.list, each.entry),
      name: clean(each.name),
      identity_class: 'unknown',
      description: clean(`Entry ${each.entry} of ${view.listName(each.list)}, in force from ${each.from}`),
    };
    const seen = view.exhibit(
      notice.revisionList.find(({ revision }) => revision === each.mention.revision)?.exhibit ?? '',
    );
    const because = each.via === undefined ? '' : ` (${each.via})`;
    const note: StixObject = {
      ...domainObject('note', notice.firstSeen, 'candidate', notice.id, each.query, each.list, each.entry),
      abstract: 'Candidate on a dated list; not an identification',
      content: clean(
        `“${each.query}”${because}, asked as of ${each.on}, agrees with “${each.matchedName}” of entry ${each.entry} of ${view.listName(each.list)}, in force from ${each.from}: ${each.why.join('; ')}. List version ${each.listVersion}.`,
      ),
      object_refs: [entry.id, ...(seen ? [observedId(seen.hash)] : [])],
      ...(version ? { external_references: [reference(view, each.listVersion, version.index, version.hash)] } : {}),
    };
    return [entry, note];
  });
}

function claim(each: DossierData['report']['claims'][number], view: View): StixObject {
  const exhibit = each.exhibit === undefined ? undefined : view.exhibit(each.exhibit);
  const speaksFor = each.speaksFor === undefined ? '' : `, for ${each.speaksFor}`;
  const through = each.outlet === undefined ? '' : `, through ${each.outlet}`;
  return {
    ...domainObject('note', each.at, 'claim', each.id),
    abstract: clean(`Said by ${each.speaker}${speaksFor}${through}${each.said === undefined ? '' : `, ${each.said}`}`),
    content: clean(each.words),
    authors: [clean(each.speaker)],
    object_refs: exhibit ? [observedId(exhibit.hash)] : [idOf('identity', 'log', view.data.log.origin)],
    external_references: [reference(view, each.id, each.logIndex)],
  };
}
