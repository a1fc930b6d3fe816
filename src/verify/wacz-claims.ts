/** The findings about a WACZ as claims: what holds, by what it was checked, and what that does not show (facts/evidence §1). */
import type { VerifiedClaim, VerifyOptions } from './types.js';
import { type WaczOptions, type WaczReport, checkWacz } from './wacz.js';
import type { WaczCode, WaczFinding } from './wacz-finding.js';
import { type LogPart, logPart } from './wacz-log.js';

interface Part {
  claim: string;
  by: string;
  codes: readonly WaczCode[];
  detail: (report: WaczReport) => string;
}

const SIGNED: readonly WaczCode[] = [
  ...(['signed-shape', 'signed-hash', 'created', 'signature', 'chain', 'domain', 'time-window'] as const),
  ...(['root', 'timestamp-imprint', 'timestamp-signature', 'timestamp-chain'] as const),
];

const PARTS: readonly Part[] = [
  {
    claim: 'The container is whole',
    by: 'strict ZIP reading',
    codes: ['zip-crc', 'zip-duplicate', 'zip-name', 'zip-type', 'zip-local', 'zip-extra-bytes', 'zip-limit'],
    detail: ({ members }) => `${members} members, every byte belongs to one of them`,
  },
  {
    claim: 'No file of the package changed since its manifest was made',
    by: 'SHA-256 of every member in the manifest',
    codes: [
      ...(['manifest', 'old-manifest', 'missing', 'unlisted', 'size', 'hash', 'must-be-stored'] as const),
      ...(['no-warc', 'no-index', 'no-pages', 'datapackage-hash'] as const),
    ],
    detail: ({ created = 'at a time it does not state', software = 'a program it does not name' }) =>
      `made ${shown(created)} by ${shown(software)}`,
  },
  {
    claim: 'The signature over the manifest is right',
    by: 'the signed data in datapackage-digest.json',
    codes: SIGNED,
    detail: () => 'over this very manifest',
  },
  {
    claim: 'The records are as they were written',
    by: 'digests inside the WARC',
    codes: ['record-form', 'record-digest'],
    detail: ({ records }) => `${records} records`,
  },
  {
    claim: 'Index and page list show what was recorded',
    by: 'comparison with the records',
    codes: ['index', 'page'],
    detail: ({ captures }) => `${captures} captures`,
  },
];

/** A WACZ as claims. Any error fails; a signature nobody vouches for, or one not checked to the end, is unknown. */
export async function verifyWacz(
  bytes: Uint8Array,
  options: VerifyOptions & WaczOptions = {},
): Promise<VerifiedClaim[]> {
  const report = await checkWacz(bytes, options);
  const unsigned = report.signer.kind === 'none';
  const silent = ({ codes }: Part): boolean => unsigned && codes === SIGNED && !hasErrors(report.findings, codes);
  const claims = PARTS.filter((part) => !silent(part)).map((part) => claimOf(part, report));
  const log = await logPart(report, options);
  return [...claims, signerClaim(report, options, log), ...(log?.claims ?? []), limitsClaim(report)];
}

const hasErrors = (findings: readonly WaczFinding[], codes: readonly WaczCode[]): boolean =>
  findings.some(({ code, severity }) => severity === 'error' && codes.includes(code));

function claimOf({ claim, by, codes, detail }: Part, report: WaczReport): VerifiedClaim {
  const own = report.findings.filter(({ code }) => codes.includes(code));
  const errors = own.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { claim, verdict: 'failed', by, detail: list(errors) };
  const warnings = own.filter(({ severity }) => severity === 'warning');
  const also = warnings.length === 0 ? '' : `; noted: ${list(warnings)}`;
  return { claim, verdict: 'ok', by, detail: `${detail(report)}${also}` };
}

const SHOWN = 8;

function list(findings: readonly WaczFinding[]): string {
  const lines = findings.slice(0, SHOWN).map(({ code, path, offset, sentence }) => {
    const place = [...(path === undefined ? [] : [shown(path)]), ...(offset === undefined ? [] : [`byte ${offset}`])];
    return `${place.length === 0 ? '' : `${place.join(', ')}: `}${sentence} (${code})`;
  });
  const more = findings.length - lines.length;
  return `${lines.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 200)).slice(1, -1);

/** Who made it. Without a list of trusted keys a name is stated, not vouched for; with one, it must stand on it. */
function signerClaim(
  { signer, findings, unchecked }: WaczReport,
  { trust = [], packageKeys = [], policy }: VerifyOptions,
  log: LogPart | undefined,
): VerifiedClaim {
  const asked = trust.length + packageKeys.length > 0 || policy !== undefined;
  const by = 'the signature of the package';
  if (signer.kind !== 'none' && hasErrors(findings, SIGNED))
    return { claim: 'Who signed the package', verdict: 'unknown', by, detail: 'its signature is not right: see above' };
  switch (signer.kind) {
    case 'none': {
      const detail = 'it carries no signature: it is intact in itself, but anybody could have made it';
      return { claim: 'Nobody signed the package', verdict: asked ? 'unknown' : 'ok', by, detail };
    }
    case 'unclear':
      return {
        claim: 'Who signed the package',
        verdict: 'unknown',
        by,
        detail: 'its manifest or signed data cannot be read',
      };
    case 'anonymous': {
      const claim = `The package is signed by the key sha256:${signer.key}`;
      if (packageKeys.includes(signer.key))
        return { claim, verdict: 'ok', by: 'a key you trust', detail: signer.publicKey };
      if (log?.vouched !== undefined)
        return { claim, verdict: log.vouched, by: 'the word of the log’s key for it', detail: 'see the log below' };
      const detail = asked
        ? 'this key is not among the keys you trust'
        : 'checked against the key inside the package; who holds that key is not shown: compare it with the one the publisher states';
      return { claim, verdict: asked ? 'unknown' : 'ok', by, detail };
    }
    case 'domain': {
      const claim = `The package is signed for ${shown(signer.domain)}`;
      if (signer.stamped !== undefined && !findings.some(({ severity }) => severity !== 'warning'))
        return { claim, verdict: 'ok', by: 'its certificate and time stamp', detail: `stamped ${signer.stamped}` };
      const untrusted = findings.filter(({ severity }) => severity === 'untrusted');
      const detail = untrusted.length > 0 ? list(untrusted) : `not checked: ${unchecked.join('; ')}`;
      return { claim, verdict: 'unknown', by: 'its certificate and time stamp', detail };
    }
  }
}

function limitsClaim({ unchecked }: WaczReport): VerifiedClaim {
  return {
    claim: 'What this does not show',
    verdict: 'ok',
    by: 'the nature of such packages',
    detail: `that the site sent the same to everybody, that what the page says is true, or that the time is right; not checked: ${unchecked.join('; ')}`,
  };
}
