/** Parts over a real store in a folder of its own, with a world that answers as a test says and a clock a test moves. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AsPostedError,
  type CaptureResult,
  type Clock,
  type ErrorCode,
  type Exchange,
  type FetchOptions,
  type Settings,
  instant,
  resolveSettings,
} from '../../model/index.js';
import { loadCatalogue } from '../../recognise/index.js';
import { loadSourceKinds } from '../../source/index.js';
import { openForCheck, openStore } from '../../store/index.js';
import { placeCluster } from '../../store/testing/cluster.js';
import { fsck } from '../fsck.js';
import type { Parts } from '../parts.js';

export interface FakePage {
  status?: number;
  type?: string;
  /** Further header lines. */
  headers?: readonly (readonly [string, string])[];
  body: string | Uint8Array;
  /** The answer says it is longer than `body`, and this is what cut it. */
  truncated?: 'length' | 'time' | 'disconnect';
}

export interface TestParts extends Parts {
  /** What each address answers: a page, or the code of a failed fetch. Unknown addresses answer 404. */
  pages: Map<string, FakePage | ErrorCode>;
  /** What unknown addresses answer instead. */
  anyAddress?: FakePage;
  clock: Clock & { advance(ms: number): void };
  fetched: string[];
  dispose(): Promise<void>;
}

export interface TestPartsOptions {
  settings?: Partial<Settings>;
  databaseUrl?: string;
  schema?: string;
  /** A store that is kept when it is left. */
  dir?: string;
  /** One that was loaded before: where many stores are opened, loading it is most of the work. */
  catalogue?: Parts['catalogue'];
}

export async function openTestParts({
  settings = {},
  dir: kept,
  catalogue,
  ...store
}: TestPartsOptions = {}): Promise<TestParts> {
  const dir = kept ?? mkdtempSync(join(tmpdir(), 'asposted-test-'));
  const pages = new Map<string, FakePage | ErrorCode>();
  const fetched: string[] = [];
  const clock = testClock();
  const fetch = async (url: string, options: FetchOptions = {}): Promise<CaptureResult> => {
    fetched.push(url);
    const page = pages.get(url) ?? parts.anyAddress ?? { status: 404, body: '<html><body>not found</body></html>' };
    clock.advance(1); // two looks never fall into the same millisecond
    if (typeof page === 'string')
      throw new AsPostedError({ code: page, message: `the test says ${page}`, retry: 'later' });
    return shortened(captureOf(url, page, instant(clock.now())), page, options);
  };
  if (store.databaseUrl === undefined) placeCluster(dir);
  const opened = await openStore({ dir, create: true, ...store });
  const parts: TestParts = {
    store: opened,
    fetcher: { fetch, close: async () => undefined },
    clock,
    settings: { ...resolveSettings(), ...settings },
    catalogue: catalogue ?? (await loadCatalogue()),
    kinds: await loadSourceKinds(),
    software: 'asposted test',
    progress: () => undefined,
    pages,
    fetched,
    dispose: async () => {
      await opened.close();
      if (kept === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
  return parts;
}

/** That the rows that came look by look are, each of them, the rows the log makes; gives how many entries it has. */
export async function sameAsRebuilt(parts: Parts): Promise<number> {
  const under = await openForCheck({ dir: parts.store.dir });
  try {
    const { problems, notChecked, entries } = await fsck(under, parts, { repair: false });
    assert.deepEqual([problems, notChecked], [[], []]);
    return entries;
  } finally {
    await under.close();
  }
}

export function testClock(start = Date.parse('2024-05-22T03:00:00Z')): Clock & { advance(ms: number): void } {
  let now = start;
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms) => {
      now += ms;
    },
  };
}

/** Ends as early as it may, and says so where nothing changed, as a fetch over the network does. */
function shortened(capture: CaptureResult, page: FakePage, { enough, headers = {} }: FetchOptions): CaptureResult {
  const [last] = capture.exchanges as [Exchange];
  const etag = page.headers?.find(([name]) => name === 'ETag')?.[1];
  if (etag !== undefined && headers['If-None-Match'] === etag)
    return { ...capture, exchanges: [{ ...last, status: 304, body: new Uint8Array() }] };
  const { url, status, body } = last;
  if (enough?.(body, { url, status }) !== 'enough') return capture;
  return { ...capture, exchanges: [{ ...last, body: new Uint8Array(), partial: true, enoughAfter: body.length }] };
}

export function captureOf(
  url: string,
  { status = 200, type = 'text/html; charset=utf-8', headers = [], body, truncated }: FakePage,
  at: string,
): CaptureResult {
  const bytes = Buffer.from(body);
  const length = bytes.length + (truncated === undefined ? 0 : 1_000);
  const more = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = `HTTP/1.1 ${status} X\r\nContent-Type: ${type}\r\n${more}Content-Length: ${length}\r\n\r\n`;
  const { host, pathname } = new URL(url);
  return {
    requestedUrl: url,
    finalUrl: url,
    exchanges: [
      {
        url,
        startedAt: at,
        requestBytes: Buffer.from(`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
        responseBytes: Buffer.concat([Buffer.from(head), bytes]),
        status,
        headers: [['Content-Type', type], ...headers, ['Content-Length', String(length)]],
        body: bytes,
        remoteAddress: '203.0.113.7',
        durationMs: 5,
        ...(truncated === undefined ? {} : { truncated }),
      },
    ],
  };
}

/** An ordinary page with a title and paragraphs, as Chinese government sites mark them. */
export function pageOf(title: string, paragraphs: readonly string[], published = '2024-05-22 10:30'): FakePage {
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('');
  return {
    body: `<!doctype html><html><head><title>${title}</title><meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="${published}"></head><body><div id="zoom">${body}</div></body></html>`,
  };
}

/** WeChat's page in place of an article its publisher deleted. */
export const DELETED: FakePage = {
  body: '<!doctype html><html><head><title></title></head><body id="activity-detail"><div class="weui-msg"><div class="weui-msg__title warn">该内容已被发布者删除</div></div></body></html>',
};

/** A WeChat article as far as the reader needs it. */
export function articleOf(
  title: string,
  paragraphs: readonly string[],
  mid: number,
  { account = '某促进会', originalMid }: { account?: string; originalMid?: number } = {},
): FakePage {
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('');
  const original =
    originalMid === undefined
      ? ''
      : `, copyright_info: { copyright_stat: '2' * 1, platform: '某促进会', source_encode_biz: 'MzAwMDAwMDAwMQ==', source_mid: '${originalMid}' * 1, source_idx: '1' * 1 }`;
  const data = `{ title: JsDecode('${title}'), nick_name: '${account}', user_name: 'gh_0123456789ab', bizuin: 'MzAwMDAwMDAwMQ==', mid: '${mid}' * 1, idx: '1' * 1, ori_send_time: '1716345000' * 1, content_noencode: JsDecode('${body}')${original} }`;
  return {
    body: `<!doctype html><html><head><meta property="og:title" content="${title}"></head><body><div id="js_article"><h1 id="activity-name">${title}</h1><div id="js_content">${body}</div></div><script>window.cgiDataNew = ${data};</script></body></html>`,
  };
}
