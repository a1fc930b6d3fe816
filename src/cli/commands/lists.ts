import { AsPostedError, type Day, instant } from '../../model/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { need, parseDay, printRows } from '../output.js';
import { fileBytes } from '../texts.js';

export default defineCommand({
  name: 'lists',
  summary: 'Add and update sanctions lists, show their versions, and what changed between days.',
  usage: [
    'add LIST FILE --published DATE [--alt FILE] [--add FILE] [--comments FILE]',
    'add LIST BASEFILE --history DIFFS.tar.gz [--published DATE]',
    'update [LIST]…',
    'status',
    'diff LIST --from DATE --to DATE',
  ],
  description:
    'Every version is kept and logged, and screening answers from the one in force on the day asked. A file that is cut, empty or much shorter than the last is refused; the last good one goes on ruling.',
  examples: [
    'asposted lists add us_ofac_sdn SDN.CSV --published 2024-05-21',
    'asposted lists update us_ofac_sdn',
    'asposted lists diff us_ofac_sdn --from 2024-02-22 --to 2024-02-23',
  ],
  flags: {
    published: { kind: 'value', placeholder: 'DATE', help: "The publisher's date of the file." },
    alt: { kind: 'value', placeholder: 'FILE', help: 'Aliases (ALT.CSV).' },
    add: { kind: 'value', placeholder: 'FILE', help: 'Addresses (ADD.CSV).' },
    comments: { kind: 'value', placeholder: 'FILE', help: 'Remarks continued (SDN_COMMENTS.CSV).' },
    history: {
      kind: 'value',
      placeholder: 'TAR',
      help: 'A tar of `git diff -U0` files, one a state, on top of the base file.',
    },
    'allow-shrink': { kind: 'switch', help: 'Accept a file that is much shorter than the last.' },
    from: { kind: 'value', placeholder: 'DATE', help: 'diff: the earlier day.' },
    to: { kind: 'value', placeholder: 'DATE', help: 'diff: the later day.' },
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
      default:
        throw new AsPostedError({
          code: 'USAGE',
          message: `lists has no verb ${verb}`,
          hint: 'It has add, update, status, diff.',
        });
    }
  },
});

async function add(context: Context, words: readonly string[]): Promise<number> {
  const list = need(words[0], 'a list', 'lists add LIST FILE --published DATE');
  const file = need(words[1], 'a file', 'lists add LIST FILE --published DATE');
  const publishedAt = parseDay(
    need(context.parsed.value('published'), '--published', 'lists add LIST FILE --published DATE'),
    '--published',
  );
  const { addListVersion } = await import('../../watch/index.js');
  const files: Record<string, Uint8Array> = { main: await fileBytes(file) };
  for (const role of ['alt', 'add', 'comments']) {
    const path = context.parsed.value(role);
    if (path !== undefined) files[role] = await fileBytes(path);
  }
  const parts = await context.open({ create: true });
  const added = await addListVersion(parts, {
    list,
    files,
    publishedAt,
    origin: file,
    allowShrink: context.parsed.has('allow-shrink'),
  });
  report(context, list, added);
  return EXIT.done;
}

function report(
  context: Context,
  list: string,
  { isNew, entries, publishedAt, problems }: { isNew: boolean; entries: number; publishedAt: Day; problems: string[] },
): void {
  if (context.json) context.out(JSON.stringify({ type: 'listVersion', list, publishedAt, entries, isNew, problems }));
  else context.out(`${list}: version of ${publishedAt}, ${entries} entries${isNew ? '' : ' (already held)'}`);
  for (const problem of problems) context.err(problem);
}

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
  const [{ updateList }, { listKinds }] = await Promise.all([
    import('../../watch/index.js'),
    import('../../screen/index.js'),
  ]);
  const parts = await context.open({ create: true });
  const lists = words.length > 0 ? words : (await listKinds()).map(({ list }) => list);
  for (const list of lists)
    report(context, list, await updateList(parts, list, { allowShrink: context.parsed.has('allow-shrink') }));
  return EXIT.done;
}

async function status(context: Context): Promise<number> {
  const { listVersions } = await import('../../store/index.js');
  const { store, clock } = await context.open({ offline: true });
  const byList = new Map<string, Awaited<ReturnType<typeof listVersions>>>();
  for (const version of await listVersions(store.database))
    byList.set(version.record.list, [...(byList.get(version.record.list) ?? []), version]);
  const today = instant(clock.now()).slice(0, 10);
  const rows = [...byList].map(([list, versions]) => {
    const { record, logIndex } = versions.at(-1)!;
    const { publishedAt, entries, content, origin, at } = record;
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
      fetchedAt: at,
      logIndex,
    };
  });
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
