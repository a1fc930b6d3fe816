/** How a list is to be read, out of the options of a source. */
import { type Picked, parseListPage } from '../../list-page.js';
import type { OptionValues } from '../../source-kind.js';

export interface ListRules {
  rows: string | undefined;
  link: Picked | undefined;
  title: Picked | undefined;
  date: Picked | undefined;
  path: string | undefined;
  next: Picked | undefined;
  sitemaps: string | undefined;
  pages: number;
}

export const MOST_PAGES = 50;

/** `time@datetime`: an element, and the attribute that is wanted of it. `@href` is an attribute of the row itself. */
function picked(text: string): Picked {
  const [, selector, attribute] = /^(.*)@([A-Za-z_][\w:.-]{0,60})\s*$/s.exec(text) ?? [];
  return attribute === undefined ? { selector: text.trim() } : { selector: selector!.trim(), attribute };
}

export function rulesOf(options: OptionValues): ListRules {
  const text = (name: string): string | undefined =>
    options[name] === undefined || options[name] === '' ? undefined : String(options[name]);
  const pick = (name: string): Picked | undefined => {
    const value = text(name);
    return value === undefined ? undefined : picked(value);
  };
  return {
    rows: text('rows')?.trim(),
    link: pick('link'),
    title: pick('title'),
    date: pick('date'),
    path: text('path'),
    next: pick('next'),
    sitemaps: text('sitemaps'),
    pages: Number(options['pages'] ?? 1),
  };
}

const OF_ROWS = ['link', 'title', 'date'] as const;

/** One sentence on the first thing that is wrong; selectors are tried, since a bad one would fail at every round. */
export function wrongWith(options: OptionValues): string | undefined {
  const rules = rulesOf(options);
  const selectors: Record<string, string | undefined> = { rows: rules.rows, next: rules.next?.selector };
  for (const name of OF_ROWS) {
    if (rules[name] && rules.rows === undefined) return `${name} is an element of a row, and rows is not given`;
    // Empty: the row itself.
    if (rules[name]?.selector !== '') selectors[name] = rules[name]?.selector;
  }
  for (const [name, selector] of Object.entries(selectors)) {
    const fault = selector === undefined ? undefined : faultOf(selector);
    if (fault !== undefined) return `${name} is no CSS selector (${fault}): ${selector!}`;
  }
  if (!Number.isInteger(rules.pages) || rules.pages < 1 || rules.pages > MOST_PAGES)
    return `pages is a whole number from 1 to ${MOST_PAGES}`;
  if (rules.pages > 1 && !rules.next) return 'pages needs next, the selector of the link to the next page';
  if (rules.rows !== undefined && options['mode'] !== undefined && options['mode'] !== 'list')
    return `rows are of a list, and mode is ${String(options['mode'])}`;
  return undefined;
}

/** What the engine lets pass and matches nothing with, or something else. */
const SLIPS = /@|[.#]{2}|[.#>+~,]\s*$|(?:^|[\s>+~,])\d/;

function faultOf(selector: string): string | undefined {
  if (selector === '') return 'it is empty';
  const bare = selector.replace(/"[^"]*"|'[^']*'/g, '').replace(/\[[^\]]*\]|\([^)]*\)/g, '');
  if (SLIPS.test(bare)) return 'a name or a part is missing or misplaced';
  try {
    parseListPage('<p></p>', 'https://x.invalid/').document.querySelector(selector);
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : 'it cannot be read';
  }
}
