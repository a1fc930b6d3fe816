/** The manifest of a WACZ, its files and its digest (facts/evidence §6, §9 steps 2 to 4): every member is listed, every listed file is there. */
import { sha256Hex } from './hash.js';
import { type JsonObject, isObject, parseStrictJson } from './strict-json.js';
import { DATAPACKAGE, DIGEST, type Findings, type Members } from './wacz-finding.js';
import { pathProblem } from './zip-name.js';

export interface WaczResource {
  name: string | undefined;
  path: string;
  hash: string;
  bytes: number;
}

export interface WaczManifest {
  fields: JsonObject;
  /** Undefined where it is absent or no text. */
  software: string | undefined;
  created: string | undefined;
  resources: WaczResource[];
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

export const isInstant = (text: string): boolean => RFC3339.test(text) && !Number.isNaN(Date.parse(text));

/** Packages that say they are ours are held to how we write them (facts/evidence §9 step 11). */
export const isOwn = (software: string | undefined): boolean => software !== undefined && /^asposted\b/.test(software);

/** Read by offset, so that nothing may lie packed in them. */
export const mustBeStored = (path: string): boolean => path.startsWith('archive/') || path.endsWith('.cdx.gz');

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads the JSON only; `checkManifest` judges it, once the mode is known. */
export function openManifest(members: Members, findings: Findings): WaczManifest | undefined {
  const bytes = members.get(DATAPACKAGE)?.bytes;
  const place = { path: DATAPACKAGE };
  if (!bytes) {
    findings.error('manifest', 'it is missing or cannot be read', place);
    return undefined;
  }
  const parsed = parseStrictJson(bytes);
  if (parsed.problem !== undefined || !isObject(parsed.value)) {
    findings.error('manifest', parsed.problem ?? 'it is no JSON object', place);
    return undefined;
  }
  const fields = parsed.value;
  return { fields, software: text(fields['software']), created: text(fields['created']), resources: [] };
}

export function checkManifest(manifest: WaczManifest, findings: Findings): void {
  const { fields, created } = manifest;
  const place = { path: DATAPACKAGE };
  if (fields['profile'] === undefined) findings.habit('manifest', 'it names no profile', place);
  else if (fields['profile'] !== 'data-package') findings.error('manifest', 'its profile is not data-package', place);
  if (!/^1\.\d{1,3}(?:\.\d{1,3})?$/.test(text(fields['wacz_version']) ?? ''))
    findings.error('manifest', 'its wacz_version is missing or not 1.x', place);
  if (created === undefined || !isInstant(created))
    findings.habit('created', 'it does not say when it was made', place);
  else if (!/T\d\d:\d\d:\d\dZ$/.test(created)) findings.habit('created', 'its time is not in whole seconds UTC', place);
  const list = fields['resources'];
  if (!Array.isArray(list)) {
    findings.error('manifest', 'it has no list of resources', place);
    return;
  }
  const seen = new Set<string>();
  for (const [number, each] of (list as unknown[]).entries()) {
    const resource = readResource(each, number, findings);
    if (!resource) continue;
    const folded = resource.path.normalize('NFC').toLowerCase();
    if (seen.has(folded)) findings.error('manifest', `it lists ${resource.path} twice`, place);
    else manifest.resources.push(resource);
    seen.add(folded);
  }
}

function readResource(value: unknown, number: number, findings: Findings): WaczResource | undefined {
  const place = { path: DATAPACKAGE };
  const what = `resource ${number + 1}`;
  if (!isObject(value)) {
    findings.error('manifest', `${what} is no object`, place);
    return undefined;
  }
  const path = text(value['path']);
  if (path === undefined || path.endsWith('/') || pathProblem(path) !== undefined) {
    findings.error('manifest', `${what} has no path or one that leaves the package`, place);
    return undefined;
  }
  if (isObject(value['stats'])) {
    findings.error('old-manifest', 'it is listed in the form of WACZ 1.0.0, whose hashes are not read', { path });
    return { name: undefined, path, hash: '', bytes: -1 };
  }
  const { hash, bytes } = value;
  if (typeof hash !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(hash))
    findings.error('manifest', 'its hash is not sha256: and 64 lower-case hex digits', { path });
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0)
    findings.error('manifest', 'its size is not a whole number', { path });
  return { name: text(value['name']), path, hash: text(hash) ?? '', bytes: typeof bytes === 'number' ? bytes : -1 };
}

/** Both ways: what is listed is there and has its hash; what is there is listed. */
const RESERVED = /^(?:archive|indexes|pages)\/./;
const OF_FORMAT = /^(?:archive\/[^/]+\.warc(?:\.gz)?|indexes\/[^/]+\.(?:cdxj?(?:\.gz)?|idx)|pages\/[^/]+\.jsonl)$/;

export interface FileChecks {
  findings: Findings;
  /** Lower-case hex. */
  sha256Of: (path: string, bytes: Uint8Array) => string;
}

export function checkFiles({ resources }: WaczManifest, members: Members, { findings, sha256Of }: FileChecks): void {
  const listed = new Set([DATAPACKAGE, DIGEST]);
  for (const { path, hash, bytes } of resources) {
    listed.add(path);
    const member = members.get(path);
    if (!member?.bytes) {
      findings.error('missing', member ? 'it is listed, but cannot be read' : 'it is listed, but not there', { path });
      continue;
    }
    if (bytes >= 0 && member.bytes.length !== bytes)
      findings.error('size', `it has ${member.bytes.length} bytes, listed are ${bytes}`, { path });
    if (hash !== '' && `sha256:${sha256Of(path, member.bytes)}` !== hash)
      findings.error('hash', 'it is not the file that was listed', { path });
  }
  for (const [path, { method }] of members) {
    if (path.endsWith('/')) findings.habit('unlisted', 'it is a directory entry', { path });
    else if (!listed.has(path)) findings.error('unlisted', 'it was added: the manifest does not list it', { path });
    if (RESERVED.test(path) && !OF_FORMAT.test(path))
      findings.habit('manifest', 'the folder it lies in is for files of the format', { path });
    if (method !== 0 && mustBeStored(path))
      findings.error('must-be-stored', 'it is deflated, so that its offsets mean nothing', { path });
  }
  const has = (pattern: RegExp): boolean => [...members.keys()].some((path) => pattern.test(path));
  if (!has(/^archive\/[^/]+\.warc(?:\.gz)?$/)) findings.error('no-warc', 'it holds no WARC in archive/');
  if (!has(/^indexes\/[^/]+$/)) findings.error('no-index', 'it holds no index in indexes/');
  if (!has(/^pages\/pages\.jsonl$/)) findings.error('no-pages', 'it holds no pages/pages.jsonl');
}

export interface WaczDigest {
  fields: JsonObject;
  bytes: Uint8Array;
  /** As it should be: of datapackage.json as it lies in the package. */
  hash: string;
  signedData: unknown;
}

/** `datapackage-digest.json`: the hash of the manifest, and the signature over it, where there is one. */
export function checkDigest(members: Members, findings: Findings): WaczDigest | undefined {
  const place = { path: DIGEST };
  const member = members.get(DIGEST);
  const manifest = members.get(DATAPACKAGE)?.bytes;
  if (!member) {
    findings.habit('datapackage-hash', 'it is not there: nothing says which manifest was made', place);
    return undefined;
  }
  const parsed = member.bytes ? parseStrictJson(member.bytes) : { problem: 'it cannot be read' };
  if (parsed.problem !== undefined || !isObject(parsed.value)) {
    findings.error('datapackage-hash', parsed.problem ?? 'it is no JSON object', place);
    return undefined;
  }
  const fields = parsed.value;
  if (fields['path'] !== DATAPACKAGE) findings.error('datapackage-hash', 'it speaks of another file', place);
  const hash = manifest ? `sha256:${sha256Hex(manifest)}` : '';
  if (fields['hash'] !== hash)
    findings.error('datapackage-hash', 'datapackage.json is not the manifest this digest was made for', place);
  return { fields, bytes: member.bytes!, hash, signedData: fields['signedData'] };
}
