/** Canonical JSON in the manner of RFC 8785: one value, one byte sequence, so that a hash names a document. */

const MAX_DEPTH = 64;

/** Keys sorted by UTF-16 code units, no white space; undefined members are left out; lone surrogates and NaN are refused. */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new TypeError('canonical JSON: nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonical JSON: not a finite number');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('canonical JSON: a lone surrogate has no UTF-8 form');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each, depth + 1)).join(',')}]`;
  if (typeof value === 'object') return `{${membersOf(value as Record<string, unknown>, depth)}}`;
  throw new TypeError(`canonical JSON: ${typeof value} has no JSON form`);
}

/** In the order of UTF-16 code units, which is how strings sort. */
function membersOf(value: Record<string, unknown>, depth: number): string {
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const each = value[key];
    if (each !== undefined) text += `${text === '' ? '' : ','}${canonicalJson(key)}:${canonicalJson(each, depth + 1)}`;
  }
  return text;
}

/**
 * Parses and insists that the bytes are the canonical form of what they say: duplicate keys, other spellings of numbers
 * and trailing bytes all fail, because their canonical form is another text. Undefined when they are not.
 */
export function parseCanonical(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
