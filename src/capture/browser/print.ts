/**
 * A page of our own on paper: Chromium with the network off and scripts off prints it. Nothing of the machine goes into the file: what
 * Chromium writes of itself, of the clock and of addresses is put in other words of the same length, so that every offset stays right.
 */
import { AsPostedError, asError } from '../../model/index.js';
import { type WhereToLook, findChromium, loadDriver } from './find.js';
import { startRefusingProxy } from './proxy.js';
import { browserWords } from './steps.js';

export interface PrintOrder {
  html: string;
  /** Stands in the file as its time. */
  created: Date;
}

/** Relative addresses of the page lead from here until they are relative again. */
const BASE = 'http://dossier.invalid/';
const PRINT_MS = 120_000;

/** Throws NO_BROWSER where nothing could be printed on this machine. */
export async function canPrint(where: WhereToLook): Promise<void> {
  findChromium(where);
  await loadDriver();
}

/** Throws NO_BROWSER and BROWSER_FAILED. */
export async function printPage({ html, created }: PrintOrder, where: WhereToLook): Promise<Uint8Array> {
  const executablePath = findChromium(where);
  const driver = await loadDriver();
  const refusing = await startRefusingProxy();
  try {
    const browser = await driver.launch({
      executablePath,
      args: ['--disable-quic', '--host-resolver-rules=MAP * ~NOTFOUND', '--disable-gpu', '--disk-cache-size=1'],
      // The sandbox cannot be had by the superuser; for everybody else it stays.
      chromiumSandbox: process.getuid?.() !== 0,
      proxy: { server: refusing.url, bypass: '<-loopback>' },
    });
    try {
      const context = await browser.newContext({
        ...{ javaScriptEnabled: false, offline: true, serviceWorkers: 'block', acceptDownloads: false },
        ...{ userAgent: 'asposted', locale: 'en-GB', timezoneId: 'UTC', colorScheme: 'light' },
      });
      const page = await context.newPage();
      await page.route('**/*', (route) =>
        route.request().url() === BASE
          ? route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' })
          : route.abort(),
      );
      await page.goto(BASE, { waitUntil: 'load', timeout: PRINT_MS });
      const pdf = await page.pdf({
        preferCSSPageSize: true,
        printBackground: true,
        tagged: true,
        outline: true,
        ...FOOTER,
      });
      return withoutTraces(pdf, created);
    } finally {
      await browser.close();
    }
  } catch (cause) {
    if (cause instanceof AsPostedError) throw cause;
    const message = `the browser did not print the page (${browserWords(cause)})`;
    throw asError(cause, { code: 'BROWSER_FAILED', retry: 'later', message });
  } finally {
    await refusing.close();
  }
}

const FOOTER = {
  displayHeaderFooter: true,
  headerTemplate: '<span></span>',
  footerTemplate:
    '<div style="font:7pt sans-serif;width:100%;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>',
};

/** Links become relative to the file, times are that of the dossier, and who made it is the program. */
export function withoutTraces(pdf: Uint8Array, created: Date): Uint8Array {
  const time = `D:${created.toISOString().slice(0, 19).replace(/[-T:]/g, '')}+00'00'`;
  const text = Buffer.from(pdf)
    .toString('latin1')
    .replace(/\/(CreationDate|ModDate) ?\((D:[^)]*)\)/g, (all, _, old: string) =>
      all.replace(`(${old})`, `(${old.length < time.length ? `${time.slice(0, 16)}Z` : time})`.padEnd(old.length + 2)),
    )
    .replace(/\/(Creator|Producer) ?\(((?:[^()\\]|\\.)*)\)/g, (all, _, old: string) =>
      all.replace(`(${old})`, `(${'As Posted'.slice(0, old.length)})`.padEnd(old.length + 2)),
    )
    .replace(/\(http:\/\/dossier\.invalid\/((?:[^()\\]|\\.)*)\)/g, (all, path: string) =>
      `(${path})`.padEnd(all.length),
    );
  return Buffer.from(text, 'latin1');
}
