/** Contracting data of public buyers (facts/watching §6.1, §6.2, §6.5): one kind, a publisher's ways in a file of its own. */
import { type Discovery, type OptionValues, type SourceTools, defineSource } from '../../source-kind.js';
import { packages } from './packages.js';
import { prozorro } from './prozorro.js';
import { contractsFinder, findATender } from './uk.js';

const PUBLISHERS = {
  prozorro,
  'find-a-tender': findATender,
  'contracts-finder': contractsFinder,
  generic: packages,
} as const;

type Publisher = keyof typeof PUBLISHERS;

const HOSTS: readonly (readonly [RegExp, Publisher])[] = [
  [/^https?:\/\/[\w.-]*prozorro\.gov\.ua\/api\//, 'prozorro'],
  [/^https?:\/\/www\.find-tender\.service\.gov\.uk\/api\//, 'find-a-tender'],
  [/^https?:\/\/www\.contractsfinder\.service\.gov\.uk\/Published\//, 'contracts-finder'],
];

const publisherOf = (address: string): Publisher | undefined => HOSTS.find(([host]) => host.test(address))?.[1];

export default defineSource({
  kind: 'ocds',
  title: 'Procurement data (OCDS, Prozorro, UK)',
  description:
    'Contracting processes: release and record packages of any publisher (pages are followed by `links.next`), Prozorro of Ukraine, and the United Kingdom’s Find a Tender and Contracts Finder, which are asked window by window. A cancellation or an amendment is a status and never a removal; a list that is cut, or a page that is missing, is an error. Prozorro wants another user agent than ours (`userAgent`).',
  needs: ['network'],
  options: {
    url: {
      type: 'text',
      help: 'Address of the package, the feed or the search.',
      example: 'https://www.find-tender.service.gov.uk/api/1.0/ocdsReleasePackages',
      required: true,
    },
    publisher: {
      type: 'text',
      help: 'Whose ways to follow; without it the address tells.',
      example: 'find-a-tender',
      choices: Object.keys(PUBLISHERS),
    },
    hours: {
      type: 'number',
      help: 'How far back each round looks, for publishers that are asked by time. Longer than the time between rounds.',
      example: '24',
    },
    stages: {
      type: 'texts',
      help: 'Find a Tender and Contracts Finder: only these stages, each asked by itself.',
      example: 'planning tender',
    },
    direction: {
      type: 'text',
      help: 'Prozorro: `backwards` from the newest, or `forwards` from the offset in the address to the end.',
      example: 'forwards',
      choices: ['backwards', 'forwards'],
    },
    item: {
      type: 'text',
      help: 'Other publishers: address of one process, with {ocid} or {id} (of the release) in it.',
      example: 'https://data.example.org/api/record/{ocid}',
    },
  },
  accepts: (address) =>
    publisherOf(address) !== undefined
      ? 1
      : /^https?:\/\/.*(?:ocds|release-?packages?|record-?packages?)/i.test(address)
        ? 0.8
        : 0,
  examples: [
    { address: 'https://public-api.prozorro.gov.ua/api/2.5/tenders', accepts: true },
    { address: 'https://www.find-tender.service.gov.uk/api/1.0/ocdsReleasePackages', accepts: true },
    { address: 'https://www.contractsfinder.service.gov.uk/Published/Notices/OCDS/Search', accepts: true },
    { address: 'https://data.example.org/ocds/releases.json', accepts: true },
    { address: 'https://example.org/news.html', accepts: false },
  ],
  make: (options, tools) => ({ discover: (signal) => discover(options, tools, signal) }),
});

function discover(options: OptionValues, tools: SourceTools, signal?: AbortSignal): Promise<Discovery> {
  const url = String(options['url']);
  const publisher = (options['publisher'] as Publisher | undefined) ?? publisherOf(url) ?? 'generic';
  const hours = Number(options['hours'] ?? 24);
  return PUBLISHERS[publisher]({ url, hours, options, signal }, tools);
}
