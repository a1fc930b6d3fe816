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

export interface ChannelSettings {
  [name: string]: string;
}

export interface Channel {
  kind: string;
  title: string;
  description: string;
  /** Names of the settings it reads; the first one switches it on when it is not empty. */
  settings: readonly string[];
  make(settings: ChannelSettings): {
    /** Throws ALERT_FAILED with retry `later` when nobody answered; the event then stays undelivered. */
    send(event: AlertEvent): Promise<Delivery>;
  };
}

export const defineChannel = (channel: Channel): Channel => channel;
