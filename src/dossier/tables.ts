/** Tables of a dossier for spreadsheets. Columns are added at the end, never renamed or moved. */
import { beginningOf, whenOf } from '../model/index.js';
import { csv } from './csv.js';
import { type DossierData, View } from './report/view.js';

export interface CsvFile {
  path: string;
  csv: string;
}

export function tables(data: DossierData): CsvFile[] {
  return [
    timeline(data),
    mentions(data),
    claims(data),
    notices(data),
    copies(data),
    matches(data),
    rules(data),
    exhibits(data),
  ];
}

function timeline({ report }: DossierData): CsvFile {
  const rows = report.timeline.map((each) => [
    each.at,
    each.kind,
    each.what,
    each.basis,
    each.exhibit,
    each.record,
    each.logIndex,
  ]);
  return {
    path: 'tables/timeline.csv',
    csv: csv(['at', 'kind', 'what', 'basis', 'exhibit', 'record', 'logIndex'], rows),
  };
}

function mentions({ report }: DossierData): CsvFile {
  const rows = report.noticeList.flatMap(({ id, mentions: found }) =>
    found.map((each) => [id, each.revision, each.kind, each.id, each.text, each.start, each.end]),
  );
  return { path: 'tables/mentions.csv', csv: csv(['notice', 'revision', 'kind', 'id', 'text', 'start', 'end'], rows) };
}

function claims({ report }: DossierData): CsvFile {
  const rows = report.claims.map((each) => [
    each.id,
    each.said,
    each.speaker,
    each.speaksFor,
    each.outlet,
    each.about,
    each.words,
    each.exhibit,
    each.logIndex,
  ]);
  return {
    path: 'tables/claims.csv',
    csv: csv(['claim', 'said', 'speaker', 'speaksFor', 'outlet', 'about', 'words', 'exhibit', 'logIndex'], rows),
  };
}

function notices({ report }: DossierData): CsvFile {
  const header = [
    'notice',
    'title',
    'account',
    'language',
    'kind',
    'published',
    'firstSeen',
    'lastSeen',
    'presence',
    'removedBy',
    'removalWords',
    'firstMissing',
    'confirmed',
    'revisions',
    'address',
  ];
  const rows = report.noticeList.map((each) => [
    ...[
      each.id,
      each.title,
      each.account?.name,
      each.language,
      each.documentKind,
      each.published,
      each.firstSeen,
      each.lastSeen,
      each.presence,
    ],
    ...[
      each.removal?.actor,
      each.removal?.words,
      each.removal?.firstMissing,
      each.removal?.confirmed,
      each.revisions,
      each.url,
    ],
  ]);
  return { path: 'tables/notices.csv', csv: csv(header, rows) };
}

function copies({ report }: DossierData): CsvFile {
  const rows = report.noticeList.flatMap((notice) =>
    notice.copies.map((each) => [
      notice.id,
      each.notice,
      each.relation,
      each.sharedOfThis,
      each.sharedOfOther,
      each.presence,
    ]),
  );
  return {
    path: 'tables/copies.csv',
    csv: csv(['notice', 'other', 'relation', 'sharedOfThis', 'sharedOfOther', 'presenceOfOther'], rows),
  };
}

function matches({ report }: DossierData): CsvFile {
  const header = [
    'notice',
    'asked',
    'because',
    'class',
    'list',
    'entry',
    'name',
    'matchedName',
    'from',
    'to',
    'asOf',
    'nameEvidence',
    'corroboration',
    'why',
    'contradictions',
    'decision',
    'listVersion',
  ];
  const rows = report.noticeList.flatMap((notice) =>
    notice.matches.map((each) => [
      ...[
        notice.id,
        each.query,
        each.via,
        each.class,
        each.list,
        each.entry,
        each.name,
        each.matchedName,
        each.from,
        each.to,
        each.on,
      ],
      ...[
        each.nameEvidence,
        each.corroboration,
        each.why.join('; '),
        each.contradictions?.join('; '),
        each.decision?.verdict,
        each.listVersion,
      ],
    ]),
  );
  return { path: 'tables/matches.csv', csv: csv(header, rows) };
}

function rules({ report }: DossierData): CsvFile {
  const header = [
    'notice',
    'regime',
    'entry',
    'family',
    'title',
    'instrument',
    'when',
    'from',
    'to',
    'found',
    'missing',
    'source',
  ];
  const rows = report.noticeList.flatMap((notice) =>
    notice.rules.map((each) => [
      ...[
        notice.id,
        each.regime,
        each.entry,
        each.family,
        each.title,
        each.instrument,
        whenOf(each),
        beginningOf(each),
        each.to,
      ],
      ...[
        [...(each.codes ?? []), ...each.found].map(({ text }) => text).join('; '),
        each.missing.join('; '),
        each.source,
      ],
    ]),
  );
  return { path: 'tables/rules.csv', csv: csv(header, rows) };
}

function exhibits(data: DossierData): CsvFile {
  const view = new View(data);
  const header = [
    'exhibit',
    'notice',
    'captured',
    'address',
    'status',
    'mediaType',
    'bytes',
    'warc',
    'warcSha256',
    'record',
    'logIndex',
    'proof',
    'wacz',
  ];
  const rows = data.exhibits.map((each) => [
    ...[
      each.id,
      each.noticeId,
      each.at,
      each.record.url,
      each.record.status,
      each.record.mediaType,
      each.record.payload.length,
      view.warcPath(each),
    ],
    ...[
      each.record.warc.sha256,
      `records/${each.hash}.json`,
      each.logIndex,
      `log/proofs/${each.logIndex}.tlog-proof`,
      data.wacz.get(each.id),
    ],
  ]);
  return { path: 'tables/exhibits.csv', csv: csv(header, rows) };
}
