/** What the page and the exports are made of, and where in the bundle each thing of it lies. */
import type { CaseReport } from '../../case/index.js';
import { type LoggedRecord, idFromHash } from '../../model/index.js';
import type { ExhibitRow, NoticeDetail } from '../../store/index.js';
import { type Redaction, redactedPath, wholePath } from '../../verify/index.js';
import { type Markup, html, join } from './markup.js';

export interface DossierData {
  report: CaseReport;
  /** Of the case's notices, and those that claims and statements name. */
  exhibits: readonly ExhibitRow[];
  records: readonly LoggedRecord[];
  /** RFC 3339, UTC. */
  created: string;
  /** `asposted 0.1.0`: what makes the bundle. */
  software: string;
  log: { origin: string; size: number; stamps: number };
  redactions: readonly Redaction[];
  /** Places of the WACZ of each exhibit in the bundle, by the exhibit's id. */
  wacz: ReadonlyMap<string, string>;
  /** Why exhibits have none; absent where all have one. */
  withoutWacz?: string;
  /** What lists are called, by their id. */
  listNames: Readonly<Record<string, string>>;
}

/** What a statement rests on. */
export interface Grounds {
  exhibit?: string | null | undefined;
  /** A claim, statement, observation … by its id. */
  record?: string | undefined;
  logIndex?: number | undefined;
  /** `sha256:…` of the list's state. */
  listVersion?: string | undefined;
  /** The section of a notice, which names its exhibits. */
  notice?: string | undefined;
}

/**
 * How a statement is known: `seen` by a capture or a check, `stated` by a page, a list or a person outside, `made` by the program's
 * rules, `people` put on record by those who work on the case.
 */
export type Basis = 'seen' | 'stated' | 'made' | 'people';

const BASIS_WORDS: Readonly<Record<Basis, string>> = {
  seen: 'seen',
  stated: 'stated',
  made: 'computed',
  people: 'by the editors',
};

export const basisMark = (basis: Basis): Markup => html`<span class="basis">${BASIS_WORDS[basis]}</span>`;

export class View {
  readonly data: DossierData;
  private readonly byId: ReadonlyMap<string, ExhibitRow>;
  private readonly byIndex: ReadonlyMap<number, LoggedRecord>;
  private readonly notices: ReadonlyMap<string, NoticeDetail>;

  constructor(data: DossierData) {
    this.data = data;
    this.byId = new Map(data.exhibits.map((each) => [each.id, each]));
    this.byIndex = new Map(data.records.map((each) => [each.index, each]));
    this.notices = new Map(data.report.noticeList.map((each) => [each.id, each]));
  }

  exhibit(id: string): ExhibitRow | undefined {
    return this.byId.get(id);
  }

  notice(id: string): NoticeDetail | undefined {
    return this.notices.get(id);
  }

  /** The version of a list that is in the bundle. */
  listVersion(version: string): LoggedRecord | undefined {
    return this.data.records.find(
      ({ record }) => record.type === 'listVersion' && `sha256:${record.content}` === version,
    );
  }

  listName(list: string): string {
    const { listNames } = this.data;
    return Object.hasOwn(listNames, list) ? `${listNames[list]!} (${list})` : list;
  }

  /** Where the WARC lies: records may have been left out of the copy. */
  warcPath({ hash, record }: ExhibitRow): string {
    const isCut = this.data.redactions.some(({ exhibit }) => exhibit === hash);
    return isCut ? redactedPath(record) : wholePath(record);
  }

  /** Links to what statements rest on; to the record of the case, where nothing closer is in the bundle. Never empty. */
  refs(...grounds: readonly Grounds[]): Markup {
    const links = new Map<string, Markup>();
    for (const each of grounds) for (const [target, text] of this.targets(each)) links.set(target, link(target, text));
    if (links.size === 0) links.set('case', link(`log-${this.data.report.logIndex}`, this.data.report.id));
    return html`<span class="ref">[${join([...links.values()], ', ')}]</span>`;
  }

  private targets({ exhibit, record, logIndex, listVersion, notice }: Grounds): [string, string][] {
    const found: [string, string][] = [];
    const add = (index: number, text: string): void => {
      if (this.byIndex.has(index)) found.push([`log-${index}`, text]);
    };
    if (exhibit && this.byId.has(exhibit)) found.push([exhibit, exhibit]);
    const own = exhibit ? this.byId.get(exhibit)?.logIndex : undefined;
    if (logIndex !== undefined && logIndex !== own) add(logIndex, record ?? `log ${logIndex}`);
    const version = listVersion === undefined ? undefined : this.listVersion(listVersion);
    if (version) add(version.index, idFromHash('L', version.hash));
    if (found.length === 0 && notice !== undefined && this.notices.has(notice)) found.push([notice, notice]);
    return found;
  }

  /** One sentence with how it is known and what it rests on. */
  says(basis: Basis, sentence: Markup, ...grounds: readonly Grounds[]): Markup {
    return html`<p class="says ${basis}">${sentence} ${basisMark(basis)} ${this.refs(...grounds)}</p>\n`;
  }

  item(basis: Basis, sentence: Markup, ...grounds: readonly Grounds[]): Markup {
    return html`<li class="says ${basis}">${sentence} ${basisMark(basis)} ${this.refs(...grounds)}</li>\n`;
  }
}

const link = (target: string, text: string): Markup => html`<a href="#${target}">${text}</a>`;

/** A file of the bundle; on paper its name stands behind other words. */
export const fileLink = (path: string, text: string = path): Markup =>
  html`<a class="file${text === path ? '' : ' named'}" href="${path}">${text}</a>`;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** `2024-05-22T10:30:00+08:00` as `22 May 2024, 10:30 (UTC+08:00)`, with the zone it was given in; a bare day as a day. */
export const dated = (time: string | null | undefined): string => shown(time, /^(\d{2}:\d{2})/);
/** The same to the second, for tables and evidence. */
export const timed = (time: string | null | undefined): string => shown(time, /^(\d{2}:\d{2}:\d{2})/);

function shown(time: string | null | undefined, clock: RegExp): string {
  if (!time) return 'a day that is not stated';
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/.exec(time);
  const month = MONTHS[Number(match?.[2]) - 1];
  if (!match || month === undefined) return time;
  const day = `${Number(match[3])} ${month} ${match[1]!}`;
  if (match[4] === undefined) return day;
  const zone = match[5] === 'Z' || match[5] === '+00:00' ? '' : match[5]!;
  return `${day}, ${clock.exec(match[4])?.[1] ?? match[4]} (UTC${zone})`;
}

/** A day in a sentence: `on 22 May 2024`. */
export const onDay = (time: string | null | undefined): string =>
  time ? `on ${dated(time)}` : 'on a day that is not stated';

/** `1 entry`, `4 entries`. */
export const counted = (number: number, one: string, many: string = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
