// The pictures of docs/160-screens.md: plays the demo, serves it, and photographs each screen, wide and as on a phone.
//   npm run build && node scripts/screens.mjs
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'asposted-screens-'));
const store = join(folder, 'store');
const target = join(root, 'docs', 'screens');
mkdirSync(target, { recursive: true });
execFileSync(process.execPath, [main, 'demo', '--store', store], { stdio: 'ignore' });
const server = spawn(
  process.execPath,
  [main, 'serve', '--no-watch', '--json', '--listen', '127.0.0.1:0', '--store', store],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  const { address } = JSON.parse(await new Promise((resolve) => server.stdout.once('data', resolve)));
  const ask = async (path) => (await (await fetch(`${address}/api/v1/${path}`)).json()).items;
  const removed = (await ask('notices')).find(({ presence }) => presence === 'removed');
  const [[opened], [source]] = [await ask('cases'), await ask('sources')];
  const screens = {
    inbox: '/',
    sources: '/sources',
    source: `/sources/${source.id}`,
    notice: `/notices/${removed.id}`,
    copies: `/notices/${removed.id}/copies`,
    exhibit: `/exhibits/${removed.exhibits[0]}`,
    good: '/goods/drone_jammer',
    case: `/cases/${opened.id}`,
    dossier: `/cases/${opened.id}/dossier`,
    search: '/search?q=drone+jammer',
    removals: '/removals',
    system: '/system',
    verify: '/verify',
  };
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  for (const [size, viewport] of [
    ['wide', { width: 1_200, height: 900 }],
    ['phone', { width: 375, height: 812 }],
  ]) {
    const page = await browser.newPage({ viewport });
    for (const [name, path] of Object.entries(screens)) {
      await page.goto(`${address}${path}`);
      await page.screenshot({ path: join(target, `${name}-${size}.png`) });
    }
  }
  // The same in other languages and in the dark.
  for (const [name, locale, colorScheme] of [
    ['inbox-ru', 'ru', 'light'],
    ['inbox-zh-Hant', 'zh-TW', 'dark'],
  ]) {
    const page = await (
      await browser.newContext({ locale, colorScheme, viewport: { width: 1_200, height: 900 } })
    ).newPage();
    await page.goto(`${address}/`);
    await page.screenshot({ path: join(target, `${name}.png`) });
  }
  await browser.close();
} finally {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
