/**
 * Two states of what a publisher serves of contracting processes (facts/watching §6.1). Releases never change and never go:
 * an edit is a new release. So a release that is gone, or that says something else now, is a broken promise, while a
 * cancellation or an amendment is an ordinary status.
 */
import { type Json, type JsonObject, isJsonObject, numberAt, objectAt, objectsAt, textAt, textsAt } from './json.js';
import { stableUrl } from './ocds.js';

export type RecordFinding =
  | { kind: 'status'; ocid: string; before: string; after: string }
  /** A new release that says so by its tag: tenderAmendment, tenderCancellation, contractTermination … */
  | { kind: 'release-added'; ocid: string; release: string; tags: string[] }
  | { kind: 'release-missing'; ocid: string; release: string }
  /** The known id with other content: the gravest. `paths`: where they differ, the first few. */
  | { kind: 'release-changed'; ocid: string; release: string; paths: string[] }
  /** The whole process is not in the later state. Of a list that rolls that means nothing; of its own address it does. */
  | { kind: 'process-missing'; ocid: string };

const MOST_PATHS = 20;
/** Deeper than any release; what lies below counts as different: this is no place to guess. */
const MAX_DEPTH = 200;

/** What changed from one package (or single record, or release) to another; the gravest first. */
export function compareRecordStates(before: Json, after: Json): RecordFinding[] {
  const [old, fresh] = [processesOf(before), processesOf(after)];
  const findings = [...old].flatMap(([ocid, process]): RecordFinding[] => {
    const now = fresh.get(ocid);
    return now ? compareProcess(ocid, process, now) : [{ kind: 'process-missing', ocid }];
  });
  return findings.sort((a, b) => GRAVITY.indexOf(a.kind) - GRAVITY.indexOf(b.kind));
}

const GRAVITY: readonly RecordFinding['kind'][] = [
  'release-changed',
  'release-missing',
  'process-missing',
  'status',
  'release-added',
];

interface Process {
  status: string;
  releases: Map<string, JsonObject>;
}

function compareProcess(ocid: string, before: Process, after: Process): RecordFinding[] {
  const findings: RecordFinding[] = [];
  for (const [release, content] of before.releases) {
    const now = after.releases.get(release);
    if (!now) findings.push({ kind: 'release-missing', ocid, release });
    // One side may hold a link only (`url`, `date`, `tag`): then there is nothing to hold against each other.
    else if (!isLink(content) && !isLink(now)) {
      const paths = differences(content, now);
      if (paths.length > 0) findings.push({ kind: 'release-changed', ocid, release, paths });
    }
  }
  for (const [release, content] of after.releases)
    if (!before.releases.has(release))
      findings.push({ kind: 'release-added', ocid, release, tags: textsAt(content, 'tag') });
  if (before.status !== after.status)
    findings.push({ kind: 'status', ocid, before: before.status, after: after.status });
  return findings;
}

function processesOf(json: Json): Map<string, Process> {
  const found = new Map<string, Process>();
  if (!isJsonObject(json)) return found;
  const take = (ocid: string | undefined, releases: readonly JsonObject[], compiled: JsonObject | undefined): void => {
    if (ocid === undefined) return;
    const process = found.get(ocid) ?? { status: '', releases: new Map<string, JsonObject>() };
    for (const each of releases) {
      const id = numberAt(each, 'id') ?? textAt(each, 'url');
      if (id !== undefined) process.releases.set(id, each);
      process.status = statusOf(each) ?? process.status;
    }
    process.status = statusOf(compiled) ?? process.status;
    found.set(ocid, process);
  };
  for (const record of objectsAt(json, 'records'))
    take(textAt(record, 'ocid'), byDate(objectsAt(record, 'releases')), objectAt(record, 'compiledRelease'));
  for (const release of byDate(objectsAt(json, 'releases'))) take(textAt(release, 'ocid'), [release], undefined);
  if (textAt(json, 'ocid') !== undefined)
    if (json['releases'] === undefined) take(textAt(json, 'ocid'), [json], undefined);
    else take(textAt(json, 'ocid'), byDate(objectsAt(json, 'releases')), objectAt(json, 'compiledRelease'));
  return found;
}

function byDate(releases: readonly JsonObject[]): JsonObject[] {
  return [...releases].sort((a, b) => ((textAt(a, 'date') ?? '') < (textAt(b, 'date') ?? '') ? -1 : 1));
}

/** `tender.status`, and what the awards and contracts say of themselves. */
function statusOf(state: JsonObject | undefined): string | undefined {
  const tender = textAt(objectAt(state, 'tender'), 'status');
  const deals = ['awards', 'contracts'].flatMap((key) =>
    objectsAt(state, key).map((each) => `${key} ${numberAt(each, 'id') ?? ''}: ${textAt(each, 'status') ?? ''}`),
  );
  const all = [...(tender === undefined ? [] : [tender]), ...deals];
  return all.length === 0 ? undefined : all.join('; ');
}

function isLink(release: JsonObject): boolean {
  return textAt(release, 'ocid') === undefined && textAt(release, 'url') !== undefined;
}

/** Paths at which two values differ, in their order; addresses are held against each other without their signatures. */
function differences(a: Json, b: Json): string[] {
  const found: string[] = [];
  const walk = (left: Json | undefined, right: Json | undefined, path: string, depth: number): void => {
    if (found.length >= MOST_PATHS) return;
    if (depth <= MAX_DEPTH && Array.isArray(left) && Array.isArray(right)) {
      for (let at = 0; at < Math.max(left.length, right.length); at++)
        walk(left[at], right[at], `${path}[${at}]`, depth + 1);
    } else if (depth <= MAX_DEPTH && isJsonObject(left) && isJsonObject(right)) {
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
        walk(own(left, key), own(right, key), path === '' ? key : `${path}.${key}`, depth + 1);
    } else if (!same(left, right)) found.push(path);
  };
  walk(a, b, '', 0);
  return found;
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  return stableUrl(a) !== '' && stableUrl(a) === stableUrl(b);
}
