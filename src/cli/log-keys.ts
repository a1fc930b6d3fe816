/** The verbs of `asposted log` about the log's own keys. */
import { AsPostedError, instant } from '../model/index.js';
import type { Parts } from '../watch/index.js';
import type { Context } from './command.js';
import { EXIT } from './exit-codes.js';
import { printRows } from './output.js';
import { printable } from './printable.js';
import { fileBytes } from './texts.js';

/** `log keys`: the keys, oldest first; with --statements the notes themselves, as `verify --keys` reads them. */
export async function keys(context: Context, { store }: Parts): Promise<number> {
  const { keys: own } = store.log;
  if (context.parsed.has('statements')) {
    if (own.statements.length === 0) context.err('The log’s key never changed: there is no statement.');
    else context.out(own.statements.map(({ note }) => note).join(''));
    return EXIT.done;
  }
  const rows = own.periods().map(({ key, from, to, ended }) => ({
    type: 'key',
    key: key.text,
    state: ended ?? (key.text === own.vkey ? 'newest' : 'signs beside'),
    from,
    to: to ?? null,
    events: eventsOf(own.statements, key.text),
  }));
  await printRows(context, rows, {
    header: ['state', 'from', 'to', 'events', 'key'],
    cells: (row) => {
      const events = row['events'] as ReturnType<typeof eventsOf>;
      const words = events.map(
        ({ event, size, reason }) => `${event} at ${size}${reason === '' ? '' : ` (${printable(reason)})`}`,
      );
      return [
        row['state'] as string,
        row['from'] as number,
        row['to'] as number | null,
        words.join('; '),
        row['key'] as string,
      ];
    },
    empty: 'The log has no key.',
  });
  return EXIT.done;
}

/** What happened to one key: made, followed by another, retired. */
const eventsOf = (
  statements: Log['keys']['statements'],
  vkey: string,
): { event: string; size: number; at: string; reason: string }[] =>
  statements
    .filter(({ old, new: next, event }) => old === vkey || (next === vkey && event !== 'retired'))
    .map(({ event, old, size, at, reason }) => ({ event: old === vkey ? event : 'made', size, at, reason }));

/** `log rotate-key`: a new key signs from now on. */
export async function rotateKey(context: Context, { store, clock }: Parts): Promise<number> {
  const { log } = store;
  const compromised = context.parsed.has('compromised');
  const order = { at: instant(clock.now()), reason: context.parsed.value('reason') ?? '', compromised };
  return tell(context, log, await log.rotateKey(order));
}

/** `log retire-key`: the older keys sign no more. */
export async function retireKey(context: Context, { store, clock }: Parts): Promise<number> {
  const { log } = store;
  const order = { at: instant(clock.now()), reason: context.parsed.value('reason') ?? '' };
  return tell(context, log, await log.retireKeys(order));
}

type Log = Parts['store']['log'];

function tell(context: Context, log: Log, logged: Awaited<ReturnType<Log['rotateKey']>>): number {
  const changes = logged.flatMap(({ index, record }) => (record.type === 'key' ? [{ index, ...record }] : []));
  for (const { index, event, old, statement } of changes) {
    const line = { type: 'keyChange', index, event, old, key: log.vkey, statement };
    context.out(context.json ? JSON.stringify(line) : `log ${index}  ${event}  ${old}`);
  }
  if (!context.json) context.out(`Key:   ${log.vkey}`);
  if (changes.some(({ event }) => event !== 'retired'))
    context.err(
      'Publish the new key beside the old one, with `asposted log keys --statements`, and tell your witnesses.\nBack up the folder keys.',
    );
  return EXIT.done;
}

/**
 * `log policy`: a trust policy with the keys that sign now, and the witnesses of `log.policy`. The format has no place for
 * a signature (facts/evidence §17), so --note gives it as a signed note, by all of these keys.
 */
export async function policy(context: Context, { store, settings }: Parts): Promise<number> {
  const text = policyText(store.log, await witnessLines(store.log.origin, settings['log.policy']));
  const { parsePolicy } = await import('../verify/index.js');
  parsePolicy(text);
  context.out(context.parsed.has('note') ? store.log.keys.signCheckpoint(text) : text);
  return EXIT.done;
}

function policyText({ keys: own, origin }: Log, witnesses: readonly string[]): string {
  const lines = own.periods().map(({ key, to, ended }) => {
    const line = `log ${key.text}`;
    return ended === undefined ? line : `# ${ended} at ${to ?? '?'} entries: ${line}`;
  });
  const rest = witnesses.length === 0 ? ['quorum none'] : witnesses;
  return [`# trust policy of ${printable(origin)}, made by asposted`, ...lines.reverse(), ...rest, ''].join('\n');
}

/** The lines of the policy but for those of this log, whose keys are known better here. */
async function witnessLines(origin: string, path: string): Promise<string[]> {
  if (path === '') return [];
  const { parsePolicy } = await import('../verify/index.js');
  const text = (await fileBytes(path)).toString('utf8');
  const { logs } = parsePolicy(text);
  const own = new Set(logs.filter(({ key }) => key.name === origin).map(({ key }) => key.text));
  return text.split('\n').filter((line) => {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    return words.length > 0 && !words[0]!.startsWith('#') && !(words[0] === 'log' && own.has(words[1] ?? ''));
  });
}

/** The text of the policy named on the command line or by `log.policy`. */
export async function givenPolicy({ parsed }: Context, { settings }: Parts): Promise<string> {
  const path = parsed.value('policy') ?? settings['log.policy'];
  if (path === '')
    throw new AsPostedError({
      code: 'USAGE',
      message: '--policy FILE is missing',
      hint: 'Name the trust policy with the witnesses, or set log.policy in asposted.yaml.',
    });
  return (await fileBytes(path)).toString('utf8');
}
