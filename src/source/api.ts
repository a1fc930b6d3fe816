/** Asking a service that answers JSON: one place decides what counts as an answer (facts/watching §6). */
import { AsPostedError, type FetchOptions } from '../model/index.js';
import { type JsonObject, decodeBytes, isJsonObject, parseJson } from '../read/index.js';
import { listError, refuseCut } from './pages.js';
import type { SourceTools } from './source-kind.js';

export interface ApiQuestion {
  url: string;
  /** Sent as JSON by POST. */
  post?: JsonObject;
  /** The answer's charset where the service does not state it rightly. */
  charset?: string;
  /** Statuses that mean "too many requests" here, beside 429 and 503. */
  tooMany?: readonly number[];
  /** `false` where the address carries a secret. */
  follow?: false;
  signal?: AbortSignal | undefined;
}

export interface ApiAnswer {
  json: JsonObject;
  url: string;
  /** Numbers that are none; in `json` they stand as text. */
  broken: string[];
}

/** The whole answer, or an error: refusals, outages, cut and foreign bodies are never "nothing new". */
export async function askApi({ fetcher }: SourceTools, question: ApiQuestion): Promise<ApiAnswer> {
  const { url, post, charset, signal, follow } = question;
  const options: FetchOptions = {
    obeyRobots: true,
    ...(post ? { post: { body: Buffer.from(JSON.stringify(post)), contentType: 'application/json' } } : {}),
    ...(follow === false ? { follow } : {}),
    ...(signal ? { signal } : {}),
  };
  const capture = await fetcher.fetch(url, options);
  const last = capture.exchanges.at(-1)!;
  refuseStatus(question, last.status);
  refuseCut(url, last);
  const declared = last.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const contentType = charset === undefined ? declared : `application/json; charset=${charset}`;
  const parsed = parseJson(decodeBytes(last.body, contentType).text);
  if (!parsed) throw listError(url, 'the answer is no JSON, or damaged');
  if (!isJsonObject(parsed.value)) throw listError(url, 'the answer is JSON of another kind');
  return { json: parsed.value, url: capture.finalUrl, broken: parsed.broken };
}

function refuseStatus({ url, tooMany = [] }: ApiQuestion, status: number): void {
  if (status === 200) return;
  const { host } = new URL(url);
  if ([429, 503, ...tooMany].includes(status))
    throw new AsPostedError({
      code: 'RATE_LIMITED',
      retry: 'later',
      message: `${host} answered ${status}: too many requests, or busy`,
      hint: 'It is asked again at the next round; give the source a longer --every if this goes on.',
    });
  throw new AsPostedError({
    code: 'HTTP_STATUS',
    retry: 'later',
    message: `${host} answered ${status} instead of a list`,
    ...(status === 412 ? { hint: 'It refuses our user agent: give the source another with --set userAgent=…' } : {}),
  });
}

/** What a broken number in an answer is told as: the list itself was whole. */
export function brokenNumbers(broken: readonly string[]): string[] {
  if (broken.length === 0) return [];
  const shown = broken.slice(0, 3).map((each) => JSON.stringify(each.slice(0, 40)));
  return [`${broken.length} numbers in the answers are none (${shown.join(', ')}); the addresses were taken`];
}

/** The address of a further page: on the same host, not asked before. A service that sends us elsewhere or round is an error. */
export function nextPage(link: string, from: string, asked: ReadonlySet<string>): string {
  if (!URL.canParse(link, from)) throw listError(from, 'its next page has no address');
  const next = new URL(link, from);
  const here = new URL(from);
  if (next.host !== here.host) throw listError(from, `its next page is on another host, ${next.host}`);
  next.protocol = here.protocol; // services behind a proxy write http where they are asked by https
  if (asked.has(next.href)) throw listError(from, 'its pages go round in a circle');
  return next.href;
}
