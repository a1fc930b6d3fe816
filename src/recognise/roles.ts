/** Who has which role where the text says so: a label, then what has it. */
import { collect } from './collect.js';
import type { Hit } from './lexicon.js';
import type { WordRule } from './word-lists.js';

/** A place of the text where something with a role begins. */
export interface Labelled {
  role: string;
  /** A colon, 为 or 是 stands between: what follows is a name, whatever it looks like. */
  isStated: boolean;
  hasColon: boolean;
}

const BETWEEN = /\s*(?:名称|全称)?\s*(?:([:：]|为|是)|[—–-])?\s*(?:the\s+)?/uy;

/** By the place behind the label. Of several labels that lead to one place, the longest has the word. */
export function rolesBehind(text: string, words: readonly Hit<WordRule>[]): ReadonlyMap<number, readonly Labelled[]> {
  const roles = new Map<number, Labelled[]>();
  for (const { end, of } of words) {
    if (of.use !== 'role') continue;
    BETWEEN.lastIndex = end;
    const between = BETWEEN.exec(text)!;
    const at = end + between[0].length;
    const labelled = { role: of.id, isStated: between[1] !== undefined, hasColon: /[:：]/.test(between[0]) };
    collect(roles, at, labelled);
  }
  return roles;
}

export type Roles = ReturnType<typeof rolesBehind>;

/** The role of what begins at a place, among those that such a thing can have. */
export function roleAt(roles: Roles, at: number, among: ReadonlySet<string>): { role?: string } {
  const role = roles.get(at)?.find((each) => among.has(each.role))?.role;
  return role === undefined ? {} : { role };
}
