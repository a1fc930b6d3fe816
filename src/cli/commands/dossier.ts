import { AsPostedError } from '../../model/index.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { REDACTION_FLAGS, publication } from '../publication.js';
import { writeOut } from '../files.js';
import { fullId, need } from '../output.js';

export default defineCommand({
  name: 'dossier',
  summary: 'Pack a case for publication: pages, tables, captures and proofs that readers can check.',
  usage: ['CASE -o FILE.zip [--redact E-…:N]… [--redact-findings] [--reason WORDS --by NAME]'],
  description:
    'The bundle holds index.html, case.json, tables as CSV, every capture as WARC, and the proofs. What would tell who made it (session values, addresses, names of publish.own) is found and refused; single records of a capture can be left out, which the signed manifest says and `verify` shows.',
  examples: ['asposted dossier K-2M8QD -o dossier.zip && asposted verify dossier.zip'],
  flags: {
    o: { kind: 'value', placeholder: 'FILE.zip', help: 'Where to write it.' },
    format: { kind: 'value', placeholder: 'FORMAT', help: 'zip (the only one so far).' },
    ...REDACTION_FLAGS,
  },
  run: async (context) => {
    const format = context.parsed.value('format') ?? 'zip';
    if (format !== 'zip')
      throw new AsPostedError({
        code: 'USAGE',
        message: `there is no dossier format ${format}`,
        hint: 'There is: zip.',
      });
    const word = need(context.parsed.words[0], 'a case', 'dossier CASE -o FILE.zip');
    const path = need(context.parsed.value('o'), '-o FILE.zip', 'dossier CASE -o FILE.zip');
    const parts = await context.open({ offline: true });
    const [{ buildDossier }, { caseReport }, { dossierTools }] = await Promise.all([
      import('../../dossier/index.js'),
      import('../case-report.js'),
      import('../../watch/index.js'),
    ]);
    const report = await caseReport(parts, await fullId(parts.store.database, word, 'K'));
    const bytes = await buildDossier(report, {
      ...(await dossierTools(parts)),
      publication: await publication(context, parts),
    });
    await writeOut(path, bytes);
    context.out(
      context.json ? JSON.stringify({ type: 'bundle', kind: 'dossier', file: path, bytes: bytes.length }) : path,
    );
    context.err(`next: asposted verify ${path}`);
    return EXIT.done;
  },
});
