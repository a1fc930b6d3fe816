import { type AsPostedError, type DeliveryRecord, asError, instant } from '../model/index.js';
import { type Channel, isOn, loadChannels, messageOf, settingsOf } from '../alert/index.js';
import { undelivered } from '../store/index.js';
import { derive } from './derive.js';
import type { Parts } from './parts.js';

/**
 * Hands every event not yet delivered to every channel that is switched on. The delivery itself is a record in the log,
 * so that neither a restart nor a rebuild tells anybody the same thing twice.
 */
export async function deliverEvents(parts: Parts): Promise<{ delivered: number; failed: AsPostedError[] }> {
  const failed: AsPostedError[] = [];
  let delivered = 0;
  for (const channel of await loadChannels()) {
    if (!isOn(channel, { ...parts.settings })) continue;
    const result = await deliverTo(parts, channel);
    delivered += result.delivered;
    if (result.failed) failed.push(result.failed);
  }
  return { delivered, failed };
}

async function deliverTo(parts: Parts, channel: Channel): Promise<{ delivered: number; failed?: AsPostedError }> {
  const sender = channel.make(settingsOf(channel, { ...parts.settings }));
  let delivered = 0;
  for (const event of await undelivered(parts.store.database, channel.kind)) {
    try {
      const { outcome, detail } = await sender.send(messageOf(event, { pages: parts.settings['alert.pages'] }));
      const record: DeliveryRecord = {
        type: 'delivery',
        v: 1,
        at: instant(parts.clock.now()),
        channel: channel.kind,
        event: event.id,
        outcome,
        detail,
      };
      await parts.store.log.append([record]);
      await derive(parts);
      delivered += 1;
    } catch (error) {
      // In order: a later event is not told before an earlier one. The next round goes on from here.
      return {
        delivered,
        failed: asError(error, { code: 'ALERT_FAILED', retry: 'later', message: `${channel.title} failed` }),
      };
    }
  }
  return { delivered };
}
