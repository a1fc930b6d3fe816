/**
 * Notices in another language that may be a translation of a text (facts/copies §17): they share anchors too rare to be shared by
 * chance. A lead for a reader of both languages. The index is made when somebody asks, and held as long as the log does not grow.
 */
import {
  type AnchorIndex,
  type AnchorMention,
  type TranslationScore,
  anchorsOf,
  createAnchorIndex,
  translationScore,
} from '../compare/index.js';
import { type Language, type NoticeId, instant } from '../model/index.js';
import { recognise } from '../recognise/index.js';
import { type Database, type TextRow, appliedSize, noticeCount, textsAfter, textsOf } from '../store/index.js';
import type { Parts } from './parts.js';

/** In a store of more it is not looked for unasked: making the index takes as long as reading every notice. */
const MOST_UNASKED = 50_000;
const PAGE = 500;
/** Longer texts that somebody pasted are not recognised for this. */
const LONGEST_RECOGNISED = 100_000;

export interface MayBeTranslation extends Pick<TranslationScore, 'score' | 'chance' | 'anchors'> {
  relation: 'may-be-translation';
  other: NoticeId;
  language: Language;
  otherLanguage: Language;
}

interface Subject {
  /** Of a notice of the store; without it the text was pasted. */
  id?: NoticeId;
  text: string;
  language: Language;
  mentions?: readonly AnchorMention[] | undefined;
}

export interface TranslationOptions {
  /** Copies, which are told as such. */
  exclude?: readonly NoticeId[];
  /** However many notices there are. */
  anyway?: boolean;
}

/** The likeliest first; `undefined`: not looked for, in so large a store. */
export async function translationsOfNotice(
  parts: Parts,
  id: NoticeId,
  options: TranslationOptions = {},
): Promise<MayBeTranslation[] | undefined> {
  const [own] = await textsOf(parts.store.database, [id]);
  return own ? translationsOf(parts, { ...own, id }, options) : [];
}

export async function translationsOfText(
  parts: Parts,
  { text, language }: Pick<Subject, 'text' | 'language'>,
  options: TranslationOptions = {},
): Promise<MayBeTranslation[] | undefined> {
  const on = instant(parts.clock.now()).slice(0, 10);
  const mentions = text.length > LONGEST_RECOGNISED ? [] : recognise({ text, language, on }, parts.catalogue).mentions;
  return translationsOf(parts, { text, language, mentions }, options);
}

async function translationsOf(
  parts: Parts,
  { id, text, language, mentions }: Subject,
  { exclude = [], anyway = false }: TranslationOptions,
): Promise<MayBeTranslation[] | undefined> {
  const { database } = parts.store;
  if (!anyway && (await noticeCount(database)) > MOST_UNASKED) return undefined;
  const index = await indexOf(parts);
  const anchors = anchorsOf(text, mentions);
  const found = index.lookup(anchors, { language, ...(id === undefined ? {} : { exclude: id }) });
  const others = found.map((each) => each.id as NoticeId).filter((other) => !exclude.includes(other));
  return (await textsOf(database, others))
    .flatMap((row): MayBeTranslation[] => {
      const frequencies = index.between(language, row.language);
      const { mayBe, ...score } = translationScore(anchors, anchorsOfRow(row), frequencies);
      if (!mayBe) return [];
      return [{ relation: 'may-be-translation', other: row.notice, language, otherLanguage: row.language, ...score }];
    })
    .sort((a, b) => b.score - a.score || (a.other < b.other ? -1 : 1));
}

const anchorsOfRow = ({ text, mentions }: TextRow): ReturnType<typeof anchorsOf> => anchorsOf(text, mentions);

interface Held {
  index: AnchorIndex;
  /** Entries of the log that the rows were made from. */
  applied: number;
}

const held = new WeakMap<Database, Held>();

async function indexOf(parts: Parts): Promise<AnchorIndex> {
  const { database } = parts.store;
  const applied = await appliedSize(database);
  const known = held.get(database);
  if (known?.applied === applied) return known.index;
  const index = createAnchorIndex();
  let after = '';
  let told = Date.now();
  for (;;) {
    const rows = await textsAfter(database, after, PAGE);
    for (const row of rows) index.add(row.notice, anchorsOfRow(row), row.language);
    if (rows.length < PAGE) break;
    after = rows.at(-1)!.notice;
    if (Date.now() - told > 2_000) {
      told = Date.now();
      parts.progress(`looking for translations: ${index.documents} notices read`);
    }
  }
  held.set(database, { index, applied });
  return index;
}
