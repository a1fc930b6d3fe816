import { readFileSync } from 'node:fs';

/** `asposted 0.1.0`, from the package that runs. */
export function software(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return `asposted ${(JSON.parse(text) as { version: string }).version}`;
}
