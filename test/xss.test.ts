/**
 * Stored XSS from end to end: attempts in everything others write – titles, accounts, texts, addresses, pictures, file names, headers,
 * feeds, people's own words, a catalogue of their own – are captured, derived and shown by every page and in a dossier. None may run, ask
 * for anything or become an element, also if no policy stopped it: what a policy has to stop is a failure here.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { caseReport } from '../src/case/index.js';
import { buildDossier } from '../src/dossier/index.js';
import { XSS_SHAPES, xssAttempt } from '../src/model/testing/xss.js';
import { loadCatalogue } from '../src/recognise/index.js';
import { startServer } from '../src/server/index.js';
import { listNotices, listSources, showNotice } from '../src/store/index.js';
import { readZip } from '../src/verify/index.js';
import {
  addClaim,
  addStatement,
  addToCase,
  check,
  dossierTools,
  openCase,
  recordSource,
  triage,
  watchRound,
} from '../src/watch/index.js';
import { DELETED, type TestParts, articleOf, openTestParts } from '../src/watch/testing/parts.js';
import { openBrowser } from './support/browser.js';
import { openFromDisk } from './support/from-disk.js';
import { type Watched, inLanes, watched } from './support/watched.js';

/** Numbers attempts on, so that each shape comes to each place and each is another. */
function attempts(): { next: () => string; count: () => number } {
  let at = 0;
  return { next: () => xssAttempt(at++), count: () => at };
}
type Attempts = ReturnType<typeof attempts>;

const asText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const asYaml = (text: string): string => JSON.stringify(text.toWellFormed());
const CALL = '采购内容：无人机探测器、无人机抑制器、通信频段干扰器，请有供货能力的企业联系我会秘书处。';

/** A page of an authority with attempts wherever its reader looks. */
function pageWith({ next }: Attempts): string {
  const title = asText(`通知 ${next()}`);
  return `<!doctype html><html><head><title>${title}</title><meta name="ArticleTitle" content="${title}">
<meta name="ContentSource" content="${asText(`促进会 ${next()}`)}"><meta name="PubDate" content="2024-05-22 10:30">
<meta name="Keywords" content="${asText(next())}"></head><body><div id="zoom"><p>${CALL}</p>
<p>${asText(`XBS-9 ${next()}`)}</p><p>联系人：单建国 ${asText(next())}</p>
<div>${next()}</div><p><a href="/files/${encodeURIComponent(next().toWellFormed())}.pdf">${asText(`附件 ${next()}`)}.pdf</a>
<img src="/x.png?${asText(encodeURI(next().toWellFormed()))}" alt="${asText(next())}"></p></div></body></html>`;
}

/** Goods, trade names and organisations as somebody may have written them down for themselves, or taken over from others. */
async function ownCatalogue(t: TestContext, { next }: Attempts): Promise<TestParts['catalogue']> {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-xss-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  mkdirSync(join(dir, 'families'));
  const source = asYaml(`a page ${next()}`);
  writeFileSync(
    join(dir, 'trade-names.yaml'),
    `- id: own\n  name: ${asYaml(`XBS-9 ${next()}`)}\n  variants: ["XBS-9"]\n  guard: alone\n  kind: ${asYaml(next())}\n  source: ${source}\n  added: "2024-01-01"\n  note: ${asYaml(next())}\n  maker: { name: ${asYaml(next())}, aliases: [${asYaml(next())}], source: ${source} }\n`,
  );
  writeFileSync(
    join(dir, 'sources.yaml'),
    `own: { what: ${asYaml(`a page ${next()}`)}, at: ${asYaml(next())}, nature: ${asYaml(next())} }\n`,
  );
  const names = ['en', 'zh', 'ru', 'uk'].map((each) => `  ${each}: ${asYaml(`${each} ${next()}`)}\n`).join('');
  writeFileSync(
    join(dir, 'families', 'own_goods.yaml'),
    `id: own_goods\npriority: core\nnames:\n${names}terms:\n  zh:\n    - { term: "供货能力的企业", strength: strong, match: phrase, note: ${asYaml(next())}, source: own, added: "2024-01-01" }\ngaps: { en: ${asYaml(next())}, ru: "none", uk: "none" }\n`,
  );
  return loadCatalogue({ own: dir });
}

const addressOf = (number: number, attempt: string): string =>
  new URL(`https://www.example.gov.cn/content/post_${number}.html?q=${attempt.toWellFormed()}`).href;

async function keepNotices(parts: TestParts, tries: Attempts): Promise<void> {
  for (let number = 0; number < 36; number++) {
    const url = addressOf(number, tries.next());
    const headers = [['X-Own', Buffer.from(tries.next().replaceAll(/[\r\n\0]/g, ' ')).toString('latin1')]] as const;
    parts.pages.set(url, { body: pageWith(tries), headers });
    await check(parts, { url });
  }
  const article = 'https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa';
  const quoted = (text: string): string =>
    asText(text.toWellFormed())
      .replaceAll("'", '&#39;')
      .replaceAll('\\', '')
      .replaceAll(/[\r\n\0]/g, ' ');
  parts.pages.set(article, articleOf(quoted(tries.next()), [CALL], 1, { account: quoted(tries.next()) }));
  await check(parts, { url: article });
  parts.pages.set(article, DELETED);
  for (let look = 0; look < 3; look++) {
    parts.clock.advance(86_400_000);
    await check(parts, { url: article });
  }
}

async function keepFeed(parts: TestParts, tries: Attempts): Promise<void> {
  const feed = 'https://feed.example.gov.cn/rss.xml';
  const items = Array.from({ length: 24 }, (_, at) => {
    const link = `https://feed.example.gov.cn/${at}.html?${asText(encodeURI(tries.next().toWellFormed()))}`;
    const told = ['title', 'description', 'guid', 'author', 'category'].map(
      (name) =>
        `<${name}>${asText(
          tries
            .next()
            .toWellFormed()
            .replaceAll(/[\0\u0001\u000b]/g, ''),
        )}</${name}>`,
    );
    return `<item><link>${link}</link>${told.join('')}</item>`;
  });
  const body = `<?xml version="1.0"?><rss version="2.0"><channel><title>${asText(tries.next())}</title>${items.join('')}</channel></rss>`;
  parts.pages.set(feed, { body, type: 'application/rss+xml; charset=utf-8' });
  parts.anyAddress = { body: pageWith(tries) };
  await recordSource(parts, { kind: 'feed', name: `feed ${tries.next()}`, options: { url: feed }, everyMs: 3_600_000 });
  await watchRound(parts);
  delete parts.anyAddress;
}

/** What people put on record, from wherever they copied it. */
async function keepCase(parts: TestParts, { next }: Attempts): Promise<string> {
  const by = `the editors ${next()}`.slice(0, 80);
  const notices = (await listNotices(parts.store.database)).slice(0, 30).map(({ id }) => id);
  const { id } = await openCase(parts, { title: `A case ${next()}`, by, notices });
  const exhibit = (await showNotice(parts.store.database, notices[0]!))!.exhibits[0]!;
  for (let time = 0; time < 10; time++) {
    const about = { speaker: next(), speaksFor: next(), outlet: next(), words: next(), about: 'posting', exhibit };
    await addClaim(parts, id, { by, said: `2024-06-0${(time % 9) + 1}`, ...about });
    await addStatement(parts, id, { kind: 'outreach', by, words: next(), asked: next(), answer: next() });
    await addStatement(parts, id, { kind: 'note', by, words: next() });
    await addStatement(parts, id, { kind: 'decision', by, words: next() });
  }
  await addToCase(parts, id, { id: exhibit, words: next(), by });
  await triage(parts, { notice: notices[0]!, verdict: 'matters', by });
  return id;
}

/** Every address of the pages that shows something of it, and those that give back what is asked. */
async function addresses(parts: TestParts, caseId: string, { next }: Attempts): Promise<string[]> {
  const { database } = parts.store;
  const notices = await listNotices(database);
  const asked = (path: string): string => `${path}${encodeURIComponent(next().toWellFormed())}`;
  const shown = notices.flatMap(({ id, exhibits }, at) => [
    `/notices/${id}`,
    ...(at % 4 === 0
      ? [`/notices/${id}?script=romanised`, `/notices/${id}?script=glossed`, `/notices/${id}/copies`]
      : []),
    ...exhibits.slice(0, 1).map((each) => `/exhibits/${each}`),
  ]);
  const named = notices.flatMap(({ account }) =>
    account?.name ? [`/organisations/${encodeURIComponent(account.name)}`] : [],
  );
  const echoes = [
    '/?search=',
    '/?done=',
    '/?presence=',
    '/search?q=',
    '/search?q=x&after=',
    '/organisations/',
    '/goods/',
  ];
  return [
    ...['/', '/removals', '/sources', '/lists', '/cases', `/cases/${caseId}`, '/goods/own_goods', '/trade-names/own'],
    ...(await listSources(database)).map(({ id }) => `/sources/${id}`),
    ...[...shown, ...named.slice(0, 12)],
    ...echoes.flatMap((path) => [asked(path), asked(path), asked(path)]),
  ];
}

/** What stands in the page as an element or attribute that acts, though nothing ran: also after everything was touched. */
const LOADED = `(() => {
  for (const each of document.querySelectorAll('body *')) {
    each.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
    each.focus?.();
  }
  return [...document.querySelectorAll('*')].flatMap((each) => [
    ...[...each.attributes].filter(({ name }) => name.startsWith('on') || name === 'srcdoc' || name === 'autofocus').map(({ name }) => each.localName + ' ' + name),
    ...['href', 'src', 'action', 'data', 'formaction'].flatMap((name) => {
      const to = each.getAttribute(name);
      if (to === null) return [];
      const { protocol, host } = new URL(to, location.href);
      return host === location.host || host.startsWith('replay.localhost:') ? [] : [each.localName + ' leads to ' + protocol + host];
    }),
    ...(each.localName === 'script' && each.getAttribute('src') !== '/keys.js' ? ['script'] : []),
    ...(['object', 'embed', 'base', 'meta[http-equiv]', 'math', 'marquee', 'video', 'audio'].some((name) => each.matches(name)) ? [each.localName] : []),
  ]);
})()`;

/** The console says of a page that is not there that it is not there. */
const notMissing = (act: string): boolean => !/status of 404/.test(act);

async function lookAt(
  { page, acts, requests }: Watched,
  path: string,
  at: { address: string; replay: string },
): Promise<void> {
  const answer = await page.goto(`${at.address}${path}`, { waitUntil: 'load' });
  const status = answer?.status() ?? 0;
  assert.ok(status === 200 || status === 404, `${path}: ${status}`);
  const policy = answer!.headers()['content-security-policy'] ?? '';
  assert.match(policy, /default-src 'none'; script-src 'self';/, path);
  assert.doesNotMatch(policy, /script-src[^;]*unsafe|unsafe-eval/, path);
  assert.deepEqual(await page.evaluate(LOADED), [], path);
  assert.deepEqual(acts.splice(0).filter(notMissing), [], path);
  const own = [`${at.address}/`, `${at.replay}/`, 'data:image/'];
  assert.deepEqual(
    requests.splice(0).filter((url) => !own.some((each) => url.startsWith(each))),
    [],
    path,
  );
}

test(
  'hundreds of stored attempts, from capture to every page and to the dossier: none runs',
  { timeout: 600_000 },
  async (t) => {
    const browser = await openBrowser(t);
    if (!browser) return;
    const tries = attempts();
    const parts = await openTestParts({ catalogue: await ownCatalogue(t, tries) });
    t.after(() => parts.dispose());
    await keepNotices(parts, tries);
    await keepFeed(parts, tries);
    const caseId = await keepCase(parts, tries);
    const stored = tries.count();
    assert.ok(stored > 300 && stored > 4 * XSS_SHAPES, `${stored} attempts`);

    const serving = await startServer(parts, { listen: '127.0.0.1:0' });
    t.after(() => serving.close());
    const paths = await addresses(parts, caseId, tries);
    const context = await browser.newContext();
    await inLanes(paths, async (take) => {
      const lane = await watched(context);
      for (let path = take(); path !== undefined; path = take()) await lookAt(lane, path, serving);
      await lane.page.waitForTimeout(300);
      assert.deepEqual(lane.acts.filter(notMissing), [], 'whatever came late');
    });

    const report = (await caseReport({ database: parts.store.database, catalogue: parts.catalogue }, caseId))!;
    const bundle = await buildDossier(report, {
      ...(await dossierTools(parts)),
      publication: { rules: 'not-published' },
    });
    const files = new Map((await readZip(bundle)).map(({ path, bytes }) => [path, bytes]));
    const dir = mkdtempSync(join(tmpdir(), 'asposted-xss-'));
    t.after(() => {
      rmSync(dir, { recursive: true, force: true });
    });
    const opened = await openFromDisk(t, dir, files);
    assert.deepEqual(opened?.happened, []);
    t.diagnostic(
      `${stored} stored attempts and ${tries.count() - stored} asked, of ${XSS_SHAPES} shapes; ${paths.length} pages and a dossier`,
    );
  },
);

test('what was tried is seen where nothing escapes it', async (t) => {
  const browser = await openBrowser(t);
  if (!browser) return;
  const { page, acts, requests } = await watched(await browser.newContext());
  const raw = Array.from({ length: XSS_SHAPES }, (_, at) => `<div>${xssAttempt(at)}</div>`).slice(0, 34);
  await page.setContent(`<!doctype html>${raw.join('\n')}`);
  const found = await page.evaluate<string[]>(LOADED.replaceAll('location.href', "'http://own.invalid/'"));
  assert.ok(found.length >= 10 && acts.length + requests.length > 0, found.join('\n'));
});
