import { AsPostedError } from '../../model/index.js';
import type { Parts, RoundResult } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { tend } from '../tend.js';

/** What `--fail-on` may name, and the event that stands for it. */
const FAIL_ON: Readonly<Record<string, string>> = { removals: 'removal', changes: 'change', matches: 'match' };

export default defineCommand({
  name: 'watch',
  summary: 'Run the schedule: ask sources, check notices, tell what changed.',
  usage: ['', '--once [--all] [--fail-on removals|changes|matches]…'],
  description:
    'Without --once it goes on until Ctrl-C. --once is one round of all that is due, for cron and timers; --all checks everything whether due or not. One watch runs per store.',
  examples: ['asposted watch --once', 'asposted watch --once --all --fail-on removals'],
  flags: {
    once: { kind: 'switch', help: 'One round, then end.' },
    all: { kind: 'switch', help: 'With --once: whether due or not.' },
    'fail-on': {
      kind: 'values',
      placeholder: 'WHAT',
      help: 'Exit 4 when the round found removals, changes or matches.',
    },
  },
  run: async (context) => {
    const wanted = context.parsed.values('fail-on');
    const unknown = wanted.find((each) => !Object.hasOwn(FAIL_ON, each));
    if (unknown !== undefined)
      throw new AsPostedError({
        code: 'USAGE',
        message: `--fail-on knows ${Object.keys(FAIL_ON).join(', ')}, not ${unknown}`,
      });
    const parts = await context.open();
    const release = await parts.store.database.tryLock('watch');
    if (!release) {
      throw new AsPostedError({
        code: 'STORE_LOCKED',
        retry: 'later',
        message: 'another asposted is watching this store',
        hint: 'Wait for it to end, or stop it; capture, list and show work meanwhile.',
      });
    }
    try {
      return context.parsed.has('once') ? await once(context, parts, wanted) : await forever(context, parts);
    } finally {
      await release();
    }
  },
});

async function once(context: Context, parts: Parts, failOn: readonly string[]): Promise<number> {
  const [{ watchRound }, { listEvents }] = await Promise.all([
    import('../../watch/index.js'),
    import('../../store/index.js'),
  ]);
  const before = new Set((await listEvents(parts.store.database)).map(({ id }) => id));
  const result = await watchRound(parts, { all: context.parsed.has('all'), signal: context.signal });
  const events = (await listEvents(parts.store.database)).filter(({ id }) => !before.has(id));
  print(context, result, events);
  await tend(context, parts);
  if (context.signal.aborted) return EXIT.interrupted;
  if (failOn.some((each) => events.some(({ event }) => event === FAIL_ON[each]))) return EXIT.found;
  return result.failures.length > 0 ? EXIT.partly : EXIT.done;
}

/** Rounds until somebody says stop. A round that failed as a whole ends the command: a supervisor starts it again. */
async function forever(context: Context, parts: Parts): Promise<number> {
  const { watchRound } = await import('../../watch/index.js');
  const pauseMs = parts.settings['watch.pause'];
  while (!context.signal.aborted) {
    const result = await watchRound(parts, { signal: context.signal });
    if (result.checked + result.sources > 0) print(context, result, []);
    await tend(context, parts);
    await parts.clock.sleep(pauseMs, context.signal).catch(() => undefined); // the only rejection is the stop we look at next
  }
  return EXIT.interrupted;
}

function print(
  context: Context,
  result: RoundResult,
  events: readonly { event: string; at: string; body: Record<string, unknown> }[],
): void {
  const { sources, found, checked, classes, turned, delivered } = result;
  const failures = result.failures.map(({ what, error }) => ({
    what,
    code: error.code,
    message: error.message,
    retry: error.retry,
  }));
  if (context.json) {
    context.out(
      JSON.stringify({ type: 'round', sources, found, checked, classes, turned, delivered, failures, events }),
    );
    return;
  }
  const kinds = Object.entries(classes)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
  context.out(
    `${sources} sources asked, ${found} addresses named; ${checked} pages checked${kinds === '' ? '' : `: ${kinds}`}.`,
  );
  for (const { notice, from, to } of turned) context.out(`${notice}  ${from} → ${to}`);
  for (const { what, message } of failures) context.err(`${what}: ${message}`);
}
