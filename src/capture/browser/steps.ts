/**
 * What is done with a page once it is open: scrolled, its late images called for, then pictured, printed and read. Scripts
 * of ours run in a world of their own beside the page's, so that a page cannot lie to them by replacing what they call.
 * Nothing is clicked and nothing is filled in.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';

export interface Step {
  what: string;
  /** `done`, `timeout`, `skipped`, or the browser's own words. */
  outcome: string;
  detail?: Counts;
}

type Counts = Readonly<Record<string, number>>;

/** Runs steps one after the other inside the time of the page; one that fails or hangs is noted, and the next is tried. */
export class Steps {
  readonly tried: Step[] = [];
  private readonly endsAt: number;

  constructor(milliseconds: number) {
    this.endsAt = performance.now() + milliseconds;
  }

  async run<T>(what: string, most: number, work: (milliseconds: number) => Promise<T>): Promise<T | undefined> {
    const milliseconds = Math.min(most, this.endsAt - performance.now());
    if (milliseconds <= 0) {
      this.tried.push({ what, outcome: 'skipped' });
      return undefined;
    }
    const timer = new AbortController();
    try {
      const late = pause(milliseconds, undefined, { signal: timer.signal }).then(() => {
        throw new Late();
      });
      const result = await Promise.race([work(milliseconds), late]);
      this.tried.push({ what, outcome: 'done' });
      return result;
    } catch (thrown) {
      this.tried.push({ what, outcome: outcomeOf(thrown) });
      return undefined;
    } finally {
      timer.abort();
    }
  }

  /** A step whose result is its numbers. */
  async count(what: string, most: number, work: (milliseconds: number) => Promise<Counts>): Promise<void> {
    const counts = await this.run(what, most, work);
    if (counts) this.detail(counts);
  }

  /** Numbers to the step that ran last. */
  detail(detail: Counts): void {
    const last = this.tried.at(-1);
    if (last) this.tried[this.tried.length - 1] = { ...last, detail };
  }

  skip(what: string): void {
    this.tried.push({ what, outcome: 'skipped' });
  }
}

class Late extends Error {}

function outcomeOf(thrown: unknown): string {
  if (thrown instanceof Late || (thrown as Error).name === 'TimeoutError') return 'timeout';
  return browserWords(thrown);
}

/** The first line of the driver’s message, without its colours. */
export function browserWords(thrown: unknown): string {
  const text = (thrown as Error).message.replace(/\x1b\[[0-9;]*m/g, '');
  return text.split('\n')[0]!.slice(0, 200);
}

/** Evaluates an expression in a world of its own in the main frame, as it is now: a page may have navigated since. */
export async function inOwnWorld(session: CDPSession, expression: string): Promise<unknown> {
  const { frameTree } = await session.send('Page.getFrameTree');
  const world = { frameId: frameTree.frame.id, worldName: 'asposted' };
  const { executionContextId } = await session.send('Page.createIsolatedWorld', world);
  const { result } = await session.send('Runtime.evaluate', {
    expression,
    contextId: executionContextId,
    returnByValue: true,
  });
  return result.value;
}

/** Lazy images: the browser's own attribute, and the names under which scripts keep the true address (WeChat: data-src). */
const CALL_IMAGES = `(() => {
  let lazy = 0, copied = 0;
  for (const each of document.querySelectorAll('[loading="lazy" i]')) { each.removeAttribute('loading'); lazy += 1; }
  for (const image of document.querySelectorAll('img')) {
    const address = image.dataset.src || image.dataset.original || image.dataset.lazySrc;
    if (!address || !URL.canParse(address, document.baseURI)) continue;
    const { href, protocol } = new URL(address, document.baseURI);
    if (!/^https?:$/.test(protocol) || image.src === href) continue;
    image.src = href;
    copied += 1;
  }
  return { lazy, copied };
})()`;

const SCROLL_ON = `(() => {
  window.scrollBy(0, Math.max(200, window.innerHeight * 0.8));
  const { scrollHeight } = document.documentElement;
  return { end: window.scrollY + window.innerHeight >= scrollHeight - 2 ? 1 : 0, height: scrollHeight };
})()`;

const MOST_SCROLLS = 100;
/** Too fast, and images that load when they come into view are missed (facts/evidence §23). */
const BETWEEN_SCROLLS_MS = 200;

export async function callImages(session: CDPSession): Promise<Counts> {
  return (await inOwnWorld(session, CALL_IMAGES)) as Counts;
}

/** Slowly to the end and back to the top; a page that grows while scrolled is left after a hundred steps. */
export async function scrollThrough(session: CDPSession, milliseconds: number): Promise<Counts> {
  const until = performance.now() + milliseconds - 2 * BETWEEN_SCROLLS_MS;
  let [scrolls, end, height] = [0, 0, 0];
  while (end === 0 && scrolls < MOST_SCROLLS && performance.now() < until) {
    ({ end, height } = (await inOwnWorld(session, SCROLL_ON)) as { end: number; height: number });
    scrolls += 1;
    await pause(BETWEEN_SCROLLS_MS);
  }
  await inOwnWorld(session, 'window.scrollTo(0, 0)');
  return { scrolls, end, height };
}

const MOST_TEXT = 10_000_000;

export async function renderedText(session: CDPSession): Promise<string> {
  const expression = `(document.body ? document.body.innerText : '').slice(0, ${MOST_TEXT})`;
  const text = await inOwnWorld(session, expression);
  return typeof text === 'string' ? text : '';
}

/** Chromium draws nothing true beyond this many pixels: a longer page is cut, and the step says so. */
const MOST_PIXELS = 16_384;

export interface Picture {
  bytes: Uint8Array;
  /** Of the page, and of what the picture shows of it. */
  height: number;
  shown: number;
}

export async function picture(page: Page, session: CDPSession, milliseconds: number): Promise<Picture> {
  const size = (await inOwnWorld(
    session,
    '({ width: document.documentElement.clientWidth, height: document.documentElement.scrollHeight })',
  )) as { width: number; height: number };
  const cut = size.height > MOST_PIXELS ? { clip: { x: 0, y: 0, width: size.width, height: MOST_PIXELS } } : {};
  const bytes = await page.screenshot({ fullPage: true, type: 'png', timeout: milliseconds, ...cut });
  return { bytes, height: size.height, shown: Math.min(size.height, MOST_PIXELS) };
}
