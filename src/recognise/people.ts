/** People only where the text says that a name follows. */
import type { Mention } from '../model/index.js';
import { mention } from './mentions.js';
import type { Roles } from './roles.js';

const NAMES: readonly RegExp[] = [
  /(\p{Script=Han}{2,4}?(?:·\p{Script=Han}{1,6}){0,2})(?=[\s，。；、,;(（\d]|先生|女士|电话|联系|$)/uy,
  /(\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+){1,2}|\p{Lu}\p{Ll}+\s\p{Lu}\.\s?\p{Lu}\.)/uy,
];
/** 联系人：张三、李四 */
const AND = /[、,，]\s?/uy;
const MOST = 4;

export function findPeople(text: string, roles: Roles): Mention[] {
  const found: Mention[] = [];
  for (const [begin, labels] of roles) {
    if (!labels.some(({ role, hasColon }) => role === 'contact' && hasColon)) continue;
    let at = begin;
    for (let count = 0; count < MOST; count++) {
      const name = nameAt(text, at);
      if (name === undefined) break;
      found.push({ ...mention('person', name, text, at, name.length), role: 'contact' });
      AND.lastIndex = at + name.length;
      const and = AND.exec(text);
      if (!and) break;
      at += name.length + and[0].length;
    }
  }
  return found;
}

function nameAt(text: string, at: number): string | undefined {
  for (const pattern of NAMES) {
    pattern.lastIndex = at;
    const name = pattern.exec(text)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}
