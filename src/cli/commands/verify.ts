import { existsSync } from 'node:fs';
import { AsPostedError, parseId } from '../../model/index.js';
import type { Verification } from '../../verify/index.js';
import { type Context, defineCommand } from '../command.js';
import { systemClock } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need } from '../output.js';
import { fileBytes } from '../texts.js';

const EXIT_OF_VERDICT = { ok: EXIT.done, failed: EXIT.verificationFailed, unknown: EXIT.notVerified } as const;
const MARK = { ok: 'ok     ', failed: 'FAILED ', unknown: 'unknown' } as const;

export default defineCommand({
  name: 'verify',
  summary: 'Check a bundle, WARC, checkpoint or proof, offline and without a store.',
  usage: [
    'FILE [--policy FILE] [--trust KEYFILE]',
    'E-…            (an exhibit of the store, against its vault and log)',
  ],
  description:
    'Exit 0: verified. 5: verification failed, and where. 6: could not be verified (no trusted key, an unknown kind of file). A changed byte anywhere gives 5.',
  examples: [
    'asposted verify dossier.zip',
    'asposted verify dossier.zip --trust newsroom.key',
    'asposted verify dossier.zip --policy newsroom.policy',
    'asposted verify E-4QK9',
  ],
  flags: {
    policy: {
      kind: 'value',
      placeholder: 'FILE',
      help: 'Trust policy (C2SP tlog-policy): logs, witnesses, and the quorum that must have seen the checkpoint.',
    },
    trust: {
      kind: 'value',
      placeholder: 'KEYFILE',
      help: 'What you trust, one a line: log keys, and `tsa sha256:…` for roots of time-stamp authorities.',
    },
  },
  run: async (context) => {
    const word = need(context.parsed.words[0], 'a file', 'verify FILE');
    const { verifyFile } = await import('../../verify/index.js');
    const { trust, tsaRoots } = await trusted(context);
    const policyFile = context.parsed.value('policy');
    const policy = policyFile === undefined ? undefined : (await fileBytes(policyFile)).toString('utf8');
    const bytes =
      parseId(word)?.kind === 'E' && !existsSync(word) ? await exhibitBundle(context, word) : await fileBytes(word);
    const result = await verifyFile(bytes, {
      name: word,
      now: systemClock.now(),
      ...(trust ? { trust } : {}),
      ...(tsaRoots ? { tsaRoots } : {}),
      ...(policy === undefined ? {} : { policy }),
    });
    context.out(context.json ? JSON.stringify(result) : verdictText(result));
    return EXIT_OF_VERDICT[result.verdict];
  },
});

const TSA_LINE = /^tsa\s+sha256:([0-9a-f]{64})$/;

async function trusted({ parsed }: Context): Promise<{ trust?: string[]; tsaRoots?: string[] }> {
  const path = parsed.value('trust');
  if (path === undefined) return {};
  const { KNOWN_TSA_ROOTS, parseKey } = await import('../../verify/index.js');
  const lines = (await fileBytes(path))
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const roots = lines.flatMap((line) => TSA_LINE.exec(line)?.[1] ?? []);
  const keys = lines.filter((line) => !TSA_LINE.test(line));
  const wrong = keys.find((line) => !parseKey(line));
  if (wrong !== undefined || lines.length === 0) {
    throw new AsPostedError({
      code: 'BAD_INPUT',
      message: `${path} holds ${wrong === undefined ? 'no key' : `a line that is no log key: ${wrong.slice(0, 40)}`}`,
      hint: 'A key looks like origin+hash+base64, one a line, as `asposted init` printed it; a root is `tsa sha256:` and 64 hex digits.',
    });
  }
  return {
    ...(keys.length === 0 ? {} : { trust: keys }),
    ...(roots.length === 0 ? {} : { tsaRoots: [...KNOWN_TSA_ROOTS, ...roots] }),
  };
}

/** An exhibit of the store: packed from vault and log as for anybody else, then checked by the same code. */
async function exhibitBundle(context: Context, word: string): Promise<Uint8Array> {
  const parts = await context.open();
  const { buildExhibitBundle } = await import('../../dossier/index.js');
  return buildExhibitBundle(await fullId(parts.store.database, word, 'E'), {
    store: parts.store,
    created: parts.clock.now(),
    publication: { rules: 'not-published' },
  });
}

function verdictText({ file, verdict, claims }: Verification): string {
  const lines = claims.map((each) => `${MARK[each.verdict]}  ${each.claim}\n         by ${each.by}: ${each.detail}`);
  const words = { ok: 'verified', failed: 'VERIFICATION FAILED', unknown: 'could not be verified' }[verdict];
  return `${lines.join('\n')}\n\n${file}: ${words}`;
}
