import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';

const SETTINGS_FILE = `# Settings of this store; \`asposted help\` and docs/130-running.md list them all. Flags and ASPOSTED_* variables win.
# capture:
#   userAgent: "AsPosted (newsroom@example.org)"
# watch:
#   confirm: { notice: 10m, missing: 24h }
# alert:
#   webhook: https://example.org/hook
`;

export default defineCommand({
  name: 'init',
  summary: 'Make a store: a folder with vault, log, keys and database.',
  usage: ['[DIR]'],
  description:
    'Without DIR the store of --store, ASPOSTED_STORE or $XDG_DATA_HOME/asposted is made. An existing store is left as it is.',
  examples: ['asposted init', 'asposted init ./evidence'],
  run: async (context) => {
    const parts = await context.open({
      create: true,
      ...(context.parsed.words[0] === undefined ? {} : { dir: context.parsed.words[0] }),
    });
    const { dir, log } = parts.store;
    const settings = join(dir, 'asposted.yaml');
    if (!existsSync(settings)) await writeFile(settings, SETTINGS_FILE);
    if (context.json)
      context.out(JSON.stringify({ type: 'store', dir, origin: log.origin, key: log.vkey, entries: await log.size() }));
    else {
      context.out(`Store: ${dir}\nLog:   ${log.origin}\nKey:   ${log.vkey}`);
      context.err(
        'Publish the key where readers can find it: it is what your bundles are checked against.\nnext: asposted source add URL, or asposted capture URL',
      );
    }
    return EXIT.done;
  },
});
