/**
 * A page as a browser shows it, with every request it made. Optional: nothing else in the product needs a browser, and
 * this folder is loaded only when one is asked for.
 */
import type { Browser, BrowserContext, BrowserType, CDPSession, Page } from 'playwright-core';
import { AsPostedError, type CaptureResult, type PageResource, asError, instant } from '../../model/index.js';
import type { ExchangeTools } from '../exchange.js';
import { type WhereToLook, findChromium, loadDriver } from './find.js';
import { type PageInfo, pageInfo } from './page-info.js';
import { type CheckingProxy, type RefusingProxy, startCheckingProxy, startRefusingProxy } from './proxy.js';
import { IssuedRequests, type Sorted } from './requests.js';
import { Steps, browserWords, callImages, picture, renderedText, scrollThrough } from './steps.js';
import type { VisitLimits } from './visit.js';

export interface BrowserOptions extends WhereToLook, Partial<VisitLimits> {
  /** Longest time for one page. */
  pageMs?: number;
}

export interface PageCapture {
  tools: ExchangeTools;
  browser: BrowserOptions;
  ca?: string;
  /** In place of the browser's own with `signature` behind it. */
  userAgent?: string;
  signature: string;
  acceptLanguage?: string;
  signal?: AbortSignal;
}

/** facts/evidence §22.2. */
const LIMITS = { maxRequests: 1_000, maxTotalBytes: 512_000_000 };
const PAGE_MS = 180_000;
const VIEWPORT = { width: 1280, height: 1024 };

/**
 * Throws NO_BROWSER and BROWSER_FAILED, and what a plain capture throws when the page itself could not be had. Trouble
 * with parts of a page is noted in its page info.
 */
export async function capturePage(url: URL, options: PageCapture): Promise<CaptureResult> {
  const { tools, browser: wanted, ca, signal } = options;
  const executablePath = findChromium(wanted);
  const driver = await loadDriver();
  const limits = { ...LIMITS, ...wanted };
  const proxy = await startCheckingProxy({ tools, limits, ...(ca === undefined ? {} : { ca }) });
  const refusing = await startRefusingProxy();
  let browser: Browser | undefined;
  const stop = (): void => void browser?.close().catch(() => undefined);
  try {
    browser = await launch(driver, executablePath, { proxy, refusing });
    signal?.addEventListener('abort', stop);
    const shown = await show(browser, url, { ...options, proxy });
    await browser.close();
    return signal?.aborted === true
      ? interrupted()
      : await result(url, { ...shown, proxy, refused: refusing.count(), tools });
  } catch (thrown) {
    // Closing the browser under its driver shows as an error of the driver.
    return signal?.aborted === true ? interrupted() : rethrow(thrown);
  } finally {
    signal?.removeEventListener('abort', stop);
    await browser?.close().catch(() => undefined);
    await Promise.all([proxy.close(), refusing.close()]);
  }
}

function interrupted(): never {
  throw new AsPostedError({ code: 'INTERRUPTED', retry: 'now', message: 'interrupted' });
}

function rethrow(thrown: unknown): never {
  throw thrown;
}

/** Switches beside the driver's own, which already turn off updates, sync, hints and the like. */
function switches({ keyHash }: CheckingProxy): string[] {
  return [
    `--ignore-certificate-errors-spki-list=${keyHash}`, // our proxy's key, and no other certificate that does not verify
    '--disable-quic',
    // Else a script sends UDP past the proxy. Two names of one switch: Chromium 156 hears the first only (measured).
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1', // names are resolved by the proxy, where they are checked
    '--disk-cache-size=1',
    '--disable-gpu',
  ];
}

async function launch(
  driver: BrowserType,
  executablePath: string,
  { proxy, refusing }: { proxy: CheckingProxy; refusing: RefusingProxy },
): Promise<Browser> {
  try {
    return await driver.launch({
      executablePath,
      args: switches(proxy),
      // The sandbox cannot be had by the superuser; for everybody else it stays.
      chromiumSandbox: process.getuid?.() !== 0,
      proxy: { server: refusing.url, bypass: '<-loopback>' },
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (cause) {
    throw new AsPostedError({
      code: 'BROWSER_FAILED',
      retry: 'later',
      message: `${executablePath} did not start (${browserWords(cause)})`,
      hint: 'Run it by hand to see why, or name another one with capture.chromium.',
      cause,
    });
  }
}

interface Shown {
  steps: Steps;
  issued: IssuedRequests;
  made: Pick<PageResource, 'type' | 'bytes' | 'at'>[];
  facts: PageInfo['facts'];
}

type Showing = PageCapture & { proxy: CheckingProxy };

async function show(browser: Browser, url: URL, options: Showing): Promise<Shown> {
  const { tools, browser: wanted, proxy } = options;
  const steps = new Steps(wanted.pageMs ?? PAGE_MS);
  try {
    const { userAgent: own } = await (await browser.newBrowserCDPSession()).send('Browser.getVersion');
    const userAgent = options.userAgent ?? `${own} ${options.signature}`;
    const locale = (options.acceptLanguage ?? 'zh-CN').split(/[,;]/)[0]!.trim();
    const context = await freshContext(browser, { proxy, userAgent, locale });
    const page = await context.newPage();
    context.on('page', (other) => void other.close().catch(() => undefined));
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    const issued = new IssuedRequests(context, page);
    await open(page, session, { steps, url });
    const { last } = issued.sort(proxy.visit);
    const made = last?.exchange ? await makeResources(page, session, { steps, tools }) : skipResources(steps);
    const version = browser.version();
    const facts = { version, userAgent, locale, timezone: TIMEZONE, viewport: VIEWPORT, endedAt: page.url() };
    return { steps, issued, made, facts: { name: 'chromium', ...facts } };
  } catch (cause) {
    throw asError(cause, {
      code: 'BROWSER_FAILED',
      retry: 'later',
      message: `the browser gave up on ${url.host} (${browserWords(cause)})`,
    });
  }
}

/** The machine's own would tell where the observer sits. */
const TIMEZONE = 'UTC';

interface ContextFacts {
  proxy: CheckingProxy;
  userAgent: string;
  locale: string;
}

function freshContext(browser: Browser, { proxy, userAgent, locale }: ContextFacts): Promise<BrowserContext> {
  return browser.newContext({
    proxy: { server: proxy.url, bypass: '<-loopback>' },
    serviceWorkers: 'block',
    acceptDownloads: false,
    viewport: VIEWPORT,
    deviceScaleFactor: 1,
    timezoneId: TIMEZONE,
    userAgent,
    locale,
  });
}

async function open(page: Page, session: CDPSession, { steps, url }: { steps: Steps; url: URL }): Promise<void> {
  await steps.run('load', 60_000, (timeout) => page.goto(url.href, { waitUntil: 'load', timeout }));
  const settle = (what: string): Promise<unknown> =>
    steps.run(what, 10_000, (timeout) => page.waitForLoadState('networkidle', { timeout }));
  await settle('wait for the network');
  await steps.count('call late images', 10_000, () => callImages(session));
  await steps.count('scroll', 40_000, (milliseconds) => scrollThrough(session, milliseconds));
  await steps.count('call late images again', 10_000, () => callImages(session));
  await settle('wait for the images');
}

interface Making {
  steps: Steps;
  tools: ExchangeTools;
}

/** Text and picture before the print: printing lays the page out anew. */
async function makeResources(page: Page, session: CDPSession, { steps, tools }: Making): Promise<Shown['made']> {
  const made: Shown['made'] = [];
  const keep = (type: string, bytes: Uint8Array | undefined): void => {
    if (bytes) made.push({ type, bytes, at: instant(tools.clock.now()) });
  };
  const text = await steps.run('text', 10_000, () => renderedText(session));
  keep(TEXT, text === undefined ? undefined : Buffer.from(text, 'utf8'));
  const pictured = await steps.run('picture', 30_000, (milliseconds) => picture(page, session, milliseconds));
  if (pictured) steps.detail({ height: pictured.height, shown: pictured.shown });
  keep(PNG, pictured?.bytes);
  keep(PDF, await steps.run('print', 30_000, () => page.pdf({ format: 'A4', printBackground: true })));
  return made;
}

function skipResources(steps: Steps): Shown['made'] {
  for (const what of ['text', 'picture', 'print']) steps.skip(what);
  return [];
}

const TEXT = 'text/plain; charset=utf-8';
const PNG = 'image/png';
const PDF = 'application/pdf';
const NAMES: Readonly<Record<string, string>> = { [TEXT]: 'textFinal', [PNG]: 'fullPage', [PDF]: 'pdf' };

type Finished = Shown & { proxy: CheckingProxy; refused: number; tools: ExchangeTools };

async function result(
  url: URL,
  { steps, issued, made, facts, proxy, refused, tools }: Finished,
): Promise<CaptureResult> {
  const sorted = issued.sort(proxy.visit);
  const exchanges = inOrder(url, sorted, steps);
  const final = exchanges.at(-1)!;
  const counts = {
    requests: exchanges.length,
    bytes: exchanges.reduce((sum, { responseBytes }) => sum + responseBytes.length, 0),
    failed: sorted.failed.length + proxy.visit.overLimit,
  };
  const info = pageInfo({
    url: url.href,
    finalUrl: final.url,
    facts,
    tried: steps.tried,
    counts,
    sorted,
    refused,
    overLimit: proxy.visit.overLimit,
  });
  return {
    requestedUrl: url.href,
    finalUrl: final.url,
    exchanges,
    browser: { name: facts.name, version: facts.version, ...counts },
    resources: [
      ...made.map(({ type, bytes, at }) => ({ url: `urn:${NAMES[type]}:${final.url}`, type, bytes, at })),
      { url: `urn:pageinfo:${final.url}`, type: 'application/json', bytes: info, at: instant(tools.clock.now()) },
    ],
  };
}

/** What the page asked for, then the way to the page, then the page: the last exchange is what a plain capture would have. */
function inOrder(url: URL, { parts, documents, last }: Sorted, steps: Steps): CaptureResult['exchanges'] {
  const answered = documents.flatMap(({ exchange }) => exchange ?? []);
  const final = last?.exchange ?? answered.at(-1);
  if (final) return [...parts, ...answered.filter((each) => each !== final), final];
  const failure = documents.at(-1)?.error;
  throw (
    failure ??
    new AsPostedError({
      code: 'BROWSER_FAILED',
      retry: 'later',
      message: `the browser opened no page at ${url.host} (${steps.tried[0]?.outcome ?? 'nothing was tried'})`,
    })
  );
}
