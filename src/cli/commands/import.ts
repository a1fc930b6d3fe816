import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AsPostedError, asError } from '../../model/index.js';
import type { Imported, Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT, EXIT_OF } from '../exit-codes.js';
import { printable } from '../printable.js';
import { fileBytes } from '../texts.js';
import { tend } from '../tend.js';

/** What is read of one file; longer archives are cut into pieces by the tools that made them. */
const LARGEST = 1_000_000_000;

export default defineCommand({
  name: 'import',
  summary: 'Keep what you already have: web archives, saved pages, PDFs, folders of files.',
  usage: ['FILE…|DIR… [--all]'],
  description:
    'WARC and WACZ of any program, pages saved from a browser (HTML, MHTML), PDFs and other files. Each becomes an exhibit that says it was imported and from which file. The date in it is the archive’s claim; ours is the time of import. An import is no look at the page: it never makes a notice stand, and never makes it removed. A file that is damaged anywhere is refused whole.',
  examples: ['asposted import crawl.warc.gz', 'asposted import saved-pages/', 'asposted import --all harvest.wacz'],
  flags: {
    all: { kind: 'switch', help: 'Of web archives: everything that was answered, not only pages and PDFs.' },
  },
  run: async (context) => {
    if (context.parsed.words.length === 0)
      throw new AsPostedError({
        code: 'USAGE',
        message: 'no file was given',
        hint: 'Form: asposted import FILE…|DIR…',
      });
    const files: string[] = [];
    for (const word of context.parsed.words) files.push(...(await filesAt(word)));
    if (files.length === 0) throw new AsPostedError({ code: 'BAD_INPUT', message: 'there is no file to import' });
    const parts = await context.open({ create: true });
    const failures: AsPostedError[] = [];
    for (const file of files) {
      if (context.signal.aborted)
        throw new AsPostedError({
          code: 'INTERRUPTED',
          message: 'interrupted; what was printed is kept',
          retry: 'now',
        });
      const failure = await importOne(context, parts, file);
      if (failure) failures.push(failure);
    }
    await tend(context, parts);
    if (failures.length === 0) return EXIT.done;
    return failures.length < files.length ? EXIT.partly : EXIT_OF[failures[0]!.code];
  },
});

/** A folder with all below it, by name; hidden files, links, and the pictures beside a saved page (`page_files/`) are left out. */
async function filesAt(path: string): Promise<string[]> {
  const facts = await stat(path).catch((thrown: unknown) => {
    throw asError(thrown, { code: 'BAD_INPUT', message: `${path} cannot be read`, hint: 'Check the name.' });
  });
  if (!facts.isDirectory()) return [path];
  const entries = (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = new Set(entries.map(({ name }) => name));
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isFile()) files.push(join(path, entry.name));
    else if (entry.isDirectory() && !isCompanion(entry.name, names))
      files.push(...(await filesAt(join(path, entry.name))));
  }
  return files;
}

function isCompanion(folder: string, names: ReadonlySet<string>): boolean {
  const page = /^(.+)(?:_files|\.files)$/.exec(folder)?.[1];
  return page !== undefined && (names.has(`${page}.html`) || names.has(`${page}.htm`));
}

async function importOne(context: Context, parts: Parts, file: string): Promise<AsPostedError | undefined> {
  const { importFile } = await import('../../watch/index.js');
  const name = basename(file);
  let imported: Imported;
  try {
    imported = await importFile(parts, await fileBytes(file, LARGEST), { name, all: context.parsed.has('all') });
  } catch (thrown) {
    if (!(thrown instanceof AsPostedError)) throw thrown;
    const { code, message, hint } = thrown;
    if (context.json) context.out(JSON.stringify({ type: 'import', file: name, error: { code, message } }));
    context.err(`asposted: ${printable(`${name}: ${message}`)}${hint === undefined ? '' : `\n  next: ${hint}`}`);
    return thrown;
  }
  await print(context, parts, name, imported);
  return undefined;
}

async function print(
  context: Context,
  parts: Parts,
  name: string,
  { logged, known, skipped }: Imported,
): Promise<void> {
  const { findExhibitByHash } = await import('../../store/index.js');
  for (const { index, hash, record } of logged) {
    const row = (await findExhibitByHash(parts.store.database, hash))!;
    const { reading, noticeId, id } = row;
    if (context.json && record.type === 'exhibit') {
      const { url, imported } = record;
      const title = reading.title ?? null;
      const head = { type: 'import', file: name, exhibit: id, notice: noticeId, logIndex: index };
      context.out(JSON.stringify({ ...head, url, identity: reading.identity.key, title, imported }));
    } else context.out(`${id}  ${noticeId}  log ${index}  imported  ${printable(reading.title ?? row.record.url)}`);
  }
  if (known > 0) context.err(`${printable(name)}: ${known} documents were imported before`);
  const left = Object.entries(skipped).map(([why, count]) => `${count} ${why}`);
  if (left.length > 0) context.err(`${printable(name)}: left out: ${left.join(', ')}`);
}
