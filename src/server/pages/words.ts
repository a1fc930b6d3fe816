/** Words of the pages. Page text is hostile: markup is escaped by the template, control and direction characters by `visible`. */
import { type Language, type Presence, type Removal, type RemovalActor, brokenUp } from '../../model/index.js';
import { speaking, t } from '../messages/index.js';

export { brokenUp, percent, visible } from '../../model/index.js';

export const PRESENCES = ['standing', 'suspected', 'removed', 'unreachable', 'moved'] as const satisfies Presence[];
export const isPresence = (word: string): word is Presence => (PRESENCES as readonly string[]).includes(word);

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
  // Where the removal itself is not at hand, its actor is not told; "not known" would say that nobody knows.
  if (presence === 'removed') return removal ? t(REMOVED[removal.actor]) : t('common.removed');
  if (presence === 'moved' && movedTo !== undefined) return t('common.movedTo', { address: brokenUp(movedTo) });
  return t(`common.${presence}`);
}

const REMOVED = {
  publisher: 'common.removedPublisher',
  platform: 'common.removedPlatform',
  complaint: 'common.removedComplaint',
  account: 'common.removedAccount',
  unknown: 'common.removedUnknown',
} as const satisfies Record<RemovalActor, unknown>;

/** As one word. */
export const presenceWord = (presence: Presence): string => t(IS[presence]);

const IS = {
  standing: 'common.isStanding',
  suspected: 'common.isSuspected',
  removed: 'common.isRemoved',
  unreachable: 'common.isUnreachable',
  moved: 'common.isMoved',
} as const satisfies Record<Presence, unknown>;

/** What goods are called in the language of the page. */
export function nameOfGoods({ names }: { names: Readonly<Record<Exclude<Language, 'unknown'>, string>> }): string {
  return names[catalogued()];
}

/** The language of the catalogue that is nearest to the language of the page; its Chinese is in simplified characters. */
export function catalogued(): Exclude<Language, 'unknown'> {
  const { language } = speaking();
  return language === 'zh-Hans' || language === 'zh-Hant' ? 'zh' : language;
}

/** `2024-05-22T10:30:00+08:00` as a person reads it, with its own zone. */
export function readable(time: string | null | undefined): string {
  if (!time) return t('common.notStated');
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.exec(time);
  return match ? `${match[1]!} ${match[2]!} ${match[3] === 'Z' ? 'UTC' : `UTC${match[3]!}`}` : time;
}
