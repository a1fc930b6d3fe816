// The keys of the pages: one small script of our own origin, in dist/keys.js. Pages are whole without it.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
await build({
  entryPoints: [path('web/keys/keys.ts')],
  outfile: path('dist/keys.js'),
  bundle: true,
  format: 'iife',
  minify: true,
  charset: 'utf8',
  target: 'es2022',
  platform: 'browser',
  logLevel: 'warning',
});
