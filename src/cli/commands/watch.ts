import { AsPostedError, instant } from '../../model/index.js';
import type { PlannedRow } from '../../store/index.js';
import type { Parts, RoundResult } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { sendBeat } from '../heartbeat.js';
import { printRows } from '../output.js';
import { tend } from '../tend.js';

/** What `--fail-on` may name, and what stands for it: events, and what a notice turned to, as not every removal is told by itself. */
const FAIL_ON: Readonly<Record<string, readonly string[]>> = {
  removals: ['removal', 'account', 'removed'],
  changes: ['change'],
  matches: ['match'],
};

export default defineCommand({
  name: 'watch',
  summary: 'Run the schedule: ask sources, check notices, tell what changed.',
  usage: ['', '--once [--all] [--fail-on removals|changes|matches]…', '--plan [--limit 50]'],
  description:
    'Without --once it goes on until Ctrl-C. --once is one round of all that is due, for cron and timers; --all checks everything whether due or not. Several may run on one store, on one machine or many: each takes what no other has taken, one of them at a time at each host. --plan shows what will be looked at when, and why; nothing is asked.',
  examples: ['asposted watch --once', 'asposted watch --once --all --fail-on removals'],
  flags: {
    once: { kind: 'switch', help: 'One round, then end.' },
    all: { kind: 'switch', help: 'With --once: whether due or not.' },
    'fail-on': {
      kind: 'values',
      placeholder: 'WHAT',
      help: 'Exit 4 when the round found removals, changes or matches.',
    },
    plan: { kind: 'switch', help: 'Show what comes next, and why.' },
    limit: { kind: 'value', placeholder: 'N', help: 'With --plan: so many lines (50).' },
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
    if (context.parsed.has('plan')) return plan(context, parts);
    return context.parsed.has('once') ? once(context, parts, wanted) : forever(context, parts);
  },
});

async function plan(context: Context, { store, clock }: Parts): Promise<number> {
  const { plannedChecks } = await import('../../store/index.js');
  const most = count(context.parsed.value('limit') ?? '50');
  const rows = await plannedChecks(store.database, { most });
  const now = instant(clock.now());
  await printRows(
    context,
    rows.map((row) => ({ type: 'plan', ...row })),
    {
      header: ['when', 'what', 'why', 'address'],
      cells: (row) => {
        const { nextCheck, pausedUntil, taken, id, why, url } = row as unknown as PlannedRow;
        const [when, paused] =
          pausedUntil !== null && pausedUntil > nextCheck ? [pausedUntil, true] : [nextCheck, false];
        const words = paused ? `${why}; its host did not answer last` : why;
        return [taken ? 'being looked at' : when <= now ? 'now' : when, id, words, url];
      },
      empty: 'Nothing is watched yet. Add a source: asposted source add URL',
    },
  );
  return EXIT.done;
}

function count(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new AsPostedError({ code: 'USAGE', message: `--limit wants a number of lines, not ${text}` });
}

async function once(context: Context, parts: Parts, failOn: readonly string[]): Promise<number> {
  const [{ heartbeat, watchRound }, { listEvents }] = await Promise.all([
    import('../../watch/index.js'),
    import('../../store/index.js'),
  ]);
  const beat = heartbeat(parts);
  const before = new Set((await listEvents(parts.store.database)).map(({ id }) => id));
  const result = await watchRound(parts, { all: context.parsed.has('all'), signal: context.signal });
  const events = (await listEvents(parts.store.database)).filter(({ id }) => !before.has(id));
  print(context, result, events);
  await tend(context, parts);
  await sendBeat(context, beat);
  if (context.signal.aborted) return EXIT.interrupted;
  const happened = [...events.map(({ event }) => event), ...result.turned.map(({ to }) => to)];
  if (failOn.some((each) => FAIL_ON[each]!.some((one) => happened.includes(one)))) return EXIT.found;
  return result.failures.length > 0 ? EXIT.partly : EXIT.done;
}

/** Rounds until somebody says stop. A round that failed as a whole ends the command: a supervisor starts it again. */
async function forever(context: Context, parts: Parts): Promise<number> {
  const { heartbeat, watchRound } = await import('../../watch/index.js');
  const pauseMs = parts.settings['watch.pause'];
  const beat = heartbeat(parts);
  while (!context.signal.aborted) {
    const result = await watchRound(parts, { signal: context.signal });
    if (result.checked + result.sources > 0) print(context, result, []);
    await tend(context, parts);
    await sendBeat(context, beat);
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
