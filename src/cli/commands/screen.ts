import { existsSync } from 'node:fs';
import { AsPostedError, type Day, type MatchDecision, type Screening, instant, parseId } from '../../model/index.js';
import { type Screener, basisWords } from '../../screen/index.js';
import type { MatchRow, NoticeDetail } from '../../store/index.js';
import type { Parts, Question } from '../../watch/index.js';
import type { Problem } from '../bulk-screen.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need, parseDay } from '../output.js';
import { table } from '../table.js';

export default defineCommand({
  name: 'screen',
  summary: 'Hold names and numbers against the lists as they stood on a day.',
  usage: [
    'NAME [--on DATE] [--list L]…',
    'FILE|- …        (a name a line)',
    'FILE.csv|- --column NAME [--id-column [TYPE=]C]… [--country-column C]… [--date-column C]… [--on-column C] [--all]',
    'ID …            (all names of a notice)',
    'NAME|ID --decide same|different|unsure --entry LIST/ENTRY --why WORDS',
  ],
  description:
    'Two numbers come back: how well the names agree, and what else agrees. A match is a candidate, never an identification; no match is no clearance and names the lists and versions that were asked. --decide puts on record what you say of a name and an entry; it is shown with the match from then on, and is out of date when the list changes the entry. A match called different is told to nobody while the entry is as it was; it stays in every answer.',
  examples: [
    'asposted screen "ООО «3МХ»" --on 2024-05-22',
    'asposted screen "ИНН 7802942873"',
    'asposted screen names.txt --json',
    'asposted screen partners.csv --column Name --id-column inn=INN --country-column Country > screened.csv',
    'asposted screen N-7F3K2 --decide different --entry us_ofac_sdn/47713 --why "another firm: other tax number"',
  ],
  flags: {
    on: { kind: 'value', placeholder: 'DATE', help: 'The day asked for; default today, for a notice its own date.' },
    list: { kind: 'values', placeholder: 'L', help: 'Only this list (repeat for several).' },
    strict: { kind: 'switch', help: 'Exit 10 when a list asked is older than lists.maxAge on that day, or not held.' },
    column: {
      kind: 'value',
      placeholder: 'COLUMN',
      help: 'The file is a CSV table with a header; this column holds the names.',
    },
    'id-column': {
      kind: 'values',
      placeholder: '[TYPE=]COLUMN',
      help: 'Numbers: inn, ogrn, uscc, lei …; without a type by their check digits.',
    },
    'country-column': {
      kind: 'values',
      placeholder: 'COLUMN',
      help: 'Countries, as codes or names; `;` between several.',
    },
    'date-column': { kind: 'values', placeholder: 'COLUMN', help: 'Dates of birth or registration.' },
    'on-column': { kind: 'value', placeholder: 'COLUMN', help: 'The day asked for, row by row; else --on.' },
    delimiter: {
      kind: 'value',
      placeholder: 'CHAR',
      help: 'Of the table; default what its header holds most of `,`, `;` and tab.',
    },
    all: { kind: 'switch', help: 'A row for each candidate, not for the best alone.' },
    decide: { kind: 'value', placeholder: 'VERDICT', help: 'Record a decision: same, different or unsure.' },
    entry: { kind: 'value', placeholder: 'LIST/ENTRY', help: 'decide: the entry it is about, us_ofac_sdn/47713.' },
    why: { kind: 'value', placeholder: 'WORDS', help: 'decide: what it rests on.' },
    by: { kind: 'value', placeholder: 'NAME', help: 'decide: who says so; default your user name.' },
    name: { kind: 'value', placeholder: 'NAME', help: 'decide on a notice: only of this name of it.' },
    'fail-on-match': { kind: 'switch', help: 'Exit 4 when there is a candidate.' },
  },
  run: async (context) => {
    const word = need(context.parsed.words.join(' '), 'a name', 'screen NAME|FILE|ID|-');
    const on = context.parsed.value('on');
    const day = on === undefined ? undefined : parseDay(on, '--on');
    const parts = await context.open({ offline: true });
    const { decidedScreening, loadListed, screenHere, screenMany } = await import('../../watch/index.js');
    const notice = parseId(word)?.kind === 'N' ? await fullId(parts.store.database, word, 'N') : undefined;
    if (context.parsed.has('decide')) {
      const { decide } = await import('../decide.js');
      return decide(context, parts, notice === undefined ? { name: word } : { notice });
    }
    if (notice !== undefined) return screenNotice(context, parts, notice, day);
    const listed = await loadListed(parts);
    const lists = listsOf(context);
    const today = day ?? instant(parts.clock.now()).slice(0, 10);
    const { isWhole, linesOf, screenTable, untilBroken, write } = await import('../bulk-screen.js');
    const isFile = word === '-' || existsSync(word);
    async function* ask(questions: AsyncIterable<Question>): AsyncGenerator<Screening> {
      const asked = lists === undefined ? questions : ofLists(questions, lists);
      const answers = isFile && isWhole(word) ? screenMany(listed, asked) : screenHere(listed, asked);
      for await (const answer of answers) yield await decidedScreening(parts, answer);
    }
    if (listed.screener.screen({ name: '' }, today, lists).lists.length === 0) {
      throw new AsPostedError({
        code: 'NO_LIST',
        message: 'the store holds no list, so nothing can be said',
        hint: 'Add one: asposted lists add us_ofac_sdn SDN.CSV --published DATE, or asposted lists update.',
      });
    }
    const found = { any: false, stale: false, errors: false };
    const see = (result: Screening): void => {
      found.any ||= result.matches.length > 0;
      found.stale ||= result.lists.some(isStale(parts.settings['lists.maxAge'], result.on));
    };
    if (context.parsed.has('column')) {
      found.errors = (await screenTable(context, word, { ask, today }, see)).hasError;
    } else {
      let asked = 0;
      async function* questions(): AsyncGenerator<Question> {
        for await (const name of isFile ? linesOf(word) : [word]) yield { query: { name }, on: today };
      }
      const problem: Problem = {};
      for await (const result of ask(untilBroken(questions(), problem))) {
        see(result);
        asked += 1;
        await write(context, shownScreening(context, result));
      }
      if (problem.thrown !== undefined) throw problem.thrown;
      if (asked === 0) context.err(`${word} holds no name, so nothing was asked.`);
    }
    if (context.parsed.has('strict') && found.stale) return EXIT.listTooOld;
    if (context.parsed.has('fail-on-match') && found.any) return EXIT.found;
    return found.errors ? EXIT.partly : EXIT.done;
  },
});

async function* ofLists(questions: AsyncIterable<Question>, lists: readonly string[]): AsyncGenerator<Question> {
  for await (const question of questions) yield { ...question, lists };
}

function listsOf({ parsed }: Context): string[] | undefined {
  const lists = parsed.values('list');
  return lists.length === 0 ? undefined : lists;
}

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
      : await decidedRows(
          parts,
          id,
          watch.screenNotice(only(screener, lists), notice.revisionList, accountOf(notice), on),
        );
  for (const row of context.json ? rows : []) context.out(JSON.stringify({ type: 'match', notice: id, ...row }));
  if (!context.json) printMatches(context, rows, on);
  const asked = screener.screen({ name: '' }, on, lists).lists;
  if (context.parsed.has('strict') && asked.some(isStale(parts.settings['lists.maxAge'], on))) return EXIT.listTooOld;
  return context.parsed.has('fail-on-match') && rows.length > 0 ? EXIT.found : EXIT.done;
}

/** Asked for another day, or of some lists alone: what was decided of the notice holds all the same. */
async function decidedRows(parts: Parts, id: string, rows: readonly MatchRow[]): Promise<MatchRow[]> {
  const [{ decisionsOnNotice }, watch] = await Promise.all([
    import('../../store/index.js'),
    import('../../watch/index.js'),
  ]);
  const decisions = await decisionsOnNotice(parts.store.database, id);
  const decided = watch.decidedOn(await watch.loadListed(parts), decisions);
  return rows.flatMap((row) => watch.withDecisions([row], decided(row.query)));
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
    row.decision === undefined ? '' : shownDecision(row.decision),
  ]);
  context.out(table(['asked', 'list', 'entry', 'name', 'from', 'name', 'more', 'decided'], cells));
}

function shownDecision({ verdict, by, at, why, stale }: MatchDecision): string {
  const since = stale ? ', before the list changed the entry: look again' : '';
  return `${verdict}, by ${by} on ${at.slice(0, 10)}${since}: ${why}`;
}

function shownScreening(context: Context, result: Screening): string {
  if (context.json) return JSON.stringify({ type: 'screening', ...result });
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
  const why = result.matches.map((each) => `  ${each.entry}: ${[...each.why, ...basisWords(each)].join('; ')}`);
  const decided = result.matches.flatMap(({ entry, decision }) =>
    decision === undefined ? [] : [`  ${entry}: ${shownDecision(decision)}`],
  );
  return [
    `${result.query} on ${result.on}`,
    found,
    ...(why.length > 0 ? ['because', ...why] : []),
    ...(decided.length > 0 ? ['decided', ...decided] : []),
    'asked',
    ...asked,
  ].join('\n');
}
