import type { SettingTable } from '../model/index.js';

/** A way to tell people. One small folder each, self-describing; nothing elsewhere knows its options. */
export interface AlertEvent {
  id: string;
  event: string;
  at: string;
  body: Readonly<Record<string, unknown>>;
}

export interface Delivery {
  outcome: 'delivered' | 'refused';
  /** What the other side answered: status and nothing it could fill at will. */
  detail: string;
}

/** Values of the settings a channel declares, as texts. */
export type ChannelSettings = Readonly<Record<string, string>>;

export interface Sender {
  /** Throws ALERT_FAILED with retry `later` when nobody answered; the event then stays undelivered. */
  send(event: AlertEvent): Promise<Delivery>;
}

export interface Channel {
  kind: string;
  title: string;
  description: string;
  /** The settings it reads, all texts; the first one switches it on when it is not empty. */
  settings: SettingTable;
  make(settings: ChannelSettings): Sender;
}

export const defineChannel = (channel: Channel): Channel => channel;
