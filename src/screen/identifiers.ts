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

/** Upper-case letters and digits only. */
export function normaliseIdentifier(value: string): string {
  return value.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/** Those given, and those a person typed into the name field: `ИНН 7802942873`. */
export function askedIdentifiers({ name, identifiers = [] }: ScreeningQuery): AskedIdentifier[] {
  const asked = identifiers.map(({ type, value }) => withCheck(type.toLowerCase(), normaliseIdentifier(value)));
  for (const [token] of name.toUpperCase().matchAll(/(?<![0-9A-Z])[0-9A-Z]{10,20}(?![0-9A-Z])/g)) {
    for (const [type, valid] of Object.entries(CHECKS)) if (valid(token)) asked.push(withCheck(type, token));
  }
  return asked.filter(
    (each, at) => asked.findIndex((other) => other.value === each.value && other.type === each.type) === at,
  );
}

function withCheck(type: string, value: string): AskedIdentifier {
  // Types come from the question: `constructor` is no check, though every object has one.
  return { type, value, strong: Object.hasOwn(CHECKS, type) && CHECKS[type]!(value) };
}

/** True when nothing but labels and numbers was asked: then there is no name to compare. */
export function isOnlyIdentifier(name: string): boolean {
  const rest = name
    .toUpperCase()
    .replace(/(?<![0-9A-Z])[0-9A-Z]{10,20}(?![0-9A-Z])/g, '')
    .replace(/ИНН|ОГРН|ОГРНИП|КПП|ІПН|INN|OGRN|LEI|USCC|TAX ID|统一社会信用代码|税号/g, '');
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
