import { AsPostedError, parseId } from '../../model/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { givenPolicy, keys, policy, retireKey, rotateKey } from '../log-keys.js';
import { fullId, need, printRows } from '../output.js';
import { printable } from '../printable.js';

export default defineCommand({
  name: 'log',
  summary: 'The public log: its signed checkpoint, proofs, entries, keys, witnesses and time stamps.',
  usage: [
    'checkpoint',
    'prove INDEX|ID',
    'entries [--from N]',
    'key',
    'keys [--statements]',
    'rotate-key [--reason TEXT] [--compromised]',
    'retire-key [--reason TEXT]',
    'policy [--note]',
    'witness [--policy FILE]',
    'stamp [--tsa URL]… [--ots URL]…',
    'upgrade [--ots URL]…',
    'audit',
  ],
  description:
    'A leaf holds the type, time and hash of a record, and nothing else. `witness` has the newest checkpoint cosigned by the witnesses of a policy that have an address; proofs and bundles carry their signatures from then on. `stamp` has it stamped by RFC 3161 authorities (`log.tsa`): one stamp covers every entry so far; and it asks OpenTimestamps calendars (`log.ots`), whose promises `upgrade` turns into proofs once a Bitcoin block holds them, hours later. `audit` reads every tile, entry and stamp. `rotate-key` makes a new key and puts a statement signed by both on record; the old one signs beside it until `retire-key`, unless it was --compromised. `policy` prints a trust policy with the keys that sign now. Exit 5 when a witness has seen another history of this log or the log is damaged, 3 when the quorum is not met, or an authority or calendar gave nothing.',
  examples: [
    'asposted log checkpoint',
    'asposted log prove E-4QK9 > exhibit.tlog-proof',
    'asposted log witness --policy newsroom.policy',
    'asposted log rotate-key --reason "yearly change"',
  ],
  flags: {
    from: { kind: 'value', placeholder: 'N', help: 'entries: start there.' },
    tsa: {
      kind: 'values',
      placeholder: 'URL',
      help: 'stamp: ask this authority instead of those in log.tsa (repeat).',
    },
    ots: {
      kind: 'values',
      placeholder: 'URL',
      help: 'stamp: ask this calendar instead of those in log.ots; upgrade: this one may be asked, too (repeat).',
    },
    policy: {
      kind: 'value',
      placeholder: 'FILE',
      help: 'witness: the trust policy that names the witnesses; setting log.policy.',
    },
    reason: {
      kind: 'value',
      placeholder: 'TEXT',
      help: 'rotate-key, retire-key: one line for readers; it stands in every bundle from then on.',
    },
    compromised: {
      kind: 'switch',
      help: 'rotate-key: the old key fell into other hands; it signs nothing after the statement.',
    },
    statements: { kind: 'switch', help: 'keys: the signed statements themselves, for `verify --keys`.' },
    note: { kind: 'switch', help: 'policy: as a note signed by every key in it.' },
  },
  run: async (context) => {
    const [verb = 'checkpoint', word] = context.parsed.words;
    const parts = await context.open();
    const { log } = parts.store;
    switch (verb) {
      case 'checkpoint':
        context.out(await log.checkpoint());
        return EXIT.done;
      case 'key':
        context.out(log.vkey);
        return EXIT.done;
      case 'prove':
        context.out(await log.prove(await indexOf(parts, need(word, 'an index or an id', 'log prove INDEX|ID'))));
        return EXIT.done;
      case 'entries':
        return entries(context, parts);
      case 'keys':
        return keys(context, parts);
      case 'rotate-key':
        return rotateKey(context, parts);
      case 'retire-key':
        return retireKey(context, parts);
      case 'policy':
        return policy(context, parts);
      case 'witness':
        return witness(context, parts);
      case 'stamp':
        return stamp(context, parts);
      case 'upgrade':
        return upgrade(context, parts);
      case 'audit':
        return audit(context, parts);
      default:
        throw new AsPostedError({
          code: 'USAGE',
          message: `log has no verb ${verb}`,
          hint: 'It has checkpoint, prove, entries, key, keys, rotate-key, retire-key, policy, witness, stamp, upgrade, audit.',
        });
    }
  },
});

async function indexOf({ store }: Parts, word: string): Promise<number> {
  const parsed = parseId(word);
  if (!parsed) {
    const index = Number(word);
    if (Number.isSafeInteger(index) && index >= 0) return index;
    throw new AsPostedError({ code: 'USAGE', message: `${word} is neither an index nor an id` });
  }
  const { recordById } = await import('../../store/index.js');
  const place = await recordById(store.database, await fullId(store.database, word, 'EOSKCL'));
  return place!.logIndex;
}

async function entries(context: Context, { store }: Parts): Promise<number> {
  const from = Number(context.parsed.value('from') ?? 0);
  if (!Number.isSafeInteger(from) || from < 0)
    throw new AsPostedError({ code: 'USAGE', message: '--from wants an index' });
  const rows: Record<string, unknown>[] = [];
  for await (const { index, leaf } of store.log.leaves(from))
    rows.push({ index, ...leaf, type: 'entry', record: leaf.record, of: leaf.type });
  await printRows(context, rows, {
    header: ['index', 'type', 'when', 'record'],
    cells: (row) => [row['index'] as number, row['of'] as string, row['at'] as string, row['record'] as string],
    empty: 'The log holds nothing yet.',
  });
  return EXIT.done;
}

async function witness(context: Context, parts: Parts): Promise<number> {
  const { store } = parts;
  const text = await givenPolicy(context, parts);
  const { askWitnesses, postBy, tendCaller } = await import('../../watch/index.js');
  const round = await askWitnesses(store.log, text, postBy(tendCaller(parts)));
  const { size, outcomes, quorumMet } = round;
  if (context.json) {
    const witnesses = outcomes.map(({ name, outcome, detail }) => ({ name, outcome, detail }));
    context.out(JSON.stringify({ type: 'witnessing', size, quorumMet, witnesses }));
  } else {
    for (const { name, outcome, detail } of outcomes)
      context.out(`${printable(name)}: ${outcome} (${printable(detail)})`);
    context.out(`checkpoint of ${size} entries: the quorum of the policy is ${quorumMet ? 'met' : 'NOT met'}`);
  }
  if (outcomes.some(({ outcome }) => outcome === 'fork')) return EXIT.verificationFailed;
  return quorumMet ? EXIT.done : EXIT.partly;
}

async function stamp(context: Context, parts: Parts): Promise<number> {
  const { store, settings } = parts;
  const given = (flag: string, setting: 'log.tsa' | 'log.ots'): readonly string[] => {
    const values = context.parsed.values(flag);
    return values.length > 0 ? values : settings[setting];
  };
  const [urls, calendars] = [given('tsa', 'log.tsa'), given('ots', 'log.ots')];
  if (urls.length + calendars.length === 0) {
    throw new AsPostedError({
      code: 'USAGE',
      message: 'no time-stamp authority and no calendar is named',
      hint: 'Set log.tsa or log.ots in asposted.yaml, or give --tsa URL or --ots URL.',
    });
  }
  const [{ stampCheckpoint, tendCaller }, { KNOWN_TSA_ROOTS }] = await Promise.all([
    import('../../watch/index.js'),
    import('../../verify/index.js'),
  ]);
  const anchors = [...KNOWN_TSA_ROOTS, ...settings['log.tsaRoots']];
  const call = tendCaller(parts);
  const round = await stampCheckpoint(store.log, { urls, calendars, anchors, call });
  const { size } = round;
  const rows = round.outcomes.map(({ name, outcome, detail }) => ({ name, outcome, detail }));
  if (context.json)
    context.out(JSON.stringify({ type: 'stamping', size, authorities: rows, calendars: round.calendars }));
  else {
    for (const { name, outcome, detail } of [...rows, ...round.calendars])
      context.out(`${printable(name)}: ${outcome} (${printable(detail)})`);
    context.out(`checkpoint of ${size} entries`);
  }
  const whole = round.outcomes.every(({ response }) => response) && round.calendars.every(hasGiven);
  return whole ? EXIT.done : EXIT.partly;
}

const hasGiven = ({ outcome }: { outcome: string }): boolean => outcome !== 'refused' && outcome !== 'unreachable';

async function upgrade(context: Context, parts: Parts): Promise<number> {
  const { store, settings } = parts;
  const { tendCaller, upgradeStamps } = await import('../../watch/index.js');
  const named = [...settings['log.ots'], ...context.parsed.values('ots')];
  const proofs = await upgradeStamps(store.log, { named, call: tendCaller(parts) });
  if (context.json) context.out(JSON.stringify({ type: 'upgrading', proofs }));
  else {
    for (const { size, name, outcome, blocks, calendars } of proofs) {
      const led = blocks.map(({ height, root }) => `block ${height} with Merkle root ${root}`).join(', ');
      context.out(`${size}/${name}: ${outcome}${led === '' ? '' : ` (${led})`}`);
      for (const each of calendars)
        context.out(`  ${printable(each.name)}: ${each.outcome} (${printable(each.detail)})`);
    }
    if (proofs.length === 0) context.out('No proof is waiting for a block.');
  }
  const isWell = ({ outcome, calendars }: (typeof proofs)[number]): boolean =>
    outcome === 'block' || (outcome === 'pending' && calendars.every(hasGiven));
  return proofs.every(isWell) ? EXIT.done : EXIT.partly;
}

async function audit(context: Context, { store }: Parts): Promise<number> {
  const { size } = await store.log.check();
  const { stampProblems } = await import('../../preserve/index.js');
  const problems = await stampProblems(store.log);
  const seen = (await store.log.witnessed())?.split('\n')[1];
  const witnessed = seen === undefined ? null : Number(seen);
  if (context.json) context.out(JSON.stringify({ type: 'audit', entries: size, witnessed, problems }));
  else {
    context.out(`${size} entries, all of them lead to the signed root; ${seen ?? 'none'} seen by witnesses`);
    for (const each of problems) context.out(printable(each));
  }
  return problems.length > 0 ? EXIT.verificationFailed : EXIT.done;
}
