import type { SettingTable } from '../model/index.js';

/** A way to tell people. One small folder each, self-describing; nothing elsewhere knows its options. */
export interface AlertEvent {
  id: string;
  event: string;
  at: string;
  body: Readonly<Record<string, unknown>>;
}

/** One event for people and programs, or several gathered as a digest. */
export interface Message {
  /** The event's id, or the digest's: whatever a channel can do against duplicates, it does by this. */
  id: string;
  at: string;
  /** One line. It, and the text, hold words of pages: control characters are shown, markup is not touched. */
  title: string;
  text: string;
  /** Of our own pages. */
  link?: string;
  urgency: 'low' | 'normal' | 'high';
  /** What it tells of, oldest first. */
  events: readonly AlertEvent[];
  digest: boolean;
}

export interface Delivery {
  outcome: 'delivered' | 'refused';
  /** What the other side answered: status and nothing it could fill at will. */
  detail: string;
}

/** Values of the settings a channel declares, as texts. */
export type ChannelSettings = Readonly<Record<string, string>>;

export interface Sender {
  /** Throws ALERT_FAILED with retry `later` when nobody answered; the message is then sent again under the same id. */
  send: (message: Message) => Promise<Delivery>;
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
