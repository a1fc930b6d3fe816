/** The United Kingdom's two services (facts/watching §6.5): asked by windows of time, each stage in a pass of its own. */
import { textAt } from '../../../read/index.js';
import { type ApiQuestion, brokenNumbers } from '../../api.js';
import { listError } from '../../pages.js';
import type { Discovery, FoundAddress, SourceTools } from '../../source-kind.js';
import { type Asked, type Entry, allPages, distinct, toAddress } from './packages.js';

const HOUR = 3_600_000;

interface Service {
  from: string;
  to: string;
  /** Longer windows lose releases. */
  windowHours: number;
  question: Partial<ApiQuestion>;
  address(entry: Entry, url: string): string;
}

export const findATender = (asked: Asked, tools: SourceTools): Promise<Discovery> =>
  byWindows(asked, tools, {
    from: 'updatedFrom',
    to: 'updatedTo',
    windowHours: 6,
    question: {},
    address: ({ ocid }, url) => new URL(`ocdsRecordPackages/${encodeURIComponent(ocid)}`, url).href,
  });

export const contractsFinder = (asked: Asked, tools: SourceTools): Promise<Discovery> =>
  byWindows(asked, tools, {
    from: 'publishedFrom',
    to: 'publishedTo',
    windowHours: 15 * 24,
    question: { charset: 'iso-8859-1', tooMany: [403] },
    address: contractsFinderPage,
  });

/** The page of a notice is its release id without the number at its end. */
function contractsFinderPage({ release }: Entry, url: string): string {
  const guid = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-\d+)?$/i.exec(textAt(release, 'id') ?? '')?.[1];
  if (guid === undefined) throw listError(url, 'a release of it has no usable id');
  return new URL(`/Notice/${guid}`, url).href;
}

async function byWindows(
  { url, hours, options, signal }: Asked,
  tools: SourceTools,
  service: Service,
): Promise<Discovery> {
  const stages = Array.isArray(options['stages']) ? (options['stages'] as string[]) : [];
  const addresses: FoundAddress[] = [];
  const broken: string[] = [];
  for (const [from, to] of windowsOf(tools.now().getTime(), hours, service.windowHours)) {
    // Two stages in one question are answered with nothing at all, or with the last alone.
    for (const stage of stages.length === 0 ? [undefined] : stages) {
      const question = new URL(url);
      question.searchParams.set(service.from, from);
      question.searchParams.set(service.to, to);
      question.searchParams.set('limit', '100');
      if (stage !== undefined) question.searchParams.set('stages', stage);
      const found = await allPages(tools, { ...service.question, url: question.href, signal });
      addresses.push(...found.entries.map((entry) => toAddress(service.address(entry, url), entry)));
      broken.push(...found.broken);
    }
  }
  return { addresses: distinct(addresses), problems: brokenNumbers(broken) };
}

/** From so many hours ago to now, the oldest first, without gaps: `2024-05-22T03:00:00Z`. */
export function windowsOf(now: number, hours: number, windowHours: number): [from: string, to: string][] {
  const windows: [string, string][] = [];
  const text = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
  const end = Math.ceil(now / 1_000) * 1_000;
  for (let from = end - hours * HOUR; from < end; from += windowHours * HOUR)
    windows.push([text(from), text(Math.min(end, from + windowHours * HOUR))]);
  return windows;
}
