import { type Account, AsPostedError, type Fetcher } from '../model/index.js';

/** One option of a source kind: gives the flag, its check, and the row of the docs table. */
export interface OptionSpec {
  type: 'text' | 'texts' | 'number';
  help: string;
  example?: string;
  required?: true;
  /** The only values it may have. */
  choices?: readonly string[];
  /** What may not stand in it, and why: options are on record for good. */
  refuse?: { pattern: RegExp; why: string };
  /** What is kept in place of what was given: without what must not be on record. */
  clean?(value: string): string;
}

export type OptionTable = Readonly<Record<string, OptionSpec>>;
export type OptionValues = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** Everything a source may use of the world. */
export interface SourceTools {
  fetcher: Fetcher;
  readFile(path: string): Promise<string>;
  /** For windows of time; the watch hands in its clock. */
  now(): Date;
  /** A secret by the name of its variable. It goes into requests only: never into options, records, logs or messages. */
  secret(name: string): string | undefined;
  /** What this source named before and what still stands, newest first. For kinds that look for gaps; absent, nothing is missed. */
  previous?: readonly FoundAddress[];
}

export interface FoundAddress {
  url: string;
  title?: string;
  /** As the list states it; the page's own date rules. */
  published?: string;
}

/** What a source named when it was asked. An empty list is an answer; a list that could not be read whole is an error. */
export interface Discovery {
  addresses: FoundAddress[];
  account?: Account;
  problems: string[];
  /** Gone from the list while newer and older ones stay on it: a reason to look at their own pages soon, and no more than that. */
  missing?: readonly MissingAddress[];
}

export interface MissingAddress {
  url: string;
  reason: string;
}

export interface SourceKind {
  /** Folder name. */
  kind: string;
  title: string;
  /** One paragraph of Markdown: the docs page. */
  description: string;
  needs: readonly ('network' | 'browser' | `secret:${string}`)[];
  options: OptionTable;
  /** What is wrong with options that are each of their type, in one sentence; undefined when nothing is. */
  check?(options: OptionValues): string | undefined;
  /** How sure this kind is that an address (or a file name) is its own, 0 to 1. */
  accepts(address: string): number;
  /** Addresses of this kind in a text that somebody pasted; absent, the kind takes none. */
  addressesIn?(text: string): FoundAddress[];
  /** Addresses with the kind's own answer to `accepts`: documentation and test at once. */
  examples: readonly { address: string; accepts: boolean }[];
  make(options: OptionValues, tools: SourceTools): { discover(signal?: AbortSignal): Promise<Discovery> };
}

export const defineSource = (kind: SourceKind): SourceKind => kind;

/** Options every kind understands, applied by the watch: see `fetchOptionsOf`. */
export const COMMON_OPTIONS: OptionTable = {
  ca: { type: 'text', help: 'File with extra CA certificates (PEM) for this source only.', example: 'ministry-ca.pem' },
  userAgent: {
    type: 'text',
    help: 'User agent for this source; recorded with every capture.',
    example: 'Mozilla/5.0 …',
  },
  browser: {
    type: 'text',
    help: '`true`: each notice is rendered in a browser, and picture, print and rendered text are kept beside the bytes. Without a browser the bytes alone are kept, and the record says so.',
    example: 'true',
    choices: ['true', 'false'],
  },
};

/** `--set` pairs against a kind's table. Throws USAGE naming the option and what would be right. */
export function checkOptions(kind: SourceKind, given: Readonly<Record<string, unknown>>): OptionValues {
  const table = { ...kind.options, ...COMMON_OPTIONS };
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(table, name));
  if (unknown !== undefined) {
    throw new AsPostedError({
      code: 'USAGE',
      message: `a ${kind.kind} source has no option ${unknown}`,
      hint: `It has: ${Object.keys(table).join(', ')}.`,
    });
  }
  for (const [name, spec] of Object.entries(table)) {
    if (spec.required && (given[name] === undefined || given[name] === '')) {
      throw new AsPostedError({ code: 'USAGE', message: `a ${kind.kind} source needs ${name}: ${spec.help}` });
    }
  }
  const options: OptionValues = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, convert(kind, name, table[name]!, value)]),
  );
  const wrong = kind.check?.(options);
  if (wrong !== undefined)
    throw new AsPostedError({ code: 'USAGE', message: `a ${kind.kind} source cannot be set so: ${wrong}` });
  return options;
}

function convert(kind: SourceKind, name: string, spec: OptionSpec, value: unknown): string | number | string[] {
  const clean = (text: string): string => spec.clean?.(text) ?? text;
  if (spec.type === 'texts') {
    const texts = Array.isArray(value) ? value.map(String) : String(value).split(/\s+/);
    return texts.filter((part) => part !== '').map(clean);
  }
  if (spec.choices && !spec.choices.includes(String(value)))
    throw new AsPostedError({
      code: 'USAGE',
      message: `${name} of a ${kind.kind} source is one of ${spec.choices.join(', ')}`,
    });
  if (spec.refuse?.pattern.test(String(value)))
    throw new AsPostedError({ code: 'USAGE', message: `${name} of a ${kind.kind} source: ${spec.refuse.why}` });
  if (spec.type === 'text') return clean(String(value));
  const number = Number(value);
  if (!Number.isFinite(number))
    throw new AsPostedError({ code: 'USAGE', message: `${name} of a ${kind.kind} source must be a number` });
  return number;
}
