/** What readings of data documents have in common: charset, outer verdict, an empty reading to fill. */
import type { Reading } from '../model/index.js';
import { decodeBytes } from './charset.js';
import type { ReadInput } from './input.js';
import { outerVerdict } from './page-verdict.js';
import { normaliseUrl } from './urls.js';

export function contentTypeOf(input: ReadInput): string {
  return input.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
}

export function baseReading(input: ReadInput, reader: string): { text: string; reading: Reading } {
  const decoded = decodeBytes(input.body, contentTypeOf(input));
  const reading: Reading = {
    reader,
    verdict: outerVerdict(input) ?? { class: 'live', rule: reader },
    identity: { key: `url:${normaliseUrl(input.requestedUrl)}` },
    charset: { name: decoded.name, reason: decoded.reason },
    language: 'unknown',
    text: '',
    account: { id: new URL(input.finalUrl).hostname },
    links: { attachments: [], images: [] },
    fields: {},
    problems: decoded.problems,
  };
  return { text: decoded.text, reading };
}

/** A live document that is damaged is not read as one that says less: nothing is concluded from it, its bytes are kept. */
export function damaged(reading: Reading, rule: string, problem: string): Reading {
  const verdict =
    reading.verdict.class === 'live' ? ({ class: 'unknown', rule, kind: 'unreadable' } as const) : reading.verdict;
  return { ...reading, verdict, problems: [...reading.problems, problem] };
}

/** Small strings only, without those that are not there. */
export function fieldsOf(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value.slice(0, 2_000)]],
    ),
  );
}
