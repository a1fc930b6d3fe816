import { AsPostedError } from './errors.js';
import { SETTINGS, type Setting, type SettingTable, type Settings } from './settings.js';

/** `capture.allow` is `ASPOSTED_CAPTURE_ALLOW`; `capture.userAgent` is `ASPOSTED_CAPTURE_USER_AGENT` (or `…_USERAGENT`). */
export function environmentNames(name: string): string[] {
  if (name === 'store.database.url') return ['ASPOSTED_DATABASE_URL'];
  const plain = `ASPOSTED_${name.replace(/\./g, '_').toUpperCase()}`;
  const split = `ASPOSTED_${name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\./g, '_')
    .toUpperCase()}`;
  return [...new Set([plain, split])];
}

export interface SettingSources {
  flags?: Readonly<Record<string, string>>;
  environment?: Readonly<Record<string, string | undefined>>;
  /** The parsed `asposted.yaml`: nested or dotted keys. */
  file?: unknown;
  /** What extensions declare; their values stand in the result under their names. */
  extensions?: SettingTable;
  /**
   * Reads the file that `NAME_FILE` names, for secrets alone: they stand in no process list and no unit file then. Its first line counts.
   * `$CREDENTIALS_DIRECTORY/NAME` (systemd's LoadCredential) is looked at when neither variable is set.
   */
  readSecret?: (path: string) => string | undefined;
}

/** Resolves every setting once. Throws BAD_SETTING naming the setting, where it came from, and what would be right. */
export function resolveSettings({
  flags = {},
  environment = {},
  file,
  extensions = {},
  readSecret,
}: SettingSources = {}): Settings {
  const table: SettingTable = { ...extensions, ...SETTINGS };
  const fromFile = flatten(file);
  const known = new Set<string>(Object.keys(table));
  for (const [where, names] of [
    ['flag --set', Object.keys(flags)],
    ['asposted.yaml', [...fromFile.keys()]],
  ] as const) {
    for (const name of names) {
      if (!known.has(name)) {
        throw new AsPostedError({
          code: 'BAD_SETTING',
          message: `unknown setting ${name} (${where})`,
          hint: 'docs/130-running.md lists all settings.',
        });
      }
    }
  }
  const entries = Object.entries(table).map(([name, setting]): [string, unknown] => {
    const variable = environmentNames(name).find((each) => (environment[each] ?? '') !== '');
    const secret =
      setting.secret === true && variable === undefined && readSecret !== undefined
        ? secretFrom(name, environment, readSecret)
        : undefined;
    const [raw, where] =
      flags[name] !== undefined
        ? [flags[name], 'the command line']
        : variable !== undefined
          ? [environment[variable], variable]
          : secret !== undefined
            ? secret
            : fromFile.has(name)
              ? [fromFile.get(name), 'asposted.yaml']
              : [setting.default, 'the default'];
    return [name, parseValue(name, setting, raw, where)];
  });
  return Object.fromEntries(entries) as unknown as Settings;
}

/** The value and where it came from. A file that was named and cannot be read is an error; a credential need not be there. */
function secretFrom(
  name: string,
  environment: NonNullable<SettingSources['environment']>,
  read: NonNullable<SettingSources['readSecret']>,
): [value: string, where: string] | undefined {
  for (const variable of environmentNames(name)) {
    const path = environment[`${variable}_FILE`] ?? '';
    const given = environment['CREDENTIALS_DIRECTORY'] ?? '';
    const text = path !== '' ? read(path) : given !== '' ? read(`${given}/${variable}`) : undefined;
    if (text === undefined && path !== '')
      throw new AsPostedError({ code: 'BAD_SETTING', message: `${variable}_FILE names a file that cannot be read` });
    const line = text?.split(/\r?\n/, 1)[0]!.trim() ?? '';
    if (line !== '') return [line, path !== '' ? `${variable}_FILE` : `the credential ${variable}`];
  }
  return undefined;
}

function flatten(value: unknown, prefix = ''): Map<string, unknown> {
  const found = new Map<string, unknown>();
  if (value === null || value === undefined) return found;
  if (typeof value !== 'object' || Array.isArray(value)) {
    if (prefix === '')
      throw new AsPostedError({ code: 'BAD_SETTING', message: 'asposted.yaml is not a table of settings' });
    return found.set(prefix, value);
  }
  for (const [key, inner] of Object.entries(value)) {
    for (const [name, leaf] of flatten(inner, prefix === '' ? key : `${prefix}.${key}`)) found.set(name, leaf);
  }
  return found;
}

function parseValue(name: string, setting: Setting, raw: unknown, where: string): unknown {
  const bad = (wanted: string): never => {
    const shown = setting.secret ? '(secret)' : JSON.stringify(raw);
    throw new AsPostedError({
      code: 'BAD_SETTING',
      message: `${name} from ${where} is ${shown}, which is not ${wanted}`,
    });
  };
  switch (setting.kind) {
    case 'duration':
      return parseDuration(String(raw)) ?? bad('a duration such as 10m, 24h or 500ms');
    case 'size':
      return parseSize(String(raw)) ?? bad('a size such as 12MB');
    case 'number': {
      const value = Number(raw);
      return String(raw).trim() !== '' && Number.isFinite(value) && value >= 0 ? value : bad('a number of 0 or more');
    }
    case 'text':
      return typeof raw === 'string' || typeof raw === 'number' ? String(raw) : bad('a text');
    case 'texts':
      if (Array.isArray(raw)) return raw.map(String);
      return typeof raw === 'string' ? raw.split(/[\s,]+/).filter((part) => part !== '') : bad('a list of texts');
    case 'choice':
      return setting.choices!.includes(String(raw)) ? String(raw) : bad(`one of ${setting.choices!.join(', ')}`);
  }
}

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `500ms`, `2s`, `10m`, `24h`, `7d`, or `0`, in milliseconds; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  if (text.trim() === '0') return 0;
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)$/.exec(text.trim());
  return match ? Number(match[1]) * UNITS[match[2]!]! : undefined;
}

const SIZES: Record<string, number> = { '': 1, B: 1, KB: 1_000, MB: 1_000_000, GB: 1_000_000_000 };

export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([KMG]?B)?$/i.exec(text.trim());
  return match ? Math.round(Number(match[1]) * SIZES[(match[2] ?? '').toUpperCase()]!) : undefined;
}
