/** The page lists of a package (facts/evidence §6, §9 step 9): a page listed is a page captured. */
import { type CdxjLine, timestampOf } from './cdxj.js';
import { fromUtf8 } from './hash.js';
import { type JsonObject, isObject, parseStrictJson } from './strict-json.js';
import type { Findings, Members } from './wacz-finding.js';
import { type WaczManifest, isInstant } from './wacz-manifest.js';

const MAX_LINE = 2 ** 20;
const MINUTE = 60_000;

export function checkPages(
  members: Members,
  { manifest, lines }: { manifest: WaczManifest; lines: readonly CdxjLine[] },
  findings: Findings,
): void {
  const captures = new Map<string, string[]>();
  for (const { url, timestamp } of lines) captures.set(url, [...(captures.get(url) ?? []), timestamp]);
  const pages = new Set<string>();
  for (const [path, { bytes }] of members) {
    if (!bytes || !/^pages\/[^/]+\.jsonl$/.test(path)) continue;
    const text = fromUtf8(bytes);
    if (text === undefined) {
      findings.error('page', 'it is not UTF-8', { path });
      continue;
    }
    const list = text.split('\n');
    if (list.at(-1) === '') list.pop();
    for (const [at, raw] of list.entries()) {
      const problem = at === 0 ? headProblem(raw) : checkPage(raw, { captures, pages });
      if (problem === undefined) continue;
      const sentence = `line ${at + 1}: ${problem.sentence}`;
      if (problem.habit) findings.habit('page', sentence, { path });
      else findings.error('page', sentence, { path });
    }
  }
  const main = manifest.fields['mainPageUrl'] ?? manifest.fields['mainPageURL'];
  if (main !== undefined && (typeof main !== 'string' || !pages.has(main)))
    findings.habit('page', 'the main page of the manifest is not in the page list', { path: 'datapackage.json' });
}

interface Problem {
  sentence: string;
  habit: boolean;
}

const wrong = (sentence: string): Problem => ({ sentence, habit: false });
const habit = (sentence: string): Problem => ({ sentence, habit: true });

function objectOf(raw: string): JsonObject | string {
  if (raw.length > MAX_LINE) return 'it is longer than 1 MiB';
  const parsed = parseStrictJson(raw);
  if (parsed.problem !== undefined) return `its JSON cannot be used: ${parsed.problem}`;
  return isObject(parsed.value) ? parsed.value : 'it is no JSON object';
}

function headProblem(raw: string): Problem | undefined {
  const head = objectOf(raw);
  if (typeof head === 'string') return wrong(head);
  return head['format'] === 'json-pages-1.0' ? undefined : wrong('it does not begin with the format json-pages-1.0');
}

interface PageContext {
  captures: ReadonlyMap<string, readonly string[]>;
  pages: Set<string>;
}

function checkPage(raw: string, { captures, pages }: PageContext): Problem | undefined {
  const page = objectOf(raw);
  if (typeof page === 'string') return wrong(page);
  const { url, ts, title } = page;
  if (typeof url !== 'string' || typeof ts !== 'string' || !isInstant(ts)) return wrong('it has no url or no time ts');
  pages.add(url);
  // Shown as text everywhere; an object here would be somebody's try at something else.
  if (title !== undefined && typeof title !== 'string') return wrong('its title is no text');
  const times = captures.get(url) ?? captures.get(url.replace(/#[^]*$/, ''));
  if (!times) return wrong('no capture of this page is in the index');
  const wanted = timestampOf(new Date(ts).toISOString());
  if (times.some((time) => wanted.startsWith(time) || time.startsWith(wanted.slice(0, 14)))) return undefined;
  const near = times.some((time) => Math.abs(instantOf(time) - Date.parse(ts)) <= MINUTE);
  return near
    ? habit('its time is near that of its capture, not the same')
    : habit('its time is not that of its capture');
}

function instantOf(timestamp: string): number {
  const [, year, month, day, hour, minute, second, ms = '000'] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})?$/.exec(timestamp) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}
