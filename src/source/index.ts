import { readdir } from 'node:fs/promises';
import { AsPostedError } from '../model/index.js';
import type { SourceKind } from './source-kind.js';

export * from './source-kind.js';
export { checkScheme } from './scheme.js';
export { withoutSecrets } from './secrets.js';
export * from './watch-list/index.js';

/** Kinds are found by folder: adding one touches no other file. */
export async function loadSourceKinds(): Promise<SourceKind[]> {
  const folder = new URL('./kinds/', import.meta.url);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const modules = names
    .sort()
    .map(async (name) => (await import(new URL(`${name}/index.${extension}`, folder).href)) as { default: SourceKind });
  return (await Promise.all(modules)).map((module) => module.default);
}

/** The kind that is surest an address is its own, or the one named. */
export function chooseKind(kinds: readonly SourceKind[], address: string, named?: string): SourceKind {
  const known = `Known kinds: ${kinds.map(({ kind }) => kind).join(', ')}.`;
  if (named !== undefined) {
    const kind = kinds.find((each) => each.kind === named);
    if (!kind)
      throw new AsPostedError({ code: 'NO_SOURCE_KIND', message: `there is no source kind ${named}`, hint: known });
    return kind;
  }
  const [best] = kinds.map((kind) => ({ kind, sure: kind.accepts(address) })).sort((a, b) => b.sure - a.sure);
  if (!best || best.sure === 0)
    throw new AsPostedError({
      code: 'NO_SOURCE_KIND',
      message: `no source kind knows what to do with ${address}`,
      hint: `Name one with --kind. ${known}`,
    });
  return best.kind;
}
