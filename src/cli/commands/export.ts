import { defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { REDACTION_FLAGS, publication } from '../publication.js';
import { writeOut } from '../files.js';
import { fullId, need } from '../output.js';

export default defineCommand({
  name: 'export',
  summary: 'Pack one exhibit, or all of one notice, with its proofs.',
  usage: [
    'ID -o FILE.zip [--redact E-…:N]… [--redact-findings] [--reason WORDS --by NAME]',
    'ID -o FILE.wacz         (a web archive package that players replay)',
  ],
  description:
    'What would tell who made it is found and refused, as in `asposted dossier`; record 1 of a capture is its warcinfo, then response, request, metadata of each exchange. A .wacz is signed with the package key of the store, and holds the records and proofs of the log as the .zip does; nothing can be left out of it.',
  examples: [
    'asposted export E-4QK9 -o exhibit.zip',
    'asposted export N-7F3K2 -o notice.wacz',
    'asposted export E-4QK9 -o exhibit.zip --redact E-4QK9:3 --reason "names our reader" --by "the editors"',
  ],
  flags: {
    o: {
      kind: 'value',
      placeholder: 'FILE',
      help: 'Where to write it; the ending .zip or .wacz says what is written.',
    },
    ...REDACTION_FLAGS,
  },
  run: async (context) => {
    const word = need(context.parsed.words[0], 'an exhibit or a notice', 'export ID -o FILE.zip');
    const path = need(context.parsed.value('o'), '-o FILE.zip', 'export ID -o FILE.zip');
    const parts = await context.open();
    const { buildExhibitBundle, buildExhibitPackage } = await import('../../dossier/index.js');
    const id = await fullId(parts.store.database, word, 'EN');
    const options = {
      store: parts.store,
      created: parts.clock.now(),
      software: parts.software,
      publication: await publication(context, parts),
    };
    const asPackage = /\.wacz$/i.test(path);
    const bytes = await (asPackage ? buildExhibitPackage(id, options) : buildExhibitBundle(id, options));
    await writeOut(path, bytes);
    const kind = asPackage ? 'wacz' : 'exhibit';
    context.out(context.json ? JSON.stringify({ type: 'bundle', kind, id, file: path, bytes: bytes.length }) : path);
    context.err(`next: asposted verify ${path}`);
    return EXIT.done;
  },
});
