/**
 * What the pages say, in the language of who looks at them. Messages are ICU MessageFormat (`{n, plural, one {# notice} other {# notices}}`,
 * `<a>words of a link</a>`); the English ones say which there are, and the compiler wants each of them in every other language. What people,
 * pages and lists said is never a message: it is passed in as it is, under a `lang` of its own.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { html } from 'hono/html';
import { IntlMessageFormat } from 'intl-messageformat';
import { english } from './en/index.js';
import type { Spoken } from './languages.js';
import { russian } from './ru/index.js';
import { ukrainian } from './uk/index.js';
import { simplified } from './zh-Hans/index.js';
import { traditional } from './zh-Hant/index.js';

export { LANGUAGES, type Spoken, isSpoken, suiting } from './languages.js';

type Html = ReturnType<typeof html>;

/** What every language has: the areas and keys of the English messages. */
export type Messages = {
  readonly [Area in keyof typeof english]: { readonly [Key in keyof (typeof english)[Area]]: string };
};
export type MessageKey = {
  [Area in keyof Messages]: `${Area}.${keyof Messages[Area] & string}`;
}[keyof Messages];

export const MESSAGES: Readonly<Record<Spoken, Messages>> = {
  en: english,
  'zh-Hans': simplified,
  'zh-Hant': traditional,
  ru: russian,
  uk: ukrainian,
};

/** Around the work of one request. */
export interface Speaking {
  language: Spoken;
  /** Whether a page was made of messages: what was written elsewhere, as a dossier, stays in its own language. */
  hasSpoken?: boolean;
  /** Path and query of what is asked, to come back to. */
  here?: string;
  /** Puts marks around every message: for the test that looks for words that come from none. */
  marks?: readonly [before: string, after: string];
}

const storage = new AsyncLocalStorage<Speaking>();
const SILENT: Speaking = { language: 'en' };

export const speak = <T>(speaking: Speaking, work: () => T): T => storage.run(speaking, work);

export const speaking = (): Speaking => storage.getStore() ?? SILENT;

export type Value = string | number | Html;

/** A message as text, for attributes, titles and tables. */
export function t(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  const { language, marks } = speaking();
  const said = formatOf(language, key).format({ ...values }) as string;
  return marks ? `${marks[0]}${said}${marks[1]}` : said;
}

export type HtmlValue = Value | ((words: Html) => Html);

/**
 * A message as markup. Its words are escaped like any text; a value may be markup of ours, and a function is what a tag of the message
 * becomes: `h('inbox.more', { a: (words) => html`<a href="/">${words}</a>` })`.
 */
export function h(key: MessageKey, values: Readonly<Record<string, HtmlValue>> = {}): Html {
  const { language, marks } = speaking();
  const given = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'function' ? (words: Html[]) => value(html`${words}`) : value,
  ]);
  const said = formatOf(language, key).format<Html>(Object.fromEntries(given) as Record<string, Html>);
  return marks ? html`${marks[0]}${said}${marks[1]}` : html`${said}`;
}

const formats = new Map<string, IntlMessageFormat>();

/** Parsed once: a page has a hundred messages. */
function formatOf(language: Spoken, key: MessageKey): IntlMessageFormat {
  const name = `${language} ${key}`;
  const known = formats.get(name);
  if (known) return known;
  const dot = key.indexOf('.');
  const area = MESSAGES[language][key.slice(0, dot) as keyof Messages] as Readonly<Record<string, string>>;
  const made = new IntlMessageFormat(area[key.slice(dot + 1)]!, language);
  formats.set(name, made);
  return made;
}
