/** Registration numbers: compared before names, because equal numbers beat unequal spellings (facts/screening §7.10, §8). */
import type { ListEntry, ScreeningQuery } from '../model/index.js';
import { validInn, validLei, validOgrn, validUscc } from '../text/index.js';

export interface AskedIdentifier {
  type: string;
  value: string;
  /** Its check digits hold, so equality can hardly be chance. */
  strong: boolean;
}

const CHECKS: Record<string, (value: string) => boolean> = {
  inn: validInn,
  ogrn: validOgrn,
  uscc: validUscc,
  lei: validLei,
};

/** Numbers as long as those whose check digits we know. */
const NUMBER = /(?<![0-9A-Z])[0-9A-Z]{10,20}(?![0-9A-Z])/g;

/** What a number can be by its check digits. */
const typesOf = (token: string): string[] => Object.keys(CHECKS).filter((type) => CHECKS[type]!(token));

/** Upper-case letters and digits only. */
export function normaliseIdentifier(value: string): string {
  return value.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/** Those given, and those a person typed into the name field: `ИНН 7802942873`. */
export function askedIdentifiers({ name, identifiers = [] }: ScreeningQuery): AskedIdentifier[] {
  const asked = identifiers.map(({ type, value }) => withCheck(type.toLowerCase(), normaliseIdentifier(value)));
  if (!/\d/.test(name)) return asked;
  for (const [token] of name.toUpperCase().matchAll(NUMBER))
    for (const type of typesOf(token)) asked.push(withCheck(type, token));
  return asked.filter(
    (each, at) => asked.findIndex((other) => other.value === each.value && other.type === each.type) === at,
  );
}

function withCheck(type: string, value: string): AskedIdentifier {
  // Types come from the question: `constructor` is no check, though every object has one.
  return { type, value, strong: Object.hasOwn(CHECKS, type) && CHECKS[type]!(value) };
}

const LABELS = /ИНН|ОГРН|ОГРНИП|КПП|ІПН|INN|OGRN|LEI|USCC|TAX ID|统一社会信用代码|税号/g;

/** True when nothing but labels and numbers was asked: then there is no name to compare. ROSOBORONEXPORT is no number. */
export function isOnlyIdentifier(name: string): boolean {
  if (!/\d/.test(name)) return name.trim() === '';
  const rest = name
    .toUpperCase()
    .replace(NUMBER, (token) => (/^\d+$/.test(token) || typesOf(token).length > 0 ? '' : token))
    .replace(LABELS, '');
  return !/[\p{L}\p{N}]/u.test(rest);
}

export interface IdentifierHit {
  printed: string;
  score: number;
  why: string;
}

/** Equal numbers of one entry; untyped labels need a check digit to say much. */
export function identifierHit(asked: readonly AskedIdentifier[], entry: ListEntry): IdentifierHit | undefined {
  for (const { type, value, strong } of asked) {
    for (const theirs of entry.identifiers) {
      if (normaliseIdentifier(theirs.value) !== value) continue;
      const sameType = theirs.type === type;
      const score = strong ? (sameType ? 0.98 : 0.9) : 0.5;
      const check = strong ? 'its check digits hold' : 'without a check digit, a hint only';
      return {
        printed: `${theirs.type.toUpperCase()} ${theirs.value}`,
        score,
        why: `the same ${sameType ? type.toUpperCase() : 'number'} ${theirs.value}, ${check}`,
      };
    }
  }
  return undefined;
}
