import { type AsPostedError, type DeliveryRecord, asError, instant } from '../model/index.js';
import {
  type Channel,
  type Delivery,
  type Message,
  type Planned,
  digestOf,
  isOn,
  loadChannels,
  messageOf,
  plan,
  rulesOf,
  settingsOf,
} from '../alert/index.js';
import { lastDigest, undelivered } from '../store/index.js';
import { type ChannelMemory, afterFailure, isPausing, recallChannel, rememberChannel } from './delivery-memory.js';
import { derive } from './derive.js';
import type { Parts } from './parts.js';

export interface Told {
  /** Events that are on record as told, or as refused. */
  delivered: number;
  failed: AsPostedError[];
}

/**
 * Tells every channel that is switched on what it was not told yet. The delivery itself is a record in the log, so that neither
 * a restart nor a rebuild tells anybody the same thing twice. Channels go side by side: a slow or broken one holds up no other.
 */
export async function deliverEvents(parts: Parts, channels?: readonly Channel[]): Promise<Told> {
  const all = channels ?? (await loadChannels());
  const kinds = all.map(({ kind }) => kind);
  const results = await Promise.all(
    all.filter((channel) => isOn(channel, { ...parts.settings })).map((channel) => tellBy(parts, channel, kinds)),
  );
  return {
    delivered: results.reduce((sum, { delivered }) => sum + delivered, 0),
    failed: results.flatMap(({ failed }) => failed ?? []),
  };
}

interface ToldBy {
  delivered: number;
  failed?: AsPostedError;
}

async function tellBy(parts: Parts, channel: Channel, kinds: readonly string[]): Promise<ToldBy> {
  const { store, clock, settings } = parts;
  const { kind } = channel;
  let memory = await recallChannel(store.dir, kind);
  if (isPausing(memory, clock.now())) return { delivered: 0 };
  let delivered = 0;
  try {
    const rules = rulesOf(settings, kind, kinds);
    const pending = await undelivered(store.database, kind, rules.types);
    if (pending.length === 0) return { delivered };
    const sender = channel.make(settingsOf(channel, { ...settings }));
    const last = await lastDigest(store.database, kind);
    const moment = { now: clock.now(), rules, lastDigest: last, unfinished: memory.sending };
    for (const planned of plan(pending, moment)) {
      const { id, digest, events } = planned;
      memory = { ...memory, sending: { id, digest, events: events.map((event) => event.id) } };
      await rememberChannel(store.dir, kind, memory);
      await record(parts, kind, planned, await sender.send(messageFor(parts, planned)));
      memory = {};
      delivered += events.length;
    }
    if (delivered > 0) await rememberChannel(store.dir, kind, memory);
    return { delivered };
  } catch (thrown) {
    // In order: a later event is not told before an earlier one. The round after the pause goes on from here.
    const failed = await noteFailure(parts, channel, memory, thrown);
    return { delivered, failed };
  }
}

/** What pages, a log or a database do to us is no failure of the channel, and asks for no pause. */
async function noteFailure(
  { store, clock }: Parts,
  { kind, title }: Channel,
  memory: ChannelMemory,
  thrown: unknown,
): Promise<AsPostedError> {
  const failed = asError(thrown, { code: 'ALERT_FAILED', retry: 'later', message: `${title} failed` });
  if (failed.code !== 'ALERT_FAILED') return failed;
  const { retryAfterMs } = failed as { retryAfterMs?: number };
  await rememberChannel(store.dir, kind, afterFailure(memory, clock.now(), { message: failed.message, retryAfterMs }));
  return failed;
}

function messageFor({ settings }: Parts, { id, digest, events }: Planned): Message {
  const pages = settings['alert.pages'].replace(/\/+$/, '');
  return digest ? digestOf(id, events, { pages }) : messageOf(events[0]!, { pages });
}

/** Each event has its own record, in a digest too: in one batch, so that a crash leaves all of them or none. */
async function record(
  parts: Parts,
  channel: string,
  { id, digest, events }: Planned,
  { outcome, detail }: Delivery,
): Promise<void> {
  const at = instant(parts.clock.now());
  await parts.store.log.append(
    events.map((event): DeliveryRecord => {
      const told = { channel, event: event.id, outcome, detail };
      return { type: 'delivery', v: 1, at, ...told, ...(digest ? { digest: id } : {}) };
    }),
  );
  await derive(parts);
}
