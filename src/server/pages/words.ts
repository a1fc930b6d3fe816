/** Words of the pages. Page text is hostile: markup is escaped by the template, control and direction characters by `visible`. */
import { type Language, type Presence, REMOVED_BY, type Removal, brokenUp } from '../../model/index.js';

export { brokenUp, percent, visible } from '../../model/index.js';

export const PRESENCES: readonly string[] = [
  'standing',
  'suspected',
  'removed',
  'unreachable',
  'moved',
] satisfies Presence[];

/** BCP 47 tag for a fragment: voices, hyphenation and glyphs depend on it. */
export function langOf(language: string): string {
  return language === 'zh' ? 'zh-Hans' : language === 'unknown' ? 'und' : language;
}

/** The tag of one short text by its letters, where nobody said what it is. */
export function langOfText(text: string): Language | 'zh-Hans' | 'und' {
  if (/\p{Script=Han}/u.test(text)) return 'zh-Hans';
  if (/[іїєґ]/i.test(text)) return 'uk';
  if (/\p{Script=Cyrillic}/u.test(text)) return 'ru';
  return /\p{Script=Latin}/u.test(text) ? 'en' : 'und';
}

export function presenceWords(presence: Presence, removal?: Removal, movedTo?: string): string {
  switch (presence) {
    case 'removed':
      // Where the removal itself is not at hand, its actor is not told; "not known" would say that nobody knows.
      return removal ? `Removed ${REMOVED_BY[removal.actor]}` : 'Removed';
    case 'suspected':
      return 'Suspected to be removed: a second look must agree';
    case 'unreachable':
      return 'Unreachable: the site does not answer us, which says nothing about the notice';
    case 'moved':
      return `Moved${movedTo === undefined ? '' : ` to ${brokenUp(movedTo)}`}`;
    case 'standing':
      return 'Standing';
  }
}

/** `1 removal`, `2 removals`. */
export const counted = (many: number, one: string): string => (many === 1 ? `1 ${one}` : `${many} ${one}s`);

/** `2024-05-22T10:30:00+08:00` as a person reads it, with its own zone. */
export function readable(time: string | null | undefined): string {
  if (!time) return 'not stated';
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(time);
  return match ? `${match[1]!} ${match[2]!} ${match[3] === 'Z' ? 'UTC' : `UTC${match[3]!}`}` : time;
}
