// Takes the TypeScript of this repository as scripts/test.mjs compiled it, once for all test files. Modules keep the address of
// their source, so whatever asks for its own sees the same as under tsx.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url).href;
const compiledOf = (url) => fileURLToPath(new URL(`node_modules/.cache/tests/${url.slice(root.length, -3)}.js`, root));
const isOurs = (url) => url.startsWith(root) && url.endsWith('.ts') && !url.includes('/node_modules/');

export async function resolve(specifier, context, next) {
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL && isOurs(context.parentURL)) {
    const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL).href;
    if (isOurs(url) && existsSync(compiledOf(url))) return { url, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!isOurs(url) || !existsSync(compiledOf(url))) return next(url, context);
  return { format: 'module', source: readFileSync(compiledOf(url), 'utf8'), shortCircuit: true };
}
