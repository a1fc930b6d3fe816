/** One source in a list that people pass on. */
export interface WatchEntry {
  /** Where it stands in the file, the first line being 1. */
  line: number;
  name: string;
  kind?: string;
  url?: string;
  options: Readonly<Record<string, unknown>>;
  everyMs?: number;
  state?: 'active' | 'paused';
}

/** A line that cannot be used: the others are. */
export interface BadLine {
  line: number;
  why: string;
}

export interface WatchList {
  entries: WatchEntry[];
  bad: BadLine[];
}

/** What is passed on of a source. */
export interface WatchedSource {
  kind: string;
  name: string;
  options: Readonly<Record<string, unknown>>;
  everyMs: number;
  state: 'active' | 'paused' | 'removed';
}

export const MOST_ENTRIES = 10_000;
const LONGEST_NAME = 200;

/** A name from elsewhere is shown in terminals and pages: one line, of a length to be read. */
export function nameOf(text: string, instead: string): string {
  const name = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return (name === '' ? instead : name).slice(0, LONGEST_NAME);
}

/** The addresses of a source in one text, as `url` of a list has them. */
export function urlsOf({ options }: WatchedSource): string {
  return [options['url'] ?? []].flat().map(String).join(' ');
}

export function otherOptions({ options }: WatchedSource): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'url'));
}

/** JSON of an options column: an object, or why not. */
export function optionsOf(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** `6h`: the largest unit that leaves nothing over. */
export function everyText(ms: number): string {
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ] as const)
    if (ms > 0 && ms % size === 0) return `${ms / size}${unit}`;
  return `${ms}ms`;
}
