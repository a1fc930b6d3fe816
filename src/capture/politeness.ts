import { AsPostedError, type Clock } from '../model/index.js';

/** Pauses between requests to one host (facts/watching §9): keyed by host, never by domain. */
export function defaultDelay(host: string): number {
  if (host === 'mp.weixin.qq.com') return 6_000;
  // 12 requests per 2 minutes (facts/watching §6.5).
  if (host === 'www.find-tender.service.gov.uk') return 10_000;
  return /(^|\.)gov\.[a-z]{2}$|\.gov$/.test(host) ? 2_000 : 1_000;
}

/** Waiting longer than this inside a command helps nobody: the host asked for more, so the check is put off. */
const LONGEST_WAIT_MS = 60_000;
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

interface HostState {
  /** When the next request may start. */
  nextAt: number;
  queue: Promise<void>;
}

/** One request at a time per host, with a pause; what a host asks for (Retry-After) wins. */
export class Politeness {
  private readonly hosts = new Map<string, HostState>();
  private readonly clock: Clock;
  private readonly delay: (host: string) => number;

  constructor(clock: Clock, delay: (host: string) => number) {
    this.clock = clock;
    this.delay = delay;
  }

  async turn<T>(host: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const state = this.hosts.get(host) ?? { nextAt: 0, queue: Promise.resolve() };
    this.hosts.set(host, state);
    const before = state.queue;
    let release = (): void => undefined;
    state.queue = new Promise((resolve) => (release = resolve));
    await before;
    try {
      const wait = state.nextAt - this.clock.now().getTime();
      if (wait > LONGEST_WAIT_MS) {
        throw new AsPostedError({
          code: 'RATE_LIMITED',
          retry: 'later',
          message: `${host} asked us to wait until ${new Date(state.nextAt).toISOString()}`,
          hint: 'Try again after that time.',
        });
      }
      if (wait > 0) await this.clock.sleep(wait, signal);
      return await work();
    } finally {
      state.nextAt = Math.max(state.nextAt, this.clock.now().getTime() + this.delay(host));
      release();
    }
  }

  /** Seconds or an HTTP date. */
  retryAfter(host: string, header: string | undefined): void {
    if (header === undefined) return;
    const now = this.clock.now().getTime();
    const until = /^\d{1,9}$/.test(header.trim()) ? now + Number(header) * 1_000 : Date.parse(header);
    const state = this.hosts.get(host);
    if (state && Number.isFinite(until))
      state.nextAt = Math.max(state.nextAt, Math.min(until, now + LONGEST_RETRY_AFTER_MS));
  }
}
