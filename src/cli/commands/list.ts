import { AsPostedError, parseDuration } from '../../model/index.js';
import type { Queryable, ListFilter } from '../../store/index.js';
import type { FollowsRow, ProjectRow } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { systemClock } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { lagWords } from '../lags.js';
import { joinedBy, stagesOf } from '../project-text.js';
import { type Columns, type Row, fullId, parseSince, printRows } from '../output.js';
import { SOURCE_COLUMNS } from './source.js';

type Lister = (db: Queryable, filter: ListFilter) => Promise<readonly Row[]>;

interface Listing extends Columns {
  rows: Lister;
}

const text = (row: Row, key: string): string => {
  const value = row[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '–';
};
const percent = (value: unknown): string => `${Math.round(Number(value) * 100)} %`;
const countOf = ({ notices, share }: FollowsRow['bAfterA']): string =>
  notices === 0 ? '0' : `${notices} (${percent(share)})`;
/** The first and the last month in which one posted after the other. */
function monthsOf(...both: FollowsRow['bAfterA'][]): string {
  const months = both.flatMap((each) => each.months.map(({ month }) => month)).sort();
  return [...new Set([months[0], months.at(-1)])].join('–');
}
const inner = (row: Row, key: string): Row => (row[key] ?? {}) as Row;

/** One entry a listing: where its rows come from, and how people see them. */
async function listings(): Promise<Record<string, Listing>> {
  const store = await import('../../store/index.js');
  return {
    notices: {
      rows: store.listNotices as unknown as Lister,
      header: ['notice', 'posted', 'presence', 'kind', 'copies', 'candidates', 'account', 'title'],
      cells: (row) => [
        text(row, 'id'),
        text(row, 'published'),
        text(row, 'presence'),
        text(row, 'documentKind'),
        (row['copies'] as unknown[]).length,
        (row['matches'] as unknown[]).length,
        text(inner(row, 'account'), 'name'),
        text(row, 'title'),
      ],
      empty: 'No notices yet: asposted capture URL, or asposted source add URL and asposted watch --once.',
    },
    changes: {
      rows: store.listChanges as unknown as Lister,
      header: ['notice', 'when', 'what', 'before', 'after'],
      cells: (row) => [
        text(row, 'notice'),
        text(row, 'at'),
        text(row, 'kind'),
        text(row, 'before'),
        text(row, 'after'),
      ],
      empty: 'No notice changed since it was first captured.',
    },
    removals: {
      rows: store.listRemovals,
      header: ['notice', 'by', 'last seen', 'first missing', 'confirmed', 'words', 'title'],
      cells: (row) =>
        ['notice', 'actor', 'lastSeen', 'firstMissing', 'confirmed', 'words', 'title'].map((key) => text(row, key)),
      empty: 'No removal is confirmed.',
    },
    copies: {
      rows: store.listCopies,
      header: ['notice', 'other', 'relation', 'of this', 'of the other', 'other stands'],
      cells: (row) => [
        text(row, 'notice'),
        text(row, 'other'),
        text(row, 'relation'),
        percent(row['sharedOfThis']),
        percent(row['sharedOfOther']),
        text(row, 'otherPresence'),
      ],
      empty: 'No two notices share passages.',
    },
    follows: {
      rows: async (db, filter) =>
        (await (await import('../../watch/index.js')).listFollows(db, filter)) as unknown as readonly Row[],
      header: [
        'one',
        'other',
        'other after one',
        'median lag',
        'one after other',
        'median lag',
        'same time',
        'unknown',
        'months',
      ],
      cells: (row) => {
        const { a, b, aName, bName, bAfterA, aAfterB, sameTime, unknown } = row as unknown as FollowsRow;
        return [
          aName ?? a,
          bName ?? b,
          ...[bAfterA, aAfterB].flatMap((each) => [
            countOf(each),
            each.medianLagMs === undefined ? '–' : lagWords({ leastMs: each.medianLagMs, mostMs: each.medianLagMs }),
          ]),
          sameTime,
          unknown,
          monthsOf(bAfterA, aAfterB),
        ];
      },
      empty: 'No notice of one account is a copy of a notice of another.',
    },
    projects: {
      rows: async (db, filter) =>
        (await (await import('../../watch/index.js')).listProjects(db, filter)) as unknown as readonly Row[],
      header: ['notices', 'stages', 'joined by', 'title of the first'],
      cells: (row) => {
        const project = row as unknown as ProjectRow;
        return [project.notices.length, stagesOf(project), joinedBy(project), project.notices[0]!.title ?? '–'];
      },
      empty: 'No two notices are of one project, as far as their numbers and names tell.',
    },
    mentions: {
      rows: store.listMentions,
      header: ['notice', 'kind', 'what', 'words', 'at'],
      cells: (row) => [text(row, 'notice'), text(row, 'kind'), text(row, 'id'), text(row, 'text'), text(row, 'start')],
      empty: 'Nothing was recognised.',
    },
    matches: {
      rows: store.listMatches,
      header: ['notice', 'asked', 'list', 'entry', 'name on the list', 'in force from', 'name', 'more'],
      cells: (row) => [
        text(row, 'notice'),
        text(row, 'query'),
        text(row, 'list'),
        text(row, 'entry'),
        text(row, 'matchedName'),
        text(row, 'from'),
        text(row, 'nameEvidence'),
        text(row, 'corroboration'),
      ],
      empty: 'No name was found on the lists held (asposted lists status). That is not a clearance.',
    },
    flags: {
      rows: store.listFlags,
      header: ['notice', 'rule', 'what', 'detail'],
      cells: (row) => [text(row, 'notice'), text(row, 'id'), text(row, 'title'), text(row, 'detail')],
      empty: 'No flag was raised.',
    },
    claims: {
      rows: (db) => store.listClaims(db) as unknown as Promise<readonly Row[]>,
      header: ['claim', 'said', 'speaker', 'outlet', 'about', 'words'],
      cells: (row) => ['id', 'said', 'speaker', 'outlet', 'about', 'words'].map((key) => text(row, key)),
      empty: 'No claims were entered: asposted case claim.',
    },
    sources: { rows: (db) => store.listSources(db) as unknown as Promise<readonly Row[]>, ...SOURCE_COLUMNS },
    events: {
      rows: store.listEvents,
      header: ['event', 'when', 'what', 'notice', 'title'],
      cells: (row) => [
        text(row, 'id'),
        text(row, 'at'),
        text(row, 'event'),
        text(inner(row, 'body'), 'notice'),
        text(inner(row, 'body'), 'title'),
      ],
      empty: 'Nothing happened yet.',
    },
    cases: {
      rows: (db) => store.listCases(db) as unknown as Promise<readonly Row[]>,
      header: ['case', 'opened', 'by', 'claims', 'title'],
      cells: (row) => [
        text(row, 'id'),
        text(row, 'at'),
        text(row, 'by'),
        (row['claims'] as unknown[]).length,
        text(row, 'title'),
      ],
      empty: 'No cases yet: asposted case new TITLE.',
    },
    triage: {
      rows: (db) => store.listTriage(db) as unknown as Promise<readonly Row[]>,
      header: ['notice', 'worth', 'by', 'when', 'known then'],
      cells: (row) => ['notice', 'verdict', 'by', 'at', 'presence'].map((key) => text(row, key)),
      empty: 'Nobody said yet what a finding is worth: the pages ask (asposted serve).',
    },
  };
}

const PRESENCE = ['standing', 'unreachable', 'suspected', 'removed', 'moved'];

export default defineCommand({
  name: 'list',
  summary: 'Print notices, changes, removals, copies, follows, projects, mentions, matches, flags, claims and more.',
  usage: ['WHAT [--since TIME] [--source ID] [--presence P] [--notice ID] [--fail-on-any]'],
  description:
    'Of notices, changes, removals, copies, follows, projects, mentions, matches, flags, claims, sources, events, cases, triage (what people said findings are worth). With --json one line each, in an order that never changes; the fields are those of docs/140-scripting.md. `follows` are pairs of accounts that post copies of each other: how often one after the other, and how much later. `projects` are notices of one procurement (call, change, award), joined by numbers, or names beside registered bodies; they are no copies of each other.',
  examples: [
    'asposted list removals',
    'asposted list notices --presence removed --json',
    'asposted list changes --since 7d',
    'asposted list follows',
    'asposted list projects --json',
  ],
  flags: {
    since: {
      kind: 'value',
      placeholder: 'TIME',
      help: 'Only what was seen since then: a day, a time, or an age such as 7d.',
    },
    source: { kind: 'value', placeholder: 'ID', help: 'Only of this source.' },
    presence: { kind: 'value', placeholder: 'P', help: `Only notices that are: ${PRESENCE.join(', ')}.` },
    notice: { kind: 'value', placeholder: 'ID', help: 'Only of this notice.' },
    'fail-on-any': { kind: 'switch', help: 'Exit 4 when there is anything to print.' },
  },
  run: async (context) => {
    const what = context.parsed.words[0] ?? 'notices';
    const all = await listings();
    const listing = Object.hasOwn(all, what) ? all[what] : undefined;
    if (!listing)
      throw new AsPostedError({
        code: 'USAGE',
        message: `there is no list of ${what}`,
        hint: `There are: ${Object.keys(all).join(', ')}.`,
      });
    const { store } = await context.open({ offline: true });
    const rows = await listing.rows(store.database, await filterOf(context, store.database));
    await printRows(context, rows, listing);
    return context.parsed.has('fail-on-any') && rows.length > 0 ? EXIT.found : EXIT.done;
  },
});

async function filterOf({ parsed }: Context, database: Parameters<typeof fullId>[0]): Promise<ListFilter> {
  const [since, source, presence, notice] = ['since', 'source', 'presence', 'notice'].map((name) => parsed.value(name));
  if (presence !== undefined && !PRESENCE.includes(presence))
    throw new AsPostedError({ code: 'USAGE', message: `--presence knows ${PRESENCE.join(', ')}, not ${presence}` });
  return {
    ...(since === undefined ? {} : { since: parseSince(since, systemClock.now(), parseDuration) }),
    ...(source === undefined ? {} : { source: await fullId(database, source, 'S') }),
    ...(presence === undefined ? {} : { presence }),
    ...(notice === undefined ? {} : { notice: await fullId(database, notice, 'N') }),
  };
}
