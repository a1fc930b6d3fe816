// The static page that checks evidence: one HTML file without anything from elsewhere, in dist/verify.html.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const read = (relative) => readFileSync(path(relative), 'utf8');

const web = {
  name: 'web platform',
  setup(built) {
    built.onResolve({ filter: /^\.\/platform\.js$/ }, () => ({ path: path('src/verify/platform-web.ts') }));
  },
};
const { outputFiles } = await build({
  entryPoints: [path('web/verify/page.ts')],
  bundle: true,
  format: 'iife',
  minify: true,
  charset: 'utf8',
  target: 'es2022',
  platform: 'browser',
  legalComments: 'inline',
  plugins: [web],
  write: false,
  logLevel: 'warning',
});
const hashOf = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const script = `\n${outputFiles[0].text}`;
const style = `\n${read('web/verify/page.css')}`;
const values = {
  script,
  style,
  'script-hash': hashOf(script),
  'style-hash': hashOf(style),
  version: JSON.parse(read('package.json')).version,
};
// A function, as a script may hold what String.replace takes for a pattern; the hashes are of exactly what stands in the element.
const html = read('web/verify/page.html')
  .replace(/<(style|script)>\s*\{\{\1\}\}\s*<\/\1>/g, (_, name) => `<${name}>${values[name]}</${name}>`)
  .replace(/\{\{(script-hash|style-hash|version)\}\}/g, (_, name) => values[name]);
writeFileSync(path('dist/verify.html'), html);
