import robotsParser from 'robots-parser';
import { AsPostedError, type Clock, type Exchange } from '../model/index.js';

const DAY_MS = 86_400_000;
/** RFC 9309 §2.5: at least 500 KiB must be read. */
const MAX_ROBOTS = 512_000;

interface Rules {
  until: number;
  allows(url: string, userAgent: string): boolean;
}

/** robots.txt for discovery, by RFC 9309: 4xx means no rules, 5xx or silence means keep off. */
export class RobotsCache {
  private readonly rules = new Map<string, Promise<Rules>>();
  private readonly clock: Clock;
  private readonly get: (url: URL) => Promise<Exchange>;

  constructor(clock: Clock, get: (url: URL) => Promise<Exchange>) {
    this.clock = clock;
    this.get = get;
  }

  async check(url: URL, userAgent: string): Promise<void> {
    const { origin } = url;
    let rules = await this.rules.get(origin);
    if (!rules || rules.until < this.clock.now().getTime()) {
      const loading = this.load(new URL('/robots.txt', origin));
      this.rules.set(origin, loading);
      rules = await loading;
    }
    if (rules.allows(url.href, userAgent)) return;
    throw new AsPostedError({
      code: 'ROBOTS_REFUSED',
      message: `${url.host} asks programs not to read ${url.pathname} (robots.txt)`,
      hint: 'Add the notices’ own addresses by hand: one address is re-checked, a whole site is not crawled.',
    });
  }

  private async load(url: URL): Promise<Rules> {
    const until = this.clock.now().getTime() + DAY_MS;
    const nothing: Rules = { until, allows: () => false };
    try {
      const { status, body, truncated } = await this.get(url);
      if (status >= 500) return nothing;
      if (status >= 400) return { until, allows: () => true };
      // Rules that did not come may be the ones that keep us off.
      if (truncated !== undefined && body.length < MAX_ROBOTS) return nothing;
      const robots = (
        robotsParser as unknown as (
          url: string,
          text: string,
        ) => { isAllowed(url: string, agent?: string): boolean | undefined }
      )(url.href, new TextDecoder().decode(body.subarray(0, MAX_ROBOTS)));
      return { until, allows: (address, agent) => robots.isAllowed(address, agent.split('/')[0]) ?? true };
    } catch (error) {
      if (error instanceof AsPostedError && error.code === 'INTERRUPTED') throw error;
      return nothing;
    }
  }
}
