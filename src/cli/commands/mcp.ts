import { stat } from 'node:fs/promises';
import { AsPostedError } from '../../model/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { systemClock } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { fileOfAnyLength } from '../texts.js';

export default defineCommand({
  name: 'mcp',
  summary: 'Answer an assistant over standard input and output (Model Context Protocol), read only.',
  usage: [''],
  description:
    'Offers the tools search, notice, screen, copies and verify. Every answer names the exhibits or list versions it rests on, their hashes and the line that checks them; what pages say stands under `quoted`, apart from our words. Nothing it offers writes, and it listens nowhere: the assistant’s program starts it and speaks to it. It ends when its input ends.',
  examples: ['asposted mcp --store ~/notices'],
  run: async (context) => {
    const [{ serveTools }, { software }] = await Promise.all([
      import('../../server/mcp/index.js'),
      import('../version.js'),
    ]);
    context.signal.addEventListener('abort', () => process.stdin.destroy(), { once: true });
    const reach = { parts: opener(context), file: regularFile, now: () => systemClock.now() };
    const streams = {
      input: process.stdin as AsyncIterable<Uint8Array>,
      send: (line: string) => void process.stdout.write(line),
    };
    await serveTools(reach, software(), streams).catch((error: unknown) => {
      if (!context.signal.aborted) throw error; // the input was closed by the stop
    });
    return EXIT.done;
  },
});

/** One opening for all questions; after a failure the next question tries again. */
function opener(context: Context): () => Promise<Parts> {
  let opening: Promise<Parts> | undefined;
  return () =>
    (opening ??= context.open({ offline: true }).catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));
}

/** A device or a pipe would never end. */
async function regularFile(path: string): ReturnType<typeof fileOfAnyLength> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() === true) return fileOfAnyLength(path);
  throw new AsPostedError({ code: 'BAD_INPUT', message: 'the path names no file that can be read' });
}
