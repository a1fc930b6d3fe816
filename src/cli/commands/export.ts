import { AsPostedError } from '../../model/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { REDACTION_FLAGS, publication } from '../publication.js';
import { writeOut } from '../files.js';
import { fullId, need } from '../output.js';

export default defineCommand({
  name: 'export',
  summary: 'Pack one exhibit, or all of one notice, with its proofs.',
  usage: [
    'ID -o FILE.zip [--redact E-…:N]… [--redact-findings] [--reason WORDS --by NAME]',
    'ID -o FILE.wacz [--sign domain|anonymous]   (a web archive package that players replay)',
  ],
  description:
    'What would tell who made it is found and refused, as in `asposted dossier`; record 1 of a capture is its warcinfo, then response, request, metadata of each exchange. A .wacz holds the records and proofs of the log as the .zip does; nothing can be left out of it. It is signed for your domain when publish.sign.url (an authsign server) or publish.sign.key is set, else with the package key of the store. A signature for a domain is verified before anything is written; when it cannot be had, nothing is.',
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
    sign: {
      kind: 'value',
      placeholder: 'HOW',
      help: 'For a .wacz: `domain`, or `anonymous` for the package key of the store. Default: as the settings say.',
    },
    ...REDACTION_FLAGS,
  },
  run: async (context) => {
    const word = need(context.parsed.words[0], 'an exhibit or a notice', 'export ID -o FILE.zip');
    const path = need(context.parsed.value('o'), '-o FILE.zip', 'export ID -o FILE.zip');
    const asPackage = /\.wacz$/i.test(path);
    const wanted = signWish(context, asPackage);
    const parts = await context.open();
    const { domainSigner } = await import('../../watch/index.js');
    // Before anything is packed: a setting that is wrong should be said at once.
    const domain = asPackage ? await domainSigner(parts.settings, wanted) : undefined;
    const { buildExhibitBundle, buildExhibitPackage } = await import('../../dossier/index.js');
    const id = await fullId(parts.store.database, word, 'EN');
    const options = {
      store: parts.store,
      created: parts.clock.now(),
      software: parts.software,
      publication: await publication(context, parts),
      ...(domain ? { domain } : {}),
    };
    const bytes = await (asPackage ? buildExhibitPackage(id, options) : buildExhibitBundle(id, options));
    await writeOut(path, bytes);
    const kind = asPackage ? 'wacz' : 'exhibit';
    const signed = asPackage ? { signed: domain ? 'domain' : 'anonymous' } : {};
    const facts = { type: 'bundle', kind, id, file: path, bytes: bytes.length, ...signed };
    context.out(context.json ? JSON.stringify(facts) : path);
    context.err(`next: asposted verify ${path}`);
    return EXIT.done;
  },
});

function signWish({ parsed }: Context, asPackage: boolean): 'domain' | 'anonymous' | undefined {
  const wish = parsed.value('sign');
  if (wish === undefined) return undefined;
  if (!asPackage)
    throw new AsPostedError({ code: 'USAGE', message: '--sign is for a .wacz: a .zip is signed by the log’s key' });
  if (wish !== 'domain' && wish !== 'anonymous')
    throw new AsPostedError({ code: 'USAGE', message: `--sign is domain or anonymous, not ${wish}` });
  return wish;
}
