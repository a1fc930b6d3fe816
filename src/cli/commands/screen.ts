import { existsSync } from 'node:fs';
import { AsPostedError, type Day, type Screening, instant, parseId } from '../../model/index.js';
import type { Screener } from '../../screen/index.js';
import type { MatchRow, NoticeDetail } from '../../store/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need, parseDay } from '../output.js';
import { fileBytes } from '../texts.js';
import { table } from '../table.js';

export default defineCommand({
  name: 'screen',
  summary: 'Hold names and numbers against the lists as they stood on a day.',
  usage: ['NAME [--on DATE] [--list L]…', 'FILE|- …        (a name a line)', 'ID …            (all names of a notice)'],
  description:
    'Two numbers come back: how well the names agree, and what else agrees. A match is a candidate, never an identification; no match is no clearance and names the lists and versions that were asked.',
  examples: [
    'asposted screen "ООО «3МХ»" --on 2024-05-22',
    'asposted screen "ИНН 7802942873"',
    'asposted screen names.txt --json',
  ],
  flags: {
    on: { kind: 'value', placeholder: 'DATE', help: 'The day asked for; default today, for a notice its own date.' },
    list: { kind: 'values', placeholder: 'L', help: 'Only this list (repeat for several).' },
    strict: { kind: 'switch', help: 'Exit 10 when a list asked is older than lists.maxAge on that day, or not held.' },
    'fail-on-match': { kind: 'switch', help: 'Exit 4 when there is a candidate.' },
  },
  run: async (context) => {
    const word = need(context.parsed.words.join(' '), 'a name', 'screen NAME|FILE|ID|-');
    const on = context.parsed.value('on');
    const day = on === undefined ? undefined : parseDay(on, '--on');
    const parts = await context.open({ offline: true });
    const { loadScreener } = await import('../../watch/index.js');
    if (parseId(word)?.kind === 'N')
      return screenNotice(context, parts, await fullId(parts.store.database, word, 'N'), day);
    const screener = await loadScreener(parts);
    const isFile = word === '-' || existsSync(word);
    const lists = listsOf(context);
    const names = isFile ? lines(word === '-' ? await context.readStdin() : await fileBytes(word)) : [word];
    const results = names.map((name) =>
      screener.screen({ name }, day ?? instant(parts.clock.now()).slice(0, 10), lists),
    );
    if (results.length === 0) context.err(`${word} holds no name, so nothing was asked.`);
    if (results[0]?.lists.length === 0) {
      throw new AsPostedError({
        code: 'NO_LIST',
        message: 'the store holds no list, so nothing can be said',
        hint: 'Add one: asposted lists add us_ofac_sdn SDN.CSV --published DATE, or asposted lists update.',
      });
    }
    for (const result of results) print(context, result);
    if (
      context.parsed.has('strict') &&
      results.some((result) => result.lists.some(isStale(parts.settings['lists.maxAge'], result.on)))
    )
      return EXIT.listTooOld;
    return context.parsed.has('fail-on-match') && results.some(({ matches }) => matches.length > 0)
      ? EXIT.found
      : EXIT.done;
  },
});

function listsOf({ parsed }: Context): string[] | undefined {
  const lists = parsed.values('list');
  return lists.length === 0 ? undefined : lists;
}

const lines = (bytes: Buffer): string[] =>
  bytes
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const isStale =
  (maxAgeMs: number, on: Day) =>
  (list: Screening['lists'][number]): boolean =>
    list.version === '' || Date.parse(on) - Date.parse(list.publishedAt) > maxAgeMs;

/** A notice's matches were made with it; they are asked anew only for another day, or of some lists alone. */
async function screenNotice(context: Context, parts: Parts, id: string, day: Day | undefined): Promise<number> {
  const [{ showNotice }, watch] = await Promise.all([import('../../store/index.js'), import('../../watch/index.js')]);
  const { database } = parts.store;
  const notice = (await showNotice(database, id))!;
  const on =
    day ?? notice.matches[0]?.on ?? notice.revisionList[0]?.recognition.on ?? instant(parts.clock.now()).slice(0, 10);
  const lists = listsOf(context);
  const screener = await watch.loadScreener(parts);
  const rows =
    day === undefined && lists === undefined
      ? notice.matches
      : watch.screenNotice(only(screener, lists), notice.revisionList, accountOf(notice), on);
  for (const row of context.json ? rows : []) context.out(JSON.stringify({ type: 'match', notice: id, ...row }));
  if (!context.json) printMatches(context, rows, on);
  const asked = screener.screen({ name: '' }, on, lists).lists;
  if (context.parsed.has('strict') && asked.some(isStale(parts.settings['lists.maxAge'], on))) return EXIT.listTooOld;
  return context.parsed.has('fail-on-match') && rows.length > 0 ? EXIT.found : EXIT.done;
}

const accountOf = ({ account }: NoticeDetail): { account?: { id?: string; name?: string } } =>
  account?.name == null ? {} : { account: { name: account.name } };

/** The same screener, asking these lists alone. */
const only = (screener: Screener, lists: readonly string[] | undefined): Pick<Screener, 'screen'> => ({
  screen: (query, on) => screener.screen(query, on, lists),
});

function printMatches(context: Context, rows: readonly MatchRow[], on: Day): void {
  if (rows.length === 0) {
    context.err(`No candidate on the lists held, as of ${on}. That is not a clearance.`);
    return;
  }
  const cells = rows.map((row) => [
    row.query,
    row.list,
    row.entry,
    row.name,
    row.from,
    row.nameEvidence,
    row.corroboration,
  ]);
  context.out(table(['asked', 'list', 'entry', 'name', 'from', 'name', 'more'], cells));
}

function print(context: Context, result: Screening): void {
  if (context.json) {
    context.out(JSON.stringify({ type: 'screening', ...result }));
    return;
  }
  const asked = result.lists.map(
    ({ list, publishedAt, entries, note }) =>
      `  ${list}: ${publishedAt === '' ? '' : `version of ${publishedAt}, ${entries} ${entries === 1 ? 'entry' : 'entries'}`}${note === undefined ? '' : `${publishedAt === '' ? '' : '; '}${note}`}`,
  );
  const rows = result.matches.map((each) => [
    each.class,
    `${each.list} ${each.entry}`,
    each.name,
    each.matchedName,
    each.from,
    each.to ?? '–',
    each.nameEvidence,
    each.corroboration,
  ]);
  const wasAsked = result.lists.some(({ version }) => version !== '');
  const found =
    rows.length === 0
      ? wasAsked
        ? 'no potential match (not a clearance)'
        : 'not screened: no list held speaks for that day'
      : table(['class', 'entry', 'listed as', 'matched', 'from', 'until', 'name', 'more'], rows);
  const why = result.matches.map(({ entry, why: reasons }) => `  ${entry}: ${reasons.join('; ')}`);
  context.out(
    [`${result.query} on ${result.on}`, found, ...(why.length > 0 ? ['because', ...why] : []), 'asked', ...asked].join(
      '\n',
    ),
  );
}
