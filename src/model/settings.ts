/**
 * Every waiting time, threshold and limit (DESIGN §4): one table gives name, kind, default and help. Flags beat
 * `ASPOSTED_*` variables, which beat `asposted.yaml` in the store, which beats the defaults. The docs table is made
 * from this one, and a test compares. Extensions bring tables of their own (`SettingTable`), from their own folders.
 */
export type SettingKind = 'duration' | 'size' | 'number' | 'text' | 'texts' | 'choice';

export interface Setting<K extends SettingKind = SettingKind, Default = unknown> {
  kind: K;
  default: Default;
  help: string;
  choices?: readonly string[];
  /** Never printed, and readable from a file through `NAME_FILE`. */
  secret?: boolean;
}

/** Settings by name, as an extension declares them. */
export type SettingTable = Readonly<Record<string, Setting>>;

const duration = (text: string, help: string): Setting<'duration', string> => ({
  kind: 'duration',
  default: text,
  help,
});
const size = (text: string, help: string): Setting<'size', string> => ({ kind: 'size', default: text, help });
const number = (value: number, help: string): Setting<'number', number> => ({ kind: 'number', default: value, help });
const text = (value: string, help: string): Setting<'text', string> => ({ kind: 'text', default: value, help });
const texts = (help: string): Setting<'texts', readonly string[]> => ({ kind: 'texts', default: [], help });

export const SETTINGS = {
  'capture.allow': texts(
    'Address ranges that may be fetched although they are private or reserved, e.g. 127.0.0.0/8. Without it only public addresses are contacted.',
  ),
  'capture.resolve': texts(
    "host:port:address:port, as curl's --resolve: connect for this host and port to that address and port instead.",
  ),
  'capture.ca': text(
    '',
    'File with extra CA certificates (PEM). A source may name its own with --set ca=FILE; nothing switches verification off.',
  ),
  'capture.userAgent': text('', 'User agent sent instead of the honest default; recorded with every capture.'),
  'capture.delay': text(
    '',
    'Pause between requests to one host, for all hosts (e.g. 2s). Empty: 6 s for mp.weixin.qq.com, 2 s for government sites, 1 s else.',
  ),
  'capture.timeout': duration(
    '30s',
    'Longest time for one response. A body that takes longer is kept as far as it came, and says so.',
  ),
  'capture.maxBytes': size(
    '12MB',
    'Largest response body. A longer one is kept as far as that, and says so (WARC-Truncated); of a compressed one no more is read.',
  ),
  'capture.maxRatio': number(
    100,
    'Largest ratio of decompressed to received bytes for bodies over 1 MB (decompression bombs).',
  ),
  'capture.browser': {
    kind: 'choice',
    default: 'off',
    choices: ['off', 'on'],
    help: '`on`: `asposted capture` renders every page in a browser, as with --browser. Sources say it for themselves: --set browser=true.',
  } as Setting<'choice', string>,
  'capture.chromium': text(
    '',
    'Chromium to render pages with. Empty: chromium, chromium-browser or google-chrome, whichever is found on the PATH.',
  ),
  'capture.browser.requests': number(1_000, 'Most requests of one page; more are refused and counted.'),
  'capture.browser.maxBytes': size(
    '512MB',
    'Most bytes of one page, received and decoded together; requests after that are refused and counted.',
  ),
  'capture.browser.time': duration('180s', 'Longest time for one page; what is there by then is kept.'),
  'capture.files': {
    kind: 'choice',
    default: 'off',
    choices: ['off', 'attachments', 'all'],
    help: 'Files that are fetched and kept with a page: none, the attached ones, or its pictures too. Each costs a request and the pause of its host.',
  } as Setting<'choice', string>,
  'capture.files.most': number(20, 'Most files of one page, attached ones first; how many were left is on record.'),
  'capture.files.maxBytes': size(
    '32MB',
    'Most bytes of the files of one page together; each obeys capture.maxBytes too.',
  ),
  'capture.files.time': duration('120s', 'After so long no further file of a page is asked for.'),
  'capture.maxRedirects': number(5, 'Redirects followed, each checked like a first address.'),
  'watch.confirm.notice': duration('10m', 'Between two agreeing definite notices before "removed" is said.'),
  'watch.confirm.missing': duration(
    '24h',
    'How long a page without a definite word must be missing before "removed" is said.',
  ),
  'watch.observations': number(3, 'How many indefinite absences "removed" needs.'),
  'watch.permanent': duration(
    '14d',
    'After how long a page that is missing without a definite word is called removed even where no other page of its host could be looked at.',
  ),
  'watch.mass.items': number(
    5,
    'So many notices of one host missing at once without a definite word are taken for trouble of the host, if they are also the share below.',
  ),
  'watch.mass.share': number(0.2, 'Share of the notices of a host checked within a day that must be missing for that.'),
  'watch.unreachable': number(
    3,
    'After so many checks in a row without an answer a notice is unreachable; a source is told as silent after so many of its intervals, and asks, without a good answer.',
  ),
  'watch.every.young': duration('4h', 'Between checks of a notice in its first four days.'),
  'watch.every.month': duration('24h', 'Between checks until a notice is 30 days old.'),
  'watch.every.year': duration('7d', 'Between checks until a notice is a year old; four times that afterwards.'),
  'watch.whole': duration(
    '7d',
    'How often at least the whole page of a notice that stands is read; also at its first look, after one and four days, and whenever there is news. In between it is enough that it stands: a WeChat page is left as soon as it shows that it is an article, other servers are asked whether anything changed (ETag, Last-Modified). 0s: always.',
  ),
  'watch.burst': number(
    6,
    'So many times as often a notice is looked at after news: it was edited, another notice of its account was removed, a case names it.',
  ),
  'watch.burst.for': duration('72h', 'For how long after the news.'),
  'watch.budget': number(
    0,
    'Most looks at one host within 24 hours, the most urgent first; what is left over waits. 0: as many as the pauses between requests allow.',
  ),
  'watch.lanes': number(4, 'How many hosts are looked at at the same time; one look at a time at each.'),
  'watch.lease': duration(
    '2m',
    'Several workers share a store: after so long without a word from one, others take over what it had.',
  ),
  'watch.pause': duration('30s', 'How long `watch` and `serve` rest between two looks at what is due.'),
  'watch.keep': {
    kind: 'choice',
    default: 'changed',
    choices: ['changed', 'all'],
    help: 'Which checks keep a full capture: those whose text or verdict differs from the last, or all.',
  } as Setting<'choice', string>,
  'recognise.catalogue': text(
    '',
    'Folder of catalogue files of your own (families/, rules/, trade-names.yaml, flags.yaml, organisations.yaml, places.yaml, sources.yaml), read on top of the shipped catalogue. `asposted catalogue check` reads it; `asposted rebuild` reads kept notices again with it.',
  ),
  'copies.minimum': number(
    0.5,
    'Share of a notice that must stand in another one to be called a copy; less is a shared passage.',
  ),
  'lists.maxBytes': size(
    '200MB',
    'Largest file of a list that `lists update` fetches, instead of capture.maxBytes. OFAC’s advanced form has 126 MB.',
  ),
  'lists.timeout': duration(
    '10m',
    'Longest time for one file of a list, instead of capture.timeout: some are made on request, and some are large.',
  ),
  'lists.maxAge': duration(
    '30d',
    'Screening warns (exit 10 with --strict) when the newest version of a list is older than this.',
  ),
  'alert.events': {
    ...texts(
      'Types of events that are told, of removal, account, returned, change, moved, host, redesign, copy, match, unmatched, unreachable, silent, fork, notice. `email:removal` gives a channel a list of its own.',
    ),
    default: [
      'removal',
      'account',
      'returned',
      'change',
      'moved',
      'host',
      'redesign',
      'copy',
      'match',
      'unmatched',
      'unreachable',
      'silent',
      'fork',
    ],
  },
  'alert.digest': duration(
    '0',
    'Events are gathered and told as one message, at most one in this time and channel. 0: each by itself.',
  ),
  'alert.digest.pass': texts('Types of events that wait for no digest.'),
  'alert.quiet': text(
    '',
    'Hours in which nothing is told, e.g. "22:00-07:00 Asia/Shanghai" (without a zone: UTC). What happens then is told after them, as one digest.',
  ),
  'alert.quiet.pass': texts('Types of events that are told in quiet hours too, e.g. removal.'),
  'alert.most': number(
    20,
    'Most messages of one round to one channel; when there is more to tell, the rest is one digest.',
  ),
  'alert.heartbeat': {
    ...text(
      '',
      'Address (http or https) that `watch` and `serve` ask by GET after each round that ended well, at most once a minute. A service that waits for it tells you when the watch itself has died.',
    ),
    secret: true,
  },
  'alert.pages': text(
    '',
    'Address under which readers of alerts reach these pages, e.g. https://asposted.example.org. Messages then link to them; never to the watched page.',
  ),
  'serve.listen': text(
    '127.0.0.1:4270',
    'Address and port of the pages and the API. Others than loopback addresses are accepted once there are accounts (`asposted people`).',
  ),
  'serve.replay': text(
    '',
    'Host name (under localhost) and port on which archived pages are shown, apart from the pages and the API. Empty: replay.localhost and the port after serve.listen, or any that is free.',
  ),
  'serve.replayAddress': text(
    '',
    'Where browsers reach archived pages that do not run on this machine, e.g. https://replay.example.org: another host name than that of the pages, led to the place of serve.replay.',
  ),
  'serve.hosts': texts(
    'Host names the server answers to besides loopback ones, e.g. asposted.example.org. Wants accounts.',
  ),
  'serve.trustProxy': number(
    0,
    'How many proxies stand before the server, each of which sets X-Forwarded-For and X-Forwarded-Proto. With 0 both are ignored: anybody can write them.',
  ),
  'serve.session.idle': duration('1h', 'After so long without a request somebody is signed out.'),
  'serve.session.most': duration('24h', 'After so long somebody is signed out in any case.'),
  'serve.login.most': number(
    5,
    'Most tries of one name from one address before the login pauses; six times as many of one name, or from one address.',
  ),
  'serve.login.within': duration('15m', 'Within what time these tries are counted, and how long the pause may be.'),
  'serve.api.most': number(
    1200,
    'Most requests a minute of one token or session to the API and the screening services; after them 429 with Retry-After. 0: no limit. Without accounts there is none.',
  ),
  'serve.kept': number(
    32,
    'Megabytes of pages that are kept while nothing is written to the database, for half a minute: who asks for the same again is answered from them. 0 makes every page anew.',
  ),
  'serve.cors': texts(
    'Origins of pages that may read the API (GET under /api/v1) from a browser, e.g. https://desk.example.org. None unless you say so.',
  ),
  'log.policy': text(
    '',
    'File with a trust policy (C2SP tlog-policy). Its witnesses are asked to cosign the log when it has grown, after captures and rounds of watching, and by `asposted log witness`.',
  ),
  'log.tsa': texts(
    'Addresses of RFC 3161 time-stamp authorities that `asposted log stamp` asks, two or more for good evidence. Check their terms of use first.',
  ),
  'log.tsaRoots': texts(
    'SHA-256 fingerprints (hex) of further roots of time-stamp authorities you trust; FreeTSA’s is known.',
  ),
  'log.stampEvery': duration(
    '24h',
    'When the log has grown and the last time stamp is older than this, the authorities of log.tsa are asked again, after captures and rounds of watching. 0: only by `asposted log stamp`.',
  ),
  'log.retry': duration(
    '15m',
    'Pause after witnesses or authorities failed, before they are asked again by themselves.',
  ),
  'log.ots': texts(
    'Addresses of OpenTimestamps calendars that `asposted log stamp` asks as well, e.g. https://a.pool.opentimestamps.org; `asposted log upgrade` fetches the proofs hours later. Bundles with such a proof are verified (exit 0) only by readers who have the block’s header.',
  ),
  'publish.own': {
    ...texts(
      'What is yours and must not be published: names, e-mail addresses, host names, network addresses and ranges. A bundle that holds one, in whatever encoding, is refused. One with blanks goes into asposted.yaml.',
    ),
    secret: true,
  },
  'publish.wacz.maxBytes': size(
    '64MB',
    'A dossier holds each exhibit as a WACZ too, up to so many bytes of captures together; those beyond have their WARC only.',
  ),
  'publish.sign.url': text(
    '',
    'Address of an authsign server, which signs packages for its domain: `asposted export ID -o FILE.wacz` asks it.',
  ),
  'publish.sign.token': { ...text('', 'What that server wants to see as `Authorization: bearer …`.'), secret: true },
  'publish.sign.key': text(
    '',
    'Instead of a server: file of the private key (PEM, ECDSA P-256 or RSA) of a TLS certificate of your domain.',
  ),
  'publish.sign.cert': text(
    '',
    'File of its certificate chain (PEM, leaf first). Roots that Node knows are added at its end.',
  ),
  'publish.sign.tsa': text(
    '',
    'Address of the RFC 3161 authority that stamps signatures by publish.sign.key. Empty: the first of log.tsa.',
  ),
  'publish.sign.tsaCert': text(
    '',
    'File of certificates of that authority (PEM) which its stamps do not carry, its root for instance.',
  ),
  'publish.sign.roots': texts(
    'SHA-256 fingerprints (hex) of further roots you trust for the domain and for the stamp. Nothing is written that does not lead to a root you trust; readers need the same ones.',
  ),
  'store.origin': text('', 'Name of the log in its checkpoints, e.g. asposted.example.org/log. Default: made at init.'),
  'store.schema': text('asposted', 'Schema that holds the tables, so that one server can carry several stores.'),
  'store.database.url': {
    ...text('', 'PostgreSQL to use instead of the embedded one; ASPOSTED_DATABASE_URL.'),
    secret: true,
  },
} as const;

export type SettingName = keyof typeof SETTINGS;
type ValueOf<S> = S extends { kind: 'texts' }
  ? readonly string[]
  : S extends { kind: 'text' | 'choice' }
    ? string
    : number;
/** Resolved values: durations in milliseconds, sizes in bytes. */
export type Settings = { readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

/** Settings that verdicts and other made rows depend on: their values go on record (`PolicyRecord`). */
export const POLICY_SETTINGS = [
  'watch.confirm.notice',
  'watch.confirm.missing',
  'watch.observations',
  'watch.permanent',
  'watch.mass.items',
  'watch.mass.share',
  'watch.unreachable',
  'watch.every.young',
  'watch.every.month',
  'watch.every.year',
  'watch.whole',
  'watch.burst',
  'watch.burst.for',
  'copies.minimum',
] as const satisfies readonly SettingName[];

export type PolicySettings = Pick<Settings, (typeof POLICY_SETTINGS)[number]>;

export function policyOf(settings: Settings): PolicySettings {
  return Object.fromEntries(POLICY_SETTINGS.map((name) => [name, settings[name]])) as unknown as PolicySettings;
}
