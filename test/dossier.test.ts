/** A dossier as its readers meet it: each statement leads to evidence that verifies, from disk, without network, whatever the words are. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { parseHTML } from 'linkedom';
import type { CaseReport } from '../src/case/index.js';
import type { FtmEntity } from '../src/dossier/exports/ftm.js';
import { type StixBundle, uuid5 } from '../src/dossier/exports/stix.js';
import {
  type CaseDossierOptions,
  REPORT_STYLE,
  buildDossier,
  parseFormats,
  publishBundle,
  withdrawDossier,
} from '../src/dossier/index.js';
import { idFromHash, instant } from '../src/model/index.js';
import { skipOrFail } from '../src/model/testing/shared.js';
import { XSS_SHAPES, withXss, xssAttempt } from '../src/model/testing/xss.js';
import { printPage } from '../src/capture/browser/print.js';
import { createApp } from '../src/server/index.js';
import { LANGUAGES, speak } from '../src/server/messages/index.js';
import { MARKS, unspoken } from '../src/server/messages/testing/unspoken.js';
import { type BundleManifest, readZip, sha256Hex, utf8, verifyFile } from '../src/verify/index.js';
import { dossierTools } from '../src/watch/index.js';
import { openTestParts } from '../src/watch/testing/parts.js';
import { CHROMIUM } from './support/chromium.js';
import { openFromDisk } from './support/from-disk.js';
import { URL_OF, storyCase } from './support/story-case.js';

const parts = await openTestParts();
const dir = mkdtempSync(join(tmpdir(), 'asposted-dossier-'));
after(async () => {
  rmSync(dir, { recursive: true, force: true });
  await parts.dispose();
});

let report: CaseReport;
let members: Map<string, Uint8Array>;
let bundle: Uint8Array;

async function options(): Promise<CaseDossierOptions> {
  return { ...(await dossierTools(parts)), publication: { rules: 'not-published' } };
}

before(async () => {
  report = await storyCase(parts);
  bundle = await buildDossier(report, await options());
  members = await filesOf(bundle);
});

const STYLE_START = REPORT_STYLE.slice(0, 30).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const filesOf = async (zip: Uint8Array): Promise<Map<string, Uint8Array>> =>
  new Map((await readZip(zip)).map(({ path, bytes }) => [path, bytes]));

/** As much of a document as is used here; the tree is `linkedom`'s. */
interface Element {
  id: string;
  className: string;
  textContent: string;
  innerHTML: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}
function page(): { document: Element } {
  const { document } = parseHTML(textOf('index.html')) as unknown as { document: Element };
  return { document };
}
const textOf = (path: string): string => Buffer.from(members.get(path)!).toString('utf8');

test('every statement says how it is known and links to something that is in the bundle', () => {
  const { document } = page();
  const statements = [...document.querySelectorAll('.says')];
  assert.ok(statements.length > 60, `${statements.length} statements`);
  for (const each of statements) {
    assert.match(each.className, /\b(seen|stated|made|people)\b/);
    assert.ok(each.querySelector('a[href]'), `no link: ${each.textContent.slice(0, 120)}`);
  }
  for (const row of document.querySelectorAll('tbody tr')) assert.ok(/\bsays\b/.test(row.className), row.innerHTML);
  for (const each of document.querySelectorAll('section[aria-labelledby=summary] p'))
    assert.ok(/\bsays\b/.test(each.className), each.innerHTML);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'an anchor stands once');
  for (const each of document.querySelectorAll('a')) {
    const href = each.getAttribute('href')!;
    assert.ok(href.startsWith('#') ? ids.includes(href.slice(1)) : members.has(href), href);
  }
});

test('every exhibit that is named is among those that verify, with its file, record and proof', async () => {
  const { verdict, claims } = await verifyFile(bundle);
  assert.equal(verdict, 'ok', JSON.stringify(claims.filter((each) => each.verdict !== 'ok')));
  const manifest = JSON.parse(textOf('manifest.json')) as BundleManifest;
  const proved = new Map(manifest.records.map(({ index, record }) => [`log-${index}`, record]));
  const { document } = page();
  const named = new Set(textOf('index.html').match(/\bE-[0-9A-Z]{10}\b/g));
  const exhibits = [...document.querySelectorAll('article.exhibit')];
  assert.deepEqual([...named].sort(), exhibits.map((each) => each.querySelector('h3')!.id).sort());
  for (const each of exhibits) {
    const record = proved.get(each.querySelector('[id^=log-]')!.id)!;
    assert.equal(idFromHash('E', record), each.querySelector('h3')!.id);
    const files = [...each.querySelectorAll('a.file')].map((link) => link.getAttribute('href')!);
    assert.ok(files.includes(`records/${record}.json`) && files.some((file) => file.startsWith('exhibits/')));
  }
});

test('it reads as a report: what was posted, what became of it, who has it, what stands in it, who said what', () => {
  const { document } = page();
  const summary = document.querySelector('section[aria-labelledby=summary]')!.textContent.replace(/\s+/g, ' ');
  for (const words of [
    /Of 2 notices in this case 1 was removed and 1 stood when last seen/,
    /The account 某省对俄促进会 \(mǒu shěng duì é cù jìn huì\) published it on 22 May 2024/,
    /It was removed by its publisher: in its place the page says 该内容已被发布者删除/,
    /first missing on 23 May 2024, 03:00 \(UTC\)/,
    /\d+ % of its text also stands in “转发：采购无人机设备通知”/,
    /Drone jammer.*“无人机抑制器”/,
    /The name 3MX \(maker of Bulat.*entry 47713 of OFAC Specially Designated Nationals.*in force from 23 February 2024/,
    /An official, for the association, said, as told by a paper \(5 June 2024\): The posting was improper\./,
    /The association was asked: Both were asked for comment\. No answer is on record\./,
  ])
    assert.match(summary, words);
  assert.equal(document.querySelector('blockquote.reading')!.getAttribute('lang'), 'zh-Hans');
  assert.match(
    textOf('index.html'),
    /<span lang="zh-Latn-pinyin">shàn jiàn guó<\/span>/,
    'a family name is read as one',
  );
  assert.match(textOf('README.txt'), /by asposted test\.[\s\S]*npx asposted verify/);
  for (const each of ['timeline', 'notices', 'mentions', 'copies', 'matches', 'rules', 'claims', 'exhibits'])
    assert.ok(textOf(`tables/${each}.csv`).split('\r\n').length > 2, each);
});

/** Schemata and properties used, as followthemoney 4.11 has them (docs/110-dossier.md says how its own code is asked). */
const FTM: Readonly<Record<string, string>> = {
  Document: 'fileName name mimeType fileSize sourceUrl retrievedAt processingAgent notes',
  Article: 'title name publisher publishedAt retrievedAt language sourceUrl bodyText notes proof',
  UserAccount: 'username name service',
  Mention: 'document name detectedSchema',
  LegalEntity: 'name alias',
  Sanction: 'entity authority authorityId program listingDate startDate endDate date summary',
  UnknownLink: 'subject object role status date description recordId',
  Note: 'name description summary publisher entity proof notes',
};

test('FollowTheMoney: known schemata, links that resolve, candidates that say what they are', () => {
  const lines = textOf('ftm/entities.json').trimEnd().split('\n');
  const entities = lines.map((each) => JSON.parse(each) as FtmEntity);
  const ids = new Map(entities.map((each) => [each.id, each]));
  assert.equal(ids.size, lines.length, 'an id stands once');
  assert.deepEqual([...new Set(entities.map(({ schema }) => schema))].sort(), Object.keys(FTM).sort());
  for (const { schema, properties } of entities) {
    for (const [name, values] of Object.entries(properties)) {
      assert.ok(FTM[schema]!.split(' ').includes(name), `${schema}.${name}`);
      assert.ok(values.length > 0 && values.every((each) => typeof each === 'string' && each !== ''));
      if (['subject', 'object', 'proof', 'document'].includes(name) || (name === 'entity' && schema !== 'Thing'))
        for (const each of values) assert.ok(ids.has(each), `${schema}.${name}`);
    }
  }
  const candidate = entities.find(({ properties }) => properties['recordId']?.[0] === 'us_ofac_sdn:47713')!;
  assert.deepEqual(
    [candidate.properties['role'], ids.get(candidate.properties['subject']![0]!)!.schema],
    [['candidate: a name agrees; no identification'], 'Article'],
  );
  assert.doesNotMatch(textOf('ftm/entities.json'), /"topics"|"resolved"/);
});

test('STIX: one report over what was observed, with ids that anybody computes again', () => {
  assert.equal(uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'python.org'), '886313e1-3b8a-5372-9b90-0c9aee199e5d');
  const { type, id, objects } = JSON.parse(textOf('stix/bundle.json')) as StixBundle;
  assert.equal(type, 'bundle');
  const ids = objects.map((each) => each.id);
  assert.equal(new Set(ids).size, ids.length);
  for (const each of [id, ...ids])
    assert.match(each, /^[a-z-]+--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  for (const each of objects) {
    assert.ok(each.id.startsWith(`${each.type}--`) && each.spec_version === '2.1');
    for (const of of (each['object_refs'] as string[] | undefined) ?? []) assert.ok(ids.includes(of), each.type);
    if (typeof each['created'] === 'string')
      assert.match(each['created'], /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  }
  const kinds = ['file', 'identity', 'note', 'observed-data', 'report', 'url'];
  assert.deepEqual([...new Set(objects.map((each) => each.type))].sort(), kinds, 'and no indicator, actor or opinion');
  const url = objects.find((each) => each['value'] === URL_OF('a'))!;
  assert.equal(url.id, `url--${uuid5('00abedb4-aa42-466c-9c01-fed23315a9b7', `{"value":"${URL_OF('a')}"}`)}`);
  const files = objects.filter((each) => each.type === 'file').map((each) => String(each['name']));
  assert.ok(files.length > 2 && files.every((each) => members.has(each)));
});

test('it opens from disk with the network off, asks for nothing, and fits a phone', async (t) => {
  const opened = await openFromDisk(t, dir, members);
  if (!opened) return;
  const { page: shown, happened } = opened;
  assert.deepEqual(happened, []);
  assert.equal(await shown.locator('h1').innerText(), 'A notice that vanished');
  assert.ok(
    await shown.evaluate('document.documentElement.scrollWidth <= innerWidth'),
    'nothing is wider than the screen',
  );
  assert.equal(
    await shown.evaluate('getComputedStyle(document.querySelector("blockquote")).borderLeftWidth'),
    '3px',
    'the style is in force',
  );
  await shown.locator('.says a[href^="#E-"]').first().click();
  assert.match(shown.url(), /#E-[0-9A-Z]{10}$/);
});

/** Ids, hashes, times and what the page makes choices by. */
const KEPT = new Set(
  'id notice exhibit record hash listVersion at key kind type basis op presence actor class relation said published firstSeen lastSeen firstMissing confirmed from to on language case between other observations warc list entry regime verdict state documentKind glosses passages'.split(
    ' ',
  ),
);

test('each exhibit is there as WACZ too; limits and formats leave out what they say, in words', async () => {
  const paths = [...members.keys()].filter((each) => each.startsWith('wacz/'));
  assert.equal(paths.length, report.noticeList.flatMap(({ exhibits }) => exhibits).length);
  const { verdict, claims } = await verifyFile(members.get(paths[0]!)!, { trust: [parts.store.log.vkey] });
  assert.equal(verdict, 'ok', JSON.stringify(claims));
  const told: string[] = [];
  const publication = { rules: 'not-published', tell: (line: string) => void told.push(line) } as const;
  const small = await filesOf(await buildDossier(report, { ...(await options()), publication, waczMaxBytes: 3_000 }));
  assert.ok([...small.keys()].filter((each) => each.startsWith('wacz/')).length < paths.length);
  assert.match(told.join(), /of \d exhibits have no WACZ here: .* more than 3000 bytes together/);
  assert.match(Buffer.from(small.get('index.html')!).toString(), /What was left out.*exhibits have no WACZ here/s);
  const few = await filesOf(await buildDossier(report, { ...(await options()), formats: parseFormats('ftm, csv') }));
  const held = ['index.html', 'case.json', 'tables/claims.csv', 'ftm/entities.json', 'stix/bundle.json', 'verify.html'];
  assert.deepEqual(
    held.filter((each) => few.has(each)),
    ['index.html', 'tables/claims.csv', 'ftm/entities.json', 'verify.html'],
  );
  assert.doesNotMatch(Buffer.from(few.get('README.txt')!).toString(), /case\.json|stix\/|wacz\//);
  assert.throws(() => parseFormats('docx'), /there is no dossier format docx/);
});

test('a changed byte in the page, an export, a package or the print fails, and the place is named', async () => {
  const print = () => Promise.resolve(utf8('%PDF-1.4 a print'));
  const whole = await buildDossier(report, { ...(await options()), formats: parseFormats('zip'), print });
  for (const path of [
    'index.html',
    'ftm/entities.json',
    'stix/bundle.json',
    'dossier.pdf',
    'wacz/',
    'tables/rules.csv',
  ]) {
    const { bytes, path: place } = (await readZip(whole)).find((each) => each.path.startsWith(path))!;
    const changed = Buffer.from(whole);
    const at = changed.indexOf(Buffer.from(bytes)) + bytes.length - 3;
    changed[at] = changed[at]! ^ 1;
    const { verdict, claims } = await verifyFile(changed);
    assert.deepEqual([verdict, claims.at(-1)!.detail.includes(place)], ['failed', true], JSON.stringify(claims.at(-1)));
  }
});

test('records that were left out are said in the report, whose links lead to the copy without them', async () => {
  const [exhibit] = report.noticeList[0]!.exhibits;
  const redact = {
    records: [`${exhibit!}:request`],
    findings: false,
    reason: 'names a <b>source</b>',
    by: 'the editors',
  };
  const cut = await buildDossier(report, { ...(await options()), publication: { rules: 'not-published', redact } });
  assert.equal((await verifyFile(cut)).verdict, 'ok');
  const files = await filesOf(cut);
  const text = Buffer.from(files.get('index.html')!).toString();
  assert.match(text, /Left out of this copy: WARC record 3 \(request, \d+ bytes\), by .*names a &lt;b&gt;source/);
  for (const [, href] of text.matchAll(/href="([^"#]+)"/g)) assert.ok(files.has(href!), href);
  assert.ok(text.includes('.redacted.warc.gz') && !files.has(`wacz/${exhibit!}.wacz`));
});

test('the print has the words, the links and nothing of this machine', async (t) => {
  if (CHROMIUM === undefined) {
    skipOrFail(t, 'no Chromium is installed');
    return;
  }
  const created = new Date('2024-06-07T08:09:10Z');
  const pdf = Buffer.from(await printPage({ html: textOf('index.html'), created }, { chromium: CHROMIUM }));
  const text = pdf.toString('latin1');
  assert.match(text, /^%PDF-1/);
  assert.ok(
    text.includes(`/URI (${[...members.keys()].find((each) => each.startsWith('exhibits/'))!})`),
    'links to files',
  );
  assert.match(text, /\/Dests|\/Dest/, 'links within');
  assert.match(text, /\/CreationDate ?\(D:20240607080910\+00'00'\)/);
  assert.doesNotMatch(text, /dossier\.invalid|Chrom|Skia|Linux|Mozilla|file:\/\//);
  assert.match(text, /CJK|Han|Song|Hei|WenQuan/i, 'a font that has the characters');
});

test('a published dossier is shown to whoever knows its id, as it was made, and no longer when withdrawn', async () => {
  const app = createApp(parts);
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    app.request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1', ...headers } });
  /** What is around the dossier is in the reader's language; the dossier itself is as it was made. */
  const inEveryLanguage = async (path: string, status: number): Promise<void> => {
    const marked = await speak({ language: 'en', marks: MARKS }, async () => (await get(path)).text());
    assert.deepEqual(unspoken(marked), []);
    for (const language of Object.keys(LANGUAGES)) {
      const answer = await get(path, { cookie: `asposted-language=${language}` });
      assert.deepEqual([answer.status, answer.headers.get('content-language')], [status, language]);
      assert.match(await answer.text(), new RegExp(`<html lang="${language}">`));
    }
  };
  const { dir: store } = parts.store;
  const about = { title: `${report.title} ${xssAttempt(0)}`, case: report.id, published: instant(parts.clock.now()) };
  const { id } = await publishBundle(store, bundle, about);
  assert.equal(id, idFromHash('D', sha256Hex(bundle)));
  assert.equal((await get(`/d/${id}`)).headers.get('location'), `/d/${id}/`);
  const front = await get(`/d/${id}/`);
  const page = await front.text();
  assert.match(page, /vanished &lt;script&gt;alert\(0\)/);
  for (const [, href] of page.matchAll(/href="([^"]+)"/g))
    assert.equal((await get(`/d/${id}/${href!}`)).status, 200, href);
  assert.match(page, new RegExp(`<style>${STYLE_START}`), 'the style stands as it is, for its hash');
  await inEveryLanguage(`/d/${id}/`, 200);
  const shown = await get(`/d/${id}/index.html`, { cookie: 'asposted-language=ru' });
  assert.equal(shown.headers.get('content-language'), null);
  assert.deepEqual(Buffer.from(await shown.arrayBuffer()), Buffer.from(members.get('index.html')!));
  for (const each of [front, shown])
    assert.match(
      each.headers.get('content-security-policy')!,
      /^default-src 'none'; style-src 'sha256-[^;]*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
  const zip = await get(`/d/${id}/dossier.zip`);
  assert.equal(sha256Hex(new Uint8Array(await zip.arrayBuffer())), sha256Hex(bundle));
  const part = await get(`/d/${id}/tables/claims.csv`);
  assert.match(part.headers.get('content-disposition')!, /^attachment; filename="claims\.csv"$/);
  assert.match(part.headers.get('content-security-policy')!, /sandbox/);
  assert.match(await (await get(`/d/${id}/verify.html`)).text(), /script-src 'sha256-/);
  const others = [
    '/d',
    '/d/',
    '/d/D-0000000000',
    `/d/${id}/entry.json`,
    `/d/${id}/../entry.json`,
    `/d/${id}/..%2fentry.json`,
    `/d/${id}/%2e%2e/${id}/entry.json`,
    '/d/../published',
  ];
  for (const path of others) assert.equal((await get(path)).status, 404, path);
  parts.clock.advance(86_400_000);
  const at = instant(parts.clock.now());
  await withdrawDossier(store, id, at);
  for (const path of ['', 'index.html', 'dossier.zip']) {
    const gone = await get(`/d/${id}/${path}`);
    assert.equal(gone.status, 410);
    assert.match(await gone.text(), new RegExp(`withdrawn on ${at.slice(0, 10)}`));
  }
  await inEveryLanguage(`/d/${id}/`, 410);
  await assert.rejects(withdrawDossier(store, 'D-0000000000', at), { code: 'NOT_FOUND' });
});

test('of hundreds of stored attempts in every text of a case none runs, and none asks for anything', async (t) => {
  const { value, attempts } = withXss(report, KEPT);
  assert.ok(attempts > 300 && attempts > XSS_SHAPES, `${attempts} attempts`);
  const named = {
    ...value,
    glosses: Object.fromEntries(Object.keys(report.glosses).map((each, at) => [each, xssAttempt(at)])),
  };
  const files = await filesOf(await buildDossier(named, await options()));
  const opened = await openFromDisk(t, dir, files);
  if (!opened) return;
  assert.deepEqual(opened.happened, []);
  const text = await opened.page.innerText('main');
  for (const shown of ['<script>alert(', '"><img src=x onerror=alert(', '\\u202e<script>'])
    assert.ok(text.includes(shown), shown);
  t.diagnostic(`${attempts} attempts of ${XSS_SHAPES} shapes`);
  for (const [path, bytes] of files) {
    if (!path.startsWith('tables/')) continue;
    for (const cell of Buffer.from(bytes)
      .toString('utf8')
      .split(/\r\n|,/))
      assert.doesNotMatch(cell, /^"?[=+\-@\t\r]/, path);
  }
});

test('the attempts are alive: without escaping and without a policy most of them run or ask', async (t) => {
  const raw = Array.from({ length: XSS_SHAPES }, (_, at) => `<div>${xssAttempt(at)}</div>`).slice(0, 34);
  const opened = await openFromDisk(
    t,
    dir,
    new Map([['index.html', utf8(`<!doctype html><meta charset=utf-8>${raw.join('\n')}`)]]),
  );
  if (!opened) return;
  assert.ok(new Set(opened.happened).size >= 10, opened.happened.join('\n'));
});
