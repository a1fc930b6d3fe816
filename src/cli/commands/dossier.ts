import { AsPostedError, instant, parseId } from '../../model/index.js';
import type { DossierFormat } from '../../dossier/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { REDACTION_FLAGS, publication } from '../publication.js';
import { writeOut } from '../files.js';
import { fullId, need } from '../output.js';

export default defineCommand({
  name: 'dossier',
  summary: 'Pack a case for publication: pages, tables, captures and proofs that readers can check.',
  usage: [
    'CASE -o FILE.zip [--format FORMAT,…] [--without FORMAT,…] [--redact E-…:N]… [--redact-findings] [--reason WORDS --by NAME]',
    'CASE --publish [-o FILE.zip] …',
    '--withdraw D-…',
  ],
  description:
    'The bundle holds the report (index.html, and dossier.pdf where Chromium is installed), case.json, tables as CSV, FollowTheMoney and STIX exports, every capture as WARC and WACZ, and the proofs. What would tell who made it (session values, addresses, names of publish.own) is found and refused; single records of a capture can be left out, which the signed manifest says and `verify` shows. With --publish, `asposted serve` shows it read-only at /d/ID to whoever can reach it.',
  examples: [
    'asposted dossier K-2M8QD -o dossier.zip && asposted verify dossier.zip',
    'asposted dossier K-2M8QD --publish --without pdf,wacz',
  ],
  flags: {
    o: { kind: 'value', placeholder: 'FILE.zip', help: 'Where to write it.' },
    format: {
      kind: 'value',
      placeholder: 'FORMAT,…',
      help: 'zip (everything, the default), or what goes into it beside the evidence: html, pdf, csv, json, ftm, stix, wacz. The page is always there.',
    },
    without: { kind: 'value', placeholder: 'FORMAT,…', help: 'Everything but these.' },
    publish: { kind: 'switch', help: 'Show it at /d/ID of `asposted serve`; ID is made of the bundle’s bytes.' },
    withdraw: {
      kind: 'value',
      placeholder: 'D-…',
      help: 'Show a published one no longer; its address says since when.',
    },
    ...REDACTION_FLAGS,
  },
  run: async (context) => {
    const withdrawn = context.parsed.value('withdraw');
    if (withdrawn !== undefined) return withdraw(context, withdrawn);
    const { parsed } = context;
    const isPublished = parsed.has('publish');
    const word = need(parsed.words[0], 'a case', 'dossier CASE -o FILE.zip');
    const path = isPublished ? parsed.value('o') : need(parsed.value('o'), '-o FILE.zip', 'dossier CASE -o FILE.zip');
    const wanted = await formatsOf(context);
    const parts = await context.open({ offline: true });
    const [{ buildDossier }, { caseReport }, { dossierTools }] = await Promise.all([
      import('../../dossier/index.js'),
      import('../case-report.js'),
      import('../../watch/index.js'),
    ]);
    const report = await caseReport(parts, await fullId(parts.store.database, word, 'K'));
    const bytes = await buildDossier(report, {
      ...(await dossierTools(parts)),
      ...(await printing(context, wanted)),
      publication: await publication(context, parts),
    });
    if (path !== undefined) await writeOut(path, bytes);
    const id = isPublished ? await publish(parts, bytes, report) : undefined;
    const address = id === undefined ? {} : { id, address: `/d/${id}` };
    context.out(
      context.json
        ? JSON.stringify({ type: 'bundle', kind: 'dossier', file: path ?? null, bytes: bytes.length, ...address })
        : [path, id === undefined ? undefined : `${id}  /d/${id}`].filter((line) => line !== undefined).join('\n'),
    );
    context.err(path === undefined ? 'next: asposted serve' : `next: asposted verify ${path}`);
    return EXIT.done;
  },
});

interface Wanted {
  formats: DossierFormat[];
  /** Asked for by name: then it is an error when it cannot be had. */
  needsPrint: boolean;
}

async function formatsOf({ parsed }: Context): Promise<Wanted> {
  const { FORMATS, parseFormats } = await import('../../dossier/index.js');
  const [format, without] = [parsed.value('format'), parsed.value('without')];
  const left = without === undefined ? [] : parseFormats(without);
  const formats = (format === undefined ? [...FORMATS] : parseFormats(format)).filter((each) => !left.includes(each));
  return { formats, needsPrint: format !== undefined && /\bpdf\b/i.test(format) && formats.includes('pdf') };
}

/** The print, where this machine has a browser; said where it is left out. */
async function printing(
  context: Context,
  { formats, needsPrint }: Wanted,
): Promise<{ formats: DossierFormat[]; print?: (page: { html: string; created: Date }) => Promise<Uint8Array> }> {
  if (!formats.includes('pdf')) return { formats };
  const { canPrint, printPage } = await import('../../capture/browser/print.js');
  const settings = await context.settings();
  const where = { chromium: settings['capture.chromium'], path: context.environment['PATH'] ?? '' };
  try {
    await canPrint(where);
  } catch (thrown) {
    if (needsPrint || !(thrown instanceof AsPostedError) || thrown.code !== 'NO_BROWSER') throw thrown;
    context.err(`note: without dossier.pdf, as ${thrown.message}. ${thrown.hint ?? ''}`);
    return { formats: formats.filter((each) => each !== 'pdf') };
  }
  return { formats, print: (page) => printPage(page, where) };
}

async function publish(
  { store, clock }: Parts,
  bytes: Uint8Array,
  { id, title }: { id: string; title: string },
): Promise<string> {
  const { publishBundle } = await import('../../dossier/index.js');
  const entry = await publishBundle(store.dir, bytes, { title, case: id, published: instant(clock.now()) });
  return entry.id;
}

async function withdraw(context: Context, id: string): Promise<number> {
  const parts = await context.open({ offline: true });
  const { withdrawDossier } = await import('../../dossier/index.js');
  const entry = await withdrawDossier(parts.store.dir, parseId(id)?.id ?? id, instant(parts.clock.now()));
  context.out(
    context.json
      ? JSON.stringify({ type: 'withdrawn', id: entry.id, withdrawn: entry.withdrawn })
      : `${entry.id} is no longer shown; /d/${entry.id} says so.`,
  );
  return EXIT.done;
}
