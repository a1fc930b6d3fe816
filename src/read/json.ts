/** JSON as strangers send it: bounded, without trust in numbers or names. */
import { normaliseText } from './text.js';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = Record<string, Json>;

export interface ParsedJson {
  value: Json;
  /** Numbers that are none (`1e9999`, ` 000`), as written (facts/watching §6.5). In `value` they stand as text. */
  broken: string[];
}

/** Undefined when it is no JSON. A broken number does not take the rest with it: it becomes text, and is named. */
export function parseJson(text: string): ParsedJson | undefined {
  const strict = tryParse(text);
  // Grammar allows `1e9999`, which is read as Infinity: only exponents of three digits and more can do that.
  if (strict !== undefined && !/\d[eE]\+?\d{3}/.test(text)) return { value: strict, broken: [] };
  const { text: mended, broken } = quoteBrokenNumbers(text);
  if (strict !== undefined && broken.length === 0) return { value: strict, broken };
  const value = broken.length === 0 ? undefined : tryParse(mended);
  return value === undefined ? undefined : { value, broken };
}

function tryParse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const LONGEST_NUMBER = 400;

/** One pass; what stands outside strings and is made of number letters, but is no finite number, is put in quotes. */
function quoteBrokenNumbers(text: string): { text: string; broken: string[] } {
  const parts: string[] = [];
  const broken: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length;) {
    if (text[at] === '"') at = endOfString(text, at);
    else if (/[-+.\d]/.test(text[at]!)) {
      const end = endOfRun(text, at);
      const run = text.slice(at, end).trimEnd();
      if (!isNumber(run) && run.length <= LONGEST_NUMBER) {
        parts.push(text.slice(from, at), JSON.stringify(run));
        broken.push(run);
        from = at + run.length;
      }
      at = end;
    } else at += 1;
  }
  return { text: parts.join('') + text.slice(from), broken };
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function endOfRun(text: string, start: number): number {
  let at = start;
  while (at < text.length && /[-+.\deE \t\r\n]/.test(text[at]!)) at += 1;
  return at;
}

function isNumber(run: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(run) && Number.isFinite(Number(run));
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(value: JsonObject | undefined, key: string): JsonObject | undefined {
  const inner = own(value, key);
  return isJsonObject(inner) ? inner : undefined;
}

/** The objects of a list; of one object alone a list of it. */
export function objectsAt(value: JsonObject | undefined, key: string): JsonObject[] {
  const inner = own(value, key);
  return (Array.isArray(inner) ? inner : [inner]).filter(isJsonObject);
}

/** Normalised; undefined for what is no text, empty, or the word `null` that stands for nothing (facts/watching §4, §6.4). */
export function textAt(value: JsonObject | undefined, key: string): string | undefined {
  const inner = own(value, key);
  if (typeof inner !== 'string') return undefined;
  const text = normaliseText(inner);
  return text === '' || text === 'null' ? undefined : text;
}

/** A number as people read it; broken ones stand as they were written. */
export function numberAt(value: JsonObject | undefined, key: string): string | undefined {
  const inner = own(value, key);
  return typeof inner === 'number' ? String(inner) : textAt(value, key);
}

export function textsAt(value: JsonObject | undefined, key: string): string[] {
  const inner = own(value, key);
  return (Array.isArray(inner) ? inner : [inner]).filter((each): each is string => typeof each === 'string');
}

/** Own members only: `constructor` and `__proto__` in a path are nobody's. */
function own(value: JsonObject | undefined, key: string): Json | undefined {
  return value !== undefined && Object.hasOwn(value, key) ? value[key] : undefined;
}
