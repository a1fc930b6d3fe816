import { existsSync } from 'node:fs';
import { parseId } from '../../model/index.js';
import type { Trust, Verification } from '../../verify/index.js';
import { type Context, defineCommand } from '../command.js';
import { systemClock } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need } from '../output.js';
import { fileBytes, fileOfAnyLength } from '../texts.js';

const EXIT_OF_VERDICT = { ok: EXIT.done, failed: EXIT.verificationFailed, unknown: EXIT.notVerified } as const;
const MARK = { ok: 'ok     ', failed: 'FAILED ', unknown: 'unknown' } as const;

/** The data of a lone proof is held to be hashed; past this Node reads no file whole. */
const LARGEST_DATA = 2 ** 31 - 1;

export default defineCommand({
  name: 'verify',
  summary: 'Check a bundle, WACZ, WARC, checkpoint, proof or time stamp, offline and without a store.',
  usage: [
    'FILE [--policy FILE] [--trust KEYFILE] [--keys FILE]',
    'FILE.ots --of DATA [--trust FILE]    (also FILE.tsr)',
    'E-…            (an exhibit of the store, against its vault and log)',
  ],
  description:
    'Exit 0: verified. 5: verification failed, and where. 6: could not be verified (no trusted key, an unknown kind of file, a time stamp that could not be checked). A changed byte anywhere gives 5.',
  examples: [
    'asposted verify dossier.zip',
    'asposted verify dossier.zip --trust newsroom.key',
    'asposted verify dossier.zip --policy newsroom.policy',
    'asposted verify contract.pdf.ots --of contract.pdf --trust blocks.txt',
    'asposted verify E-4QK9',
  ],
  flags: {
    keys: {
      kind: 'value',
      placeholder: 'FILE',
      help: 'Statements about a log’s keys (`asposted log keys --statements`), from the publisher, for files that do not carry them.',
    },
    policy: {
      kind: 'value',
      placeholder: 'FILE',
      help: 'Trust policy (C2SP tlog-policy): logs, witnesses, and the quorum that must have seen the checkpoint.',
    },
    of: { kind: 'value', placeholder: 'DATA', help: 'The file that a lone .ots or .tsr is of.' },
    trust: {
      kind: 'value',
      placeholder: 'KEYFILE',
      help: 'What you trust, one a line: log keys; `tsa sha256:…` and `domain sha256:…` for roots of time-stamp authorities and of domain certificates; `package sha256:…` for keys of WACZ packages; `bitcoin HEIGHT HEADER` (160 hex digits) for blocks that OpenTimestamps proofs lead to.',
    },
  },
  run: async (context) => {
    const word = need(context.parsed.words[0], 'a file', 'verify FILE');
    const { VERDICT_WORDS, verifyFile } = await import('../../verify/index.js');
    const trust = await trusted(context);
    const policyFile = context.parsed.value('policy');
    const policy = policyFile === undefined ? undefined : (await fileBytes(policyFile)).toString('utf8');
    const keysFile = context.parsed.value('keys');
    const keyStatements = keysFile === undefined ? undefined : (await fileBytes(keysFile)).toString('utf8');
    const bytes =
      parseId(word)?.kind === 'E' && !existsSync(word)
        ? await exhibitBundle(context, word)
        : await fileOfAnyLength(word);
    const dataFile = context.parsed.value('of');
    const of = dataFile === undefined ? undefined : await fileBytes(dataFile, LARGEST_DATA);
    const result = await verifyFile(bytes, {
      name: word,
      now: systemClock.now(),
      ...trust,
      ...(policy === undefined ? {} : { policy }),
      ...(keyStatements === undefined ? {} : { keyStatements }),
      ...(of === undefined ? {} : { of }),
    });
    context.out(context.json ? JSON.stringify(result) : verdictText(result, VERDICT_WORDS[result.verdict]));
    return EXIT_OF_VERDICT[result.verdict];
  },
});

async function trusted({ parsed }: Context): Promise<Trust> {
  const path = parsed.value('trust');
  if (path === undefined) return {};
  const { parseTrustFile } = await import('../../verify/index.js');
  return parseTrustFile((await fileBytes(path)).toString('utf8'), path);
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

function verdictText({ file, claims }: Verification, words: string): string {
  const lines = claims.map((each) => `${MARK[each.verdict]}  ${each.claim}\n         by ${each.by}: ${each.detail}`);
  return `${lines.join('\n')}\n\n${file}: ${words}`;
}
