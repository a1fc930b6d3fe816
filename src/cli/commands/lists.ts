import { basename } from 'node:path';
import { AsPostedError, type Day, instant } from '../../model/index.js';
import type { ListKind } from '../../screen/index.js';
import type { AddedListVersion, Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { need, parseDay, printRows } from '../output.js';
import { fileBytes } from '../texts.js';

export default defineCommand({
  name: 'lists',
  summary: 'Add and update sanctions lists, show their versions, what changed between days, and who owns whom.',
  usage: [
    'add LIST FILE… [--published DATE] [--alt FILE] [--add FILE] [--comments FILE] [--index FILE] [--map FILE]',
    'add LIST BASEFILE --history DIFFS.tar.gz [--published DATE]',
    'update [LIST]… [--form FORM]',
    'status',
    'diff LIST --from DATE --to DATE',
    'links LIST ENTRY [--on DATE]',
  ],
  description:
    'Every version is kept and logged, and screening answers from the one in force on the day asked. A file that is cut, empty, of another list, much shorter than the last or with other ids is refused; the last good one goes on ruling. Without a name, update takes all lists that are held and have an address. links shows who owns whom by what the list prints, with the shares and what they come to; nobody is listed because of a share.',
  examples: [
    'asposted lists add us_ofac_sdn SDN.CSV --published 2024-05-21',
    'asposted lists update us_ofac_sdn un_sc',
    'asposted lists add eu_journal annexes/*.csv --published 2026-08-05',
    'asposted lists add csv_partners partners.csv --map partners.yaml --published 2026-01-31',
    'asposted lists diff us_ofac_sdn --from 2024-02-22 --to 2024-02-23',
    'asposted lists links us_ofac_sdn 47713 --on 2024-05-22',
  ],
  flags: {
    published: {
      kind: 'value',
      placeholder: 'DATE',
      help: "The publisher's date of the file; needed where the file says none.",
    },
    alt: { kind: 'value', placeholder: 'FILE', help: 'Aliases (ALT.CSV).' },
    add: { kind: 'value', placeholder: 'FILE', help: 'Addresses (ADD.CSV).' },
    comments: { kind: 'value', placeholder: 'FILE', help: 'Remarks continued (SDN_COMMENTS.CSV).' },
    index: {
      kind: 'value',
      placeholder: 'FILE',
      help: 'os: the index.json beside the file, whose checksums are held against it.',
    },
    map: { kind: 'value', placeholder: 'FILE', help: 'csv: which column is what (YAML).' },
    form: {
      kind: 'value',
      placeholder: 'FORM',
      help: 'update: a form of the publisher’s, e.g. enhanced; else that of the newest version held.',
    },
    history: {
      kind: 'value',
      placeholder: 'TAR',
      help: 'A tar of `git diff -U0` files, one a state, on top of the base file.',
    },
    'allow-shrink': {
      kind: 'switch',
      help: 'Accept a file that is much shorter than the last, or whose entries have other ids.',
    },
    from: { kind: 'value', placeholder: 'DATE', help: 'diff: the earlier day.' },
    to: { kind: 'value', placeholder: 'DATE', help: 'diff: the later day.' },
    on: { kind: 'value', placeholder: 'DATE', help: 'links: as the list stood on this day; default today.' },
  },
  run: async (context) => {
    const [verb = 'status', ...words] = context.parsed.words;
    switch (verb) {
      case 'add':
        return context.parsed.value('history') === undefined ? add(context, words) : addHistory(context, words);
      case 'update':
        return update(context, words);
      case 'status':
        return status(context);
      case 'diff':
        return diff(context, words);
      case 'links':
        return (await import('../entry-links.js')).showLinks(context, words);
      default:
        throw new AsPostedError({
          code: 'USAGE',
          message: `lists has no verb ${verb}`,
          hint: 'It has add, update, status, diff, links.',
        });
    }
  },
});

/** Files beside the main one, by the flag that gives them. */
const ROLES = ['alt', 'add', 'comments', 'index', 'map'] as const;
/** OFAC's largest form has 126 MB. */
const LARGEST = 600_000_000;

async function add(context: Context, words: readonly string[]): Promise<number> {
  const form = 'lists add LIST FILE --published DATE';
  const list = need(words[0], 'a list', form);
  const file = need(words[1], 'a file', form);
  const published = context.parsed.value('published');
  const [{ addListVersion, layEndToEnd }, { listKind }] = await Promise.all([
    import('../../watch/index.js'),
    import('../../screen/index.js'),
  ]);
  const kind = await listKind(list);
  const mains = words.slice(1);
  if (mains.length > 1 && !kind.many) {
    throw new AsPostedError({
      code: 'USAGE',
      message: `${list} is one file, and ${mains.length} were given`,
      hint: 'Files that go beside it have flags of their own: asposted lists --help.',
    });
  }
  const named = await Promise.all(
    mains.map(async (path) => ({ name: basename(path), bytes: await fileBytes(path, LARGEST) })),
  );
  const files: Record<string, Uint8Array> = { main: kind.many ? layEndToEnd(named) : named[0]!.bytes };
  for (const role of ROLES) {
    const path = context.parsed.value(role);
    if (path !== undefined) files[role] = await fileBytes(path, LARGEST);
  }
  const parts = await context.open({ create: true });
  const added = await addListVersion(parts, {
    list,
    files,
    ...(published === undefined ? {} : { publishedAt: parseDay(published, '--published') }),
    origin: mains.length === 1 ? file : `${file} and ${mains.length - 1} more`,
    allowShrink: context.parsed.has('allow-shrink'),
  });
  report(context, kind, list, added);
  return EXIT.done;
}

function report(
  context: Context,
  { use }: ListKind,
  list: string,
  { isNew, entries, publishedAt, problems }: AddedListVersion,
): void {
  const terms = use === undefined ? {} : { use };
  if (context.json)
    context.out(JSON.stringify({ type: 'listVersion', list, publishedAt, entries, isNew, problems, ...terms }));
  else context.out(`${list}: version of ${publishedAt}, ${entries} entries${isNew ? '' : ' (already held)'}`);
  for (const problem of problems.slice(0, MOST_PROBLEMS)) context.err(problem);
  if (problems.length > MOST_PROBLEMS)
    context.err(`… and ${problems.length - MOST_PROBLEMS} more (all of them with --json)`);
  if (use !== undefined) context.err(use);
}

const MOST_PROBLEMS = 20;

async function addHistory(context: Context, words: readonly string[]): Promise<number> {
  const form = 'lists add LIST BASEFILE --history TAR --published DATE';
  const list = need(words[0], 'a list', form);
  const file = need(words[1], 'the base file', form);
  const basePublishedAt = parseDay(
    need(context.parsed.value('published'), '--published (the day of the base file)', form),
    '--published',
  );
  const [base, archive] = [await fileBytes(file), await fileBytes(context.parsed.value('history')!)];
  const { addListHistory } = await import('../../watch/index.js');
  const parts = await context.open({ create: true });
  const { states, refused } = await addListHistory(parts, { list, base, basePublishedAt, archive, origin: file });
  if (context.json) context.out(JSON.stringify({ type: 'listHistory', list, states, refused }));
  else context.out(`${list}: ${states} states added`);
  for (const each of refused) context.err(`refused ${each.file}: ${each.why}`);
  return refused.length > 0 ? EXIT.partly : EXIT.done;
}

async function update(context: Context, words: readonly string[]): Promise<number> {
  const [{ updateList }, { listKind }] = await Promise.all([
    import('../../watch/index.js'),
    import('../../screen/index.js'),
  ]);
  const parts = await context.open({ create: true });
  const lists = words.length > 0 ? words : await heldLists(context, parts);
  const form = context.parsed.value('form');
  const options = { allowShrink: context.parsed.has('allow-shrink'), ...(form === undefined ? {} : { form }) };
  let failed = 0;
  for (const list of lists) {
    try {
      report(context, await listKind(list), list, await updateList(parts, list, options));
    } catch (thrown) {
      // One publisher that is down must not keep the others' lists old.
      if (lists.length === 1 || !(thrown instanceof AsPostedError)) throw thrown;
      failed += 1;
      context.err(`${list}: ${thrown.message}`);
    }
  }
  return failed > 0 ? EXIT.partly : EXIT.done;
}

/** Lists with a version, as far as they can be fetched in the form they are held in. */
async function heldLists(context: Context, { store }: Parts): Promise<string[]> {
  const [{ listVersions }, { listKind }] = await Promise.all([
    import('../../store/index.js'),
    import('../../screen/index.js'),
  ]);
  // Of each list the newest comes last, and stays.
  const held = new Map((await listVersions(store.database)).map(({ record }) => [record.list, record.form]));
  const lists: string[] = [];
  for (const [list, form] of held) {
    const kind = await listKind(list);
    const { main } = list === kind.list ? kind.addresses : (kind.named?.addresses(list) ?? {});
    if (main === undefined) continue;
    if (form === (kind.form ?? 'csv') || Object.hasOwn(kind.forms ?? {}, form)) lists.push(list);
    else context.err(`${list}: held in the form ${form}, which has no address; its next file is added by hand`);
  }
  if (lists.length > 0) return lists;
  throw new AsPostedError({
    code: 'NO_LIST',
    message: 'no list is held that could be updated',
    hint: 'Name one: asposted lists update us_ofac_sdn; docs/080-screen.md has all of them.',
  });
}

async function status(context: Context): Promise<number> {
  const [{ listVersions }, { listKind }] = await Promise.all([
    import('../../store/index.js'),
    import('../../screen/index.js'),
  ]);
  const { store, clock } = await context.open({ offline: true });
  const byList = new Map<string, Awaited<ReturnType<typeof listVersions>>>();
  for (const version of await listVersions(store.database))
    byList.set(version.record.list, [...(byList.get(version.record.list) ?? []), version]);
  const today = instant(clock.now()).slice(0, 10);
  const rowOf = async ([list, versions]: [string, Awaited<ReturnType<typeof listVersions>>]) => {
    const { record, logIndex } = versions.at(-1)!;
    const { publishedAt, entries, content, origin, at, form } = record;
    const { licence, use } = await listKind(list);
    const ageDays = Math.round((Date.parse(today) - Date.parse(publishedAt)) / 86_400_000);
    return {
      type: 'list',
      list,
      versions: versions.length,
      oldest: versions[0]!.record.publishedAt,
      newest: publishedAt,
      ageDays,
      entries,
      version: `sha256:${content}`,
      origin,
      form,
      licence,
      ...(use === undefined ? {} : { use }),
      fetchedAt: at,
      logIndex,
    };
  };
  const rows = await Promise.all([...byList].map(rowOf));
  await printRows(context, rows, {
    header: ['list', 'versions', 'from', 'to', 'age', 'entries', 'origin'],
    cells: (row) => [
      row['list'] as string,
      row['versions'] as number,
      row['oldest'] as string,
      row['newest'] as string,
      `${String(row['ageDays'])} d`,
      row['entries'] as number,
      row['origin'] as string,
    ],
    empty: 'No lists yet: asposted lists update us_ofac_sdn.',
  });
  return EXIT.done;
}

async function diff(context: Context, words: readonly string[]): Promise<number> {
  const form = 'lists diff LIST --from DATE --to DATE';
  const list = need(words[0], 'a list', form);
  const from = parseDay(need(context.parsed.value('from'), '--from', form), '--from');
  const to = parseDay(need(context.parsed.value('to'), '--to', form), '--to');
  const rows = await differences(await context.open({ offline: true }), list, from, to);
  await printRows(context, rows, {
    header: ['what', 'entry', 'name'],
    cells: (row) => [row['what'] as string, row['entry'] as string, row['name'] as string],
    empty: `${list} held the same on ${from} and on ${to}.`,
  });
  return EXIT.done;
}

async function differences({ store }: Parts, list: string, from: Day, to: Day): Promise<Record<string, unknown>[]> {
  const [{ loadListEntries, listVersions }, { entriesOn }] = await Promise.all([
    import('../../store/index.js'),
    import('../../screen/index.js'),
  ]);
  const versions = await listVersions(store.database, list);
  if (!versions.some(({ record }) => record.publishedAt <= from)) {
    throw new AsPostedError({
      code: 'NO_LIST',
      message: `no version of ${list} is held on or before ${from}`,
      hint: `The earliest is of ${versions[0]?.record.publishedAt ?? 'no day: the list is not held'}.`,
    });
  }
  const entries = await loadListEntries(store.database, list);
  const [before, after] = [from, to].map(
    (day) => new Map(entriesOn(entries, day).map((entry) => [entry.entry, entry])),
  ) as [Map<string, (typeof entries)[number]>, Map<string, (typeof entries)[number]>];
  const row = (what: string, { entry, name }: (typeof entries)[number]): Record<string, unknown> => ({
    type: 'listChange',
    list,
    from,
    to,
    what,
    entry,
    name,
  });
  return [
    ...[...after.values()].filter(({ entry }) => !before.has(entry)).map((entry) => row('added', entry)),
    ...[...before.values()].filter(({ entry }) => !after.has(entry)).map((entry) => row('removed', entry)),
    ...[...after.values()]
      .filter((entry) => before.has(entry.entry) && before.get(entry.entry) !== entry)
      .map((entry) => row('changed', entry)),
  ];
}
