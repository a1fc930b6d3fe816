/** What the strict WACZ verifier finds (facts/evidence §9): one list of codes, so that a verdict can be compared between programs. */
import type { ZipCode } from './zip-container.js';

export type WaczCode =
  | ZipCode
  /** Step 2. */
  | 'manifest'
  | 'old-manifest'
  /** Step 3. */
  | 'missing'
  | 'unlisted'
  | 'size'
  | 'hash'
  | 'must-be-stored'
  | 'no-warc'
  | 'no-index'
  | 'no-pages'
  /** Steps 4 to 6. */
  | 'datapackage-hash'
  | 'signed-shape'
  | 'signed-hash'
  | 'created'
  | 'signature'
  | 'chain'
  | 'root'
  | 'domain'
  | 'timestamp-imprint'
  | 'timestamp-signature'
  | 'timestamp-chain'
  | 'time-window'
  /** Steps 7 to 9. */
  | 'record-form'
  | 'record-digest'
  | 'index'
  | 'page';

/** `error`: the package is not what it says · `untrusted`: right, but by nobody the caller trusts · `warning`: worth knowing. */
export type WaczSeverity = 'error' | 'untrusted' | 'warning';

export interface WaczFinding {
  code: WaczCode;
  severity: WaczSeverity;
  path?: string;
  offset?: number;
  sentence: string;
}

/** `strict`: as As Posted writes packages · `foreign`: habits of other tools that hide nothing are warnings. */
export type WaczMode = 'strict' | 'foreign';

export type WaczSigner =
  | { kind: 'none' }
  /** Signed data of no known form. */
  | { kind: 'unclear' }
  /** A key without a name; `key` is the SHA-256 of its SPKI. */
  | { kind: 'anonymous'; key: string; publicKey: string }
  /** `stamped`: the time the time stamp gives; undefined where stamp and chain were not checked. */
  | { kind: 'domain'; domain: string; stamped: string | undefined };

type Place = Pick<WaczFinding, 'path' | 'offset'>;

/** Collects findings; a habit is an error in strict mode and a warning in foreign mode. */
export class Findings {
  readonly all: WaczFinding[] = [];
  readonly unchecked: string[] = [];
  mode: WaczMode = 'strict';

  error(code: WaczCode, sentence: string, place: Place = {}): void {
    this.all.push({ code, severity: 'error', ...place, sentence });
  }

  habit(code: WaczCode, sentence: string, place: Place = {}): void {
    this.all.push({ code, severity: this.mode === 'strict' ? 'error' : 'warning', ...place, sentence });
  }

  warning(code: WaczCode, sentence: string, place: Place = {}): void {
    this.all.push({ code, severity: 'warning', ...place, sentence });
  }

  untrusted(code: WaczCode, sentence: string, place: Place = {}): void {
    this.all.push({ code, severity: 'untrusted', ...place, sentence });
  }

  notChecked(sentence: string): void {
    this.unchecked.push(sentence);
  }

  absorb({ all, unchecked }: Findings): void {
    this.all.push(...all);
    this.unchecked.push(...unchecked);
  }
}

/** Members by path, as the container reader gave them. */
export type Members = ReadonlyMap<string, { path: string; bytes?: Uint8Array; method: number }>;

export const DATAPACKAGE = 'datapackage.json';
export const DIGEST = 'datapackage-digest.json';
