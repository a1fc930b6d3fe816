import { AsPostedError, causeChain } from '../../model/index.js';
import type { ServeOptions } from '../../server/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { sendBeat } from '../heartbeat.js';
import { tend } from '../tend.js';

export default defineCommand({
  name: 'serve',
  summary: 'Serve the pages and the API, and watch, in one process.',
  usage: ['[--listen 127.0.0.1:4270] [--no-watch]'],
  description:
    'Without accounts (`asposted people`) only this machine is answered, and nobody has to sign in; with one everybody has, and other addresses may be listened on. Archived pages are shown without scripts, in a frame from another host name (setting serve.replay). Watching goes on beside it, together with any other asposted that watches the store.',
  examples: ['asposted serve', 'asposted serve --listen 127.0.0.1:8080 --no-watch'],
  flags: {
    listen: { kind: 'value', placeholder: 'HOST:PORT', help: 'Address and port; setting serve.listen.' },
    'no-watch': { kind: 'switch', help: 'Serve only.' },
  },
  run: async (context) => {
    const parts = await context.open({ create: true });
    const { startServer } = await import('../../server/index.js');
    const server = await startServer(parts, {
      listen: context.parsed.value('listen') ?? parts.settings['serve.listen'],
      replay: parts.settings['serve.replay'],
      ...(await printer(context)),
    });
    context.out(
      context.json
        ? JSON.stringify({ type: 'serving', address: server.address, replay: server.replay })
        : `As Posted is at ${server.address}  (Ctrl-C ends it)`,
    );
    if (!/^http:\/\/(?:127\.|localhost|\[::1\])/.test(server.address) && parts.settings['serve.trustProxy'] === 0)
      context.err(
        'Nothing is encrypted on the way here: passwords can be read. Put a proxy with TLS before it (serve.trustProxy).',
      );
    try {
      if (!context.parsed.has('no-watch')) await watchBeside(context, parts);
      await new Promise<void>((resolve) => {
        if (context.signal.aborted) resolve();
        else
          context.signal.addEventListener(
            'abort',
            () => {
              resolve();
            },
            { once: true },
          );
      });
    } finally {
      await server.close();
    }
    return EXIT.done;
  },
});

/** Dossiers that are made in the pages have a print where this machine has a browser. */
async function printer(context: Context): Promise<Pick<ServeOptions, 'print'>> {
  const { canPrint, printPage } = await import('../../capture/browser/print.js');
  const where = { chromium: (await context.settings())['capture.chromium'], path: context.environment['PATH'] ?? '' };
  try {
    await canPrint(where);
  } catch (thrown) {
    if (thrown instanceof AsPostedError && thrown.code === 'NO_BROWSER') return {};
    throw thrown;
  }
  return { print: (page) => printPage(page, where) };
}

/** Rounds until the stop. A round that fails as a whole is said and tried again: the pages stay up. */
async function watchBeside(context: Context, parts: Parts): Promise<void> {
  const { heartbeat, watchRound } = await import('../../watch/index.js');
  const beat = heartbeat(parts);
  while (!context.signal.aborted) {
    try {
      await watchRound(parts, { signal: context.signal });
      await tend(context, parts);
      await sendBeat(context, beat);
    } catch (error) {
      if (!context.signal.aborted) context.err(`watching failed: ${causeChain(error).join(': ')}; trying again`);
    }
    await parts.clock.sleep(parts.settings['watch.pause'], context.signal).catch(() => undefined); // the stop is looked at next
  }
}
