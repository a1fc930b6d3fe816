/** JSON from strangers (facts/evidence §22.2): one reading only. JSON.parse takes the last of two equal keys; others take the first. */
import { fromUtf8 } from './hash.js';

export interface JsonLimits {
  bytes: number;
  depth: number;
}

export const JSON_LIMITS: JsonLimits = { bytes: 32 * 2 ** 20, depth: 64 };

export type StrictJson = { value: unknown; problem?: undefined } | { problem: string };

/** Never throws: says what is wrong. */
export function parseStrictJson(source: Uint8Array | string, limits: JsonLimits = JSON_LIMITS): StrictJson {
  if (source.length > limits.bytes) return { problem: `it is larger than ${limits.bytes} bytes` };
  const text = typeof source === 'string' ? source : fromUtf8(source);
  if (text === undefined) return { problem: 'it is not UTF-8' };
  const problem = scan(text, limits.depth);
  if (problem !== undefined) return { problem };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: 'it is not JSON' };
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Depth and keys. The text may be no JSON at all; then JSON.parse says so afterwards. */
function scan(text: string, limit: number): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '{' || letter === '[') {
      open.push(letter === '{' ? new Set() : undefined);
      if (open.length > limit) return `it is nested deeper than ${limit}`;
    } else if (letter === '}' || letter === ']') open.pop();
    else if (letter === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keys && /^[ \t\r\n]*:/.test(text.slice(end + 1, end + 65))) {
        const key = unquote(text.slice(at, end + 1));
        if (key === undefined) return 'it is not JSON';
        if (key === '__proto__') return 'it has a key __proto__';
        if (keys.has(key)) return `it has the key ${JSON.stringify(key.slice(0, 80))} twice`;
        keys.add(key);
      } else if (keys && text.slice(end + 1, end + 65).trim() === '' && end + 65 < text.length)
        return 'it has more white space than JSON needs';
      at = end;
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function unquote(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
