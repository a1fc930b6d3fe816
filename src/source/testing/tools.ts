/** The tools of a source, with a network that answers as a test says. */
import { type CaptureResult, type FetchOptions, instant } from '../../model/index.js';
import type { SourceTools } from '../index.js';

/** A body of status 200, or another status. */
export type Said = string | Uint8Array | number;

export interface TestTools extends SourceTools {
  asked: { url: string; options: FetchOptions }[];
}

/** By address, or by a function of it; what is not known answers 404. */
export function toolsSaying(
  answers: Readonly<Record<string, Said>> | ((url: string, options: FetchOptions) => Said),
  { type = 'application/json', secret }: { type?: string; secret?: string } = {},
): TestTools {
  const asked: TestTools['asked'] = [];
  const now = new Date('2024-05-22T03:00:00Z');
  const fetch = async (url: string, options: FetchOptions = {}): Promise<CaptureResult> => {
    asked.push({ url, options });
    const said = typeof answers === 'function' ? answers(url, options) : (answers[url] ?? 404);
    const [status, body] = typeof said === 'number' ? [said, Buffer.from('no')] : [200, Buffer.from(said)];
    const exchange = {
      url,
      startedAt: instant(now),
      requestBytes: new Uint8Array(),
      responseBytes: new Uint8Array(),
      status,
      headers: [['Content-Type', type]] as const,
      body,
      durationMs: 1,
    };
    return { requestedUrl: url, finalUrl: url, exchanges: [exchange] };
  };
  return {
    asked,
    fetcher: { fetch, close: async () => undefined },
    readFile: () => Promise.reject(new Error('no file')),
    now: () => now,
    secret: () => secret,
  };
}
