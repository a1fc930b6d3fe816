/**
 * What the log needs from outside, by itself: cosignatures of witnesses when it has grown, a time stamp when the last one is
 * old. Called after captures and rounds; it never fails them. What was last done shows in the log's files; when somebody was
 * last asked is kept in `tended.json` beside it, which is no evidence and may be lost.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asError, instant } from '../model/index.js';
import { type CallService, serviceCaller } from '../capture/index.js';
import { type CallTsa, type Post, writeWhole } from '../preserve/index.js';
import { putEvent } from '../store/index.js';
import { KNOWN_TSA_ROOTS, parseCheckpoint, parsePolicy, splitNote, utf8, verifyTimestamp } from '../verify/index.js';
import { sha256 } from './keep.js';
import type { Parts } from './parts.js';
import { stampCheckpoint } from './stamp.js';
import { upgradeStamps } from './upgrade.js';
import { askWitnesses } from './witness.js';

export interface Tended {
  /** Entries of the checkpoint that was cosigned to the policy's quorum, or stamped, this time. */
  cosigned?: number;
  stamped?: number;
  /** What did not work and is tried again later, and every alarm that stands: one line each, for stderr. */
  warnings: string[];
}

interface Asked {
  at: string;
  failed: boolean;
}

interface Fork {
  at: string;
  witness: string;
  detail: string;
}

interface Memory {
  witness?: Asked;
  stamp?: Asked;
  /** When calendars were last asked for what they promised. */
  upgrade?: Asked;
  /** By witness. Stays until that witness cosigns again. */
  forks?: Fork[];
}

/** The services of the settings, behind the same address guard as captures. */
export function tendCaller({ settings }: Pick<Parts, 'settings'>): CallService {
  return serviceCaller({ allow: settings['capture.allow'], timeoutMs: 20_000 });
}

/** A witness is asked with text and answers with text. */
export function postBy(call: CallService): Post {
  return async (url, body) => {
    const { status, type, bytes } = await call(url, utf8(body), { 'content-type': 'text/plain; charset=utf-8' });
    return { status, type, body: new TextDecoder().decode(bytes) };
  };
}

/** Throws for a broken database only, not for what services, policy files, the disk or the network do. One process asks at a time; the others leave it to that one. */
export async function tendLog(parts: Parts, call: CallService = tendCaller(parts)): Promise<Tended> {
  const { settings, store } = parts;
  const tended: Tended = { warnings: [] };
  if (settings['log.policy'] === '' && !stampsByItself(parts) && settings['log.ots'].length === 0) return tended;
  const release = await store.database.tryLock('tend');
  if (!release) return tended;
  try {
    const memory = await recall(parts);
    if (settings['log.policy'] !== '')
      await attempt(tended, 'witnesses', () => witness(parts, memory, postBy(call), tended));
    if (stampsByItself(parts)) await attempt(tended, 'time stamp', () => stamp(parts, memory, call, tended));
    if (parts.settings['log.ots'].length > 0)
      await attempt(tended, 'calendars', () => upgrade(parts, memory, call, tended));
    for (const fork of memory.forks ?? []) await alarm(parts, fork, tended);
  } finally {
    await release();
  }
  return tended;
}

const stampsByItself = ({ settings }: Parts): boolean =>
  settings['log.tsa'].length + settings['log.ots'].length > 0 && settings['log.stampEvery'] > 0;

async function attempt(tended: Tended, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const { message } = asError(thrown, { code: 'STORE_FAILED', message: (thrown as Error).message });
    tended.warnings.push(`${what}: ${message}`);
  }
}

async function witness(parts: Parts, memory: Memory, post: Post, tended: Tended): Promise<void> {
  const { store, settings } = parts;
  const { log } = store;
  const policy = await readFile(settings['log.policy'], 'utf8');
  const { witnesses, logs } = parsePolicy(policy);
  const head = splitNote(await log.checkpoint())!.text;
  const seen = await log.witnessed();
  const grown = sizeOf(head) > 0 && (seen === undefined || splitNote(seen)!.text !== head);
  if (!grown && memory.witness?.failed !== true) return;
  if (sizeOf(head) === 0 || isTooSoon(parts, memory.witness) || witnesses.every(({ url }) => url === undefined)) return;
  await remember(parts, memory, { witness: { at: instant(parts.clock.now()), failed: true } }); // before: a crash counts as asked
  const { size, outcomes, quorumMet } = await askWitnesses(log, policy, post);
  const forks = (memory.forks ?? []).filter(
    (fork) => !outcomes.some(({ name, outcome }) => name === fork.witness && outcome === 'cosigned'),
  );
  for (const { name, outcome, detail } of outcomes) {
    if (outcome === 'fork' && !forks.some((fork) => fork.witness === name))
      forks.push({ at: instant(parts.clock.now()), witness: name, detail });
    if (outcome !== 'cosigned' && outcome !== 'fork') tended.warnings.push(`witness ${name}: ${outcome} (${detail})`);
  }
  if (quorumMet) tended.cosigned = size;
  else
    tended.warnings.push(
      `the quorum of ${settings['log.policy']} is not met for ${size} entries; it is tried again later`,
    );
  if (!logs.some(({ key }) => key.text === log.vkey))
    tended.warnings.push(
      `${settings['log.policy']} does not name the log’s newest key: \`asposted log policy\` prints one that does`,
    );
  await remember(parts, memory, { forks, witness: { ...memory.witness!, failed: !quorumMet } });
}

async function stamp(parts: Parts, memory: Memory, call: CallTsa, tended: Tended): Promise<void> {
  const { store, settings, clock } = parts;
  const stamped = (await store.log.stamps.sizes()).at(-1);
  if ((await store.log.size()) <= (stamped ?? 0) || isTooSoon(parts, memory.stamp)) return;
  const last = memory.stamp?.failed === false ? Date.parse(memory.stamp.at) : await lastStamp(parts, stamped);
  const age = clock.now().getTime() - last;
  if (age >= 0 && age < settings['log.stampEvery']) return;
  await remember(parts, memory, { stamp: { at: instant(clock.now()), failed: true } });
  const anchors = [...KNOWN_TSA_ROOTS, ...settings['log.tsaRoots']];
  const asked = { urls: settings['log.tsa'], calendars: settings['log.ots'], anchors, call };
  const { size, outcomes, calendars } = await stampCheckpoint(store.log, asked);
  for (const { name, outcome, detail } of outcomes)
    if (outcome !== 'stamped') tended.warnings.push(`time-stamp authority ${name}: ${outcome} (${detail})`);
  const promised = calendars.filter(({ outcome }) => outcome === 'promised');
  for (const { name, outcome, detail } of calendars)
    if (outcome !== 'promised') tended.warnings.push(`calendar ${name}: ${outcome} (${detail})`);
  // One stamp is enough for today: a second authority that is down is asked again with the next.
  if (!outcomes.some(({ response }) => response) && promised.length === 0) return;
  tended.stamped = size;
  await remember(parts, memory, { stamp: { ...memory.stamp!, failed: false } });
}

const HOUR = 3_600_000;

/** Promises that nobody asks after stay promises (facts/evidence §19.3): every hour, as blocks take some. */
async function upgrade(parts: Parts, memory: Memory, call: CallTsa, tended: Tended): Promise<void> {
  const { store, settings, clock } = parts;
  const waited = clock.now().getTime() - Date.parse(memory.upgrade?.at ?? '');
  if (waited >= 0 && waited < HOUR) return;
  if (!(await hasPromises(store.log))) return;
  await remember(parts, memory, { upgrade: { at: instant(clock.now()), failed: false } });
  for (const { size, name, calendars } of await upgradeStamps(store.log, { named: settings['log.ots'], call }))
    for (const each of calendars)
      if (each.outcome === 'refused' || each.outcome === 'unreachable')
        tended.warnings.push(`calendar ${each.name}, for stamped/${size}/${name}: ${each.outcome} (${each.detail})`);
}

async function hasPromises({ stamps }: Parts['store']['log']): Promise<boolean> {
  for (const size of await stamps.sizes())
    if ((await stamps.proofs(size)).length > (await stamps.finished(size)).length) return true;
  return false;
}

/** By the authority's clock, when our own note of it is lost. */
async function lastStamp({ store }: Parts, size: number | undefined): Promise<number> {
  if (size === undefined) return -Infinity;
  const data = utf8(splitNote(await store.log.stamps.checkpoint(size))!.text);
  const times = (await store.log.stamps.of(size)).map((response) => {
    const verdict = verifyTimestamp({ response, data, anchors: [], strict: false });
    return 'genTime' in verdict ? Date.parse(verdict.genTime) : -Infinity;
  });
  return Math.max(-Infinity, ...times);
}

/** Loud, and again each time until the witness cosigns: this is no outage. */
async function alarm({ store }: Parts, { at, witness: name, detail }: Fork, tended: Tended): Promise<void> {
  tended.warnings.push(`ALARM: witness ${name} has seen another history of this log: ${detail}`);
  const { origin } = store.log;
  const id = `V-${sha256(JSON.stringify(['fork', origin, name, at])).slice(0, 16)}`;
  await putEvent(store.database, {
    id,
    type: 'fork',
    at,
    body: { log: origin, witness: name, detail, title: `${name}: ${detail}` },
  });
}

/** After a failure there is a pause. A clock that went back does not lengthen it. */
function isTooSoon({ clock, settings }: Parts, asked: Asked | undefined): boolean {
  if (!asked?.failed) return false;
  const waited = clock.now().getTime() - Date.parse(asked.at);
  return waited >= 0 && waited < settings['log.retry'];
}

const pathOf = ({ store }: Parts): string => join(store.dir, 'tended.json');

/** Unreadable is as good as lost: then somebody is asked once more. */
async function recall(parts: Parts): Promise<Memory> {
  if (!existsSync(pathOf(parts))) return {};
  try {
    const read = JSON.parse(await readFile(pathOf(parts), 'utf8')) as Memory | null;
    return { ...read, forks: Array.isArray(read?.forks) ? read.forks : [] };
  } catch {
    return {};
  }
}

async function remember(parts: Parts, memory: Memory, more: Memory): Promise<void> {
  Object.assign(memory, more);
  await writeWhole(pathOf(parts), utf8(`${JSON.stringify(memory)}\n`));
}

const sizeOf = (text: string): number => parseCheckpoint(text)!.size;
