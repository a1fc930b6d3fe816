import type { FsckReport } from '../../watch/index.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { printable } from '../printable.js';

export default defineCommand({
  name: 'fsck',
  summary: 'Check the whole store: keys, every log entry and tile, every record and capture, every row.',
  usage: ['[--repair]'],
  description:
    'Reads everything, kept time stamps as well, and names everything that is broken, one after the other. Captures, records, log entries, checkpoints and keys are never touched. What is made of them can be made again with --repair: hash tiles of the log, where they lead to the signed root, and the rows of the database, which are made once more beside the old ones and compared. Objects no record refers to are counted and left alone. Exit 5 when something that was seen is broken, 3 when only something made is and was not repaired.',
  examples: ['asposted fsck', 'asposted fsck --repair'],
  flags: { repair: { kind: 'switch', help: 'Make again what is made and does not fit.' } },
  run: async (context) => {
    const repair = context.parsed.has('repair');
    const settings = await context.settings();
    const [{ openForCheck }, { fsck }, { loadCatalogue }] = await Promise.all([
      import('../../store/index.js'),
      import('../../watch/index.js'),
      import('../../recognise/index.js'),
    ]);
    const store = await openForCheck({
      dir: context.storeDir,
      schema: settings['store.schema'],
      databaseUrl: settings['store.database.url'],
    });
    try {
      const tools = {
        ...(await context.tools()),
        catalogue: await loadCatalogue({ own: settings['recognise.catalogue'] }),
      };
      const report = await fsck(store, tools, { repair, signal: context.signal }).finally(() => tools.fetcher.close());
      context.out(context.json ? JSON.stringify({ type: 'fsck', ...report }) : textOf(report, repair));
      const { problems, damaged, made } = report;
      if (made.length > 0 && !repair) context.err(`next: asposted fsck --repair   (${made.length} can be repaired)`);
      return damaged.length > 0 ? EXIT.verificationFailed : problems.length > 0 ? EXIT.partly : EXIT.done;
    } finally {
      await store.close();
    }
  },
});

function textOf(report: FsckReport, repair: boolean): string {
  const { entries, exhibits, problems, made, repaired, unreferenced, leftovers, notChecked } = report;
  const can = new Set(repair ? [] : made);
  return [
    `${entries} log entries, ${exhibits} exhibits, ${problems.length} problems`,
    ...problems.map((each) => `${printable(each)}${can.has(each) ? '   (can be repaired with --repair)' : ''}`),
    ...repaired.map((each) => `repaired: ${printable(each)}`),
    ...(unreferenced.objects > 0
      ? [`harmless: ${unreferenced.objects} objects that no record refers to, ${unreferenced.bytes} bytes`]
      : []),
    ...(leftovers > 0 ? [`harmless: ${leftovers} files of writes that were cut off`] : []),
    ...notChecked.map((each) => `not checked: ${printable(each)}`),
  ].join('\n');
}
