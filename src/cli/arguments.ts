import { AsPostedError, SETTINGS, type SettingTable } from '../model/index.js';

export interface FlagSpec {
  /** `value` takes one, `values` may repeat, `switch` takes none. */
  kind: 'value' | 'values' | 'switch';
  help: string;
  /** Shown in usage: `--name PLACEHOLDER`. */
  placeholder?: string;
}

export interface Parsed {
  words: string[];
  value(name: string): string | undefined;
  values(name: string): string[];
  has(name: string): boolean;
  /** Settings given as flags: `--watch.confirm.notice 5s`. */
  settings: Record<string, string>;
}

export const GLOBAL_FLAGS: Readonly<Record<string, FlagSpec>> = {
  store: {
    kind: 'value',
    placeholder: 'DIR',
    help: 'The store to use (else ASPOSTED_STORE, else $XDG_DATA_HOME/asposted).',
  },
  json: { kind: 'switch', help: 'Print JSON (one document, or JSON lines for lists) instead of text.' },
  help: { kind: 'switch', help: 'Print this help.' },
};

/**
 * `--flag value`, `--flag=value`, `-o value`, `--` ends flags, `-` is a word. Unknown flags are refused with the known ones.
 * A setting of `table` is a flag of every command.
 */
export function parseArguments(
  argv: readonly string[],
  specs: Readonly<Record<string, FlagSpec>>,
  table: SettingTable = SETTINGS,
): Parsed {
  const all = { ...GLOBAL_FLAGS, ...specs };
  const found = new Map<string, string[]>();
  const settings: Record<string, string> = {};
  const words: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === '--') {
      words.push(...argv.slice(at + 1));
      break;
    }
    if (word === '-' || !word.startsWith('-') || /^-\d/.test(word)) {
      words.push(word);
      continue;
    }
    const cut = word.indexOf('=');
    const name = (cut < 0 ? word : word.slice(0, cut)).replace(/^--?/, '');
    const spec = all[name] ?? (Object.hasOwn(table, name) ? ({ kind: 'value', help: '' } as const) : undefined);
    if (!spec) throw unknownFlag(word, all);
    if (spec.kind === 'switch') {
      if (cut >= 0) throw new AsPostedError({ code: 'USAGE', message: `--${name} takes no value` });
      found.set(name, []);
      continue;
    }
    const value = cut < 0 ? argv[++at] : word.slice(cut + 1);
    if (value === undefined) throw new AsPostedError({ code: 'USAGE', message: `--${name} needs a value` });
    if (Object.hasOwn(table, name)) settings[name] = value;
    else if (spec.kind === 'value' && found.has(name))
      throw new AsPostedError({ code: 'USAGE', message: `--${name} was given twice` });
    else found.set(name, [...(found.get(name) ?? []), value]);
  }
  return {
    words,
    settings,
    value: (name) => found.get(name)?.[0],
    values: (name) => found.get(name) ?? [],
    has: (name) => found.has(name),
  };
}

function unknownFlag(word: string, specs: Readonly<Record<string, FlagSpec>>): AsPostedError {
  return new AsPostedError({
    code: 'USAGE',
    message: `unknown flag ${word}`,
    hint: `Known here: ${Object.keys(specs)
      .map((name) => (name.length === 1 ? `-${name}` : `--${name}`))
      .join(', ')}, and any setting as --name value.`,
  });
}

/** `key=value` pairs of --set. */
export function parsePairs(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const cut = pair.indexOf('=');
      if (cut < 1) throw new AsPostedError({ code: 'USAGE', message: `--set wants key=value, not ${pair}` });
      return [pair.slice(0, cut), pair.slice(cut + 1)];
    }),
  );
}
