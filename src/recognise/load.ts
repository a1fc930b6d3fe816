/** Reading the catalogue from disk: the only effect of this stage, apart from the recognition itself. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AsPostedError } from '../model/index.js';
import { type Catalogue, addToCatalogue, assembleCatalogue } from './catalogue.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The shipped catalogue: compiled JSON when the package was built (YAML costs 50 ms to load, facts/stack §9), else the YAML
 * files themselves. `dir` names another catalogue folder, read as YAML; `own` a folder of entries on top. Throws BAD_CATALOGUE.
 */
export async function loadCatalogue({ dir, own = '' }: { dir?: string; own?: string } = {}): Promise<Catalogue> {
  const base = await baseCatalogue(dir);
  if (own === '') return base;
  const { files, version } = await readFolder(own);
  return addToCatalogue(base, files, version);
}

async function baseCatalogue(dir: string | undefined): Promise<Catalogue> {
  const compiled = join(root, 'dist', 'catalogue.json');
  if (dir === undefined && import.meta.url.endsWith('.js') && existsSync(compiled))
    return JSON.parse(await readFile(compiled, 'utf8')) as Catalogue;
  return readCatalogue(dir ?? join(root, 'catalogue'));
}

export async function readCatalogue(dir: string): Promise<Catalogue> {
  const { files, version } = await readFolder(dir);
  return assembleCatalogue(files, version);
}

async function readFolder(dir: string): Promise<{ files: Map<string, unknown>; version: string }> {
  const { parse, YAMLParseError } = await import('yaml');
  const found = await readdir(dir, { recursive: true }).catch((cause: unknown) => {
    throw new AsPostedError({
      code: 'BAD_CATALOGUE',
      message: `the catalogue folder ${dir} cannot be read`,
      hint: 'Name a folder that is there.',
      cause,
    });
  });
  const names = found
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
  const files = new Map<string, unknown>();
  const hash = createHash('sha256');
  for (const name of names) {
    const text = await readFile(join(dir, name), 'utf8');
    hash.update(`${name}\n${text}`);
    try {
      files.set(name, parse(text));
    } catch (cause) {
      const line = cause instanceof YAMLParseError ? `, line ${cause.linePos?.[0].line ?? '?'}` : '';
      throw new AsPostedError({
        code: 'BAD_CATALOGUE',
        message: `catalogue file ${name}${line} is not valid YAML`,
        hint: 'Correct the file and try again; nothing was changed.',
        cause,
      });
    }
  }
  return { files, version: `sha256:${hash.digest('hex').slice(0, 16)}` };
}
