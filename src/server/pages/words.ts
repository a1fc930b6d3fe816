/** Text of pages is hostile: markup is escaped by the template, and control and direction characters are made visible here. */
import type { Language, Presence, Removal } from '../../model/index.js';

export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

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

/** No live link to a watched page: opening it would show our interest and the reader's address (facts/experience §10). */
export function brokenUp(url: string): string {
  return visible(url.replace(/^(https?):\/\//, '$1 : //'));
}

const ACTORS: Readonly<Record<Removal['actor'], string>> = {
  publisher: 'by its publisher',
  platform: 'by the platform',
  complaint: 'after a complaint',
  account: 'with its account',
  unknown: 'by whom is not known',
};

export function presenceWords(presence: Presence, removal?: Removal, movedTo?: string): string {
  switch (presence) {
    case 'removed':
      return `Removed ${ACTORS[removal?.actor ?? 'unknown']}`;
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

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** `2024-05-22T10:30:00+08:00` as a person reads it, with its own zone. */
export function readable(time: string | null | undefined): string {
  if (!time) return 'not stated';
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(time);
  return match ? `${match[1]!} ${match[2]!} ${match[3] === 'Z' ? 'UTC' : `UTC${match[3]!}`}` : time;
}
