/** Names and codes as the screen of copies says them. */
import { html } from 'hono/html';
import type { CopyRelation, Language } from '../../model/index.js';
import type { NoticeLineageEntry } from '../../watch/index.js';
import { type MessageKey, type Messages, h, t } from '../messages/index.js';
import { type CopiesView, isCopy } from './copies-view.js';
import type { Html } from './layout.js';
import { said } from './said.js';
import { langOfText, presenceWords, readable, visible } from './words.js';

/** What differs between two texts that share passages. */
export type Change = NonNullable<NoticeLineageEntry['altered']>['changes'][number];

type Key = keyof Messages['copies'];
export const headers = (...keys: readonly Key[]): string[] => keys.map((key) => t(`copies.${key}`));

/** An account, or where there is none the notice's title, as a link. */
export function nameOf({ heads, notice }: CopiesView, id: string): Html {
  const head = heads.get(id);
  const name = head?.account?.name ?? head?.title ?? id;
  return id === notice.id
    ? h('copies.thisNotice', { name: said(name) })
    : html`<a href="/notices/${id}" lang="${langOfText(name)}">${visible(name)}</a>`;
}

export function stands(view: CopiesView, id: string): string {
  const checked = view.checked.get(id);
  const head = view.heads.get(id);
  const presence = head === undefined ? t('copies.notKnown') : presenceWords(head.presence);
  return checked ? t('copies.checked', { presence, when: readable(checked) }) : t('copies.neverChecked', { presence });
}

export const kindWord = (relation: Pick<CopyRelation, 'relation'>): string =>
  t(isCopy(relation) ? 'copies.copy' : 'copies.passages');

export const changeWord = (what: Change['what']): string => t(CHANGES[what]);
const CHANGES = {
  name: 'copies.ofName',
  contact: 'copies.ofContact',
  place: 'copies.ofPlace',
  goods: 'copies.ofGoods',
  date: 'copies.ofDate',
  number: 'copies.ofNumber',
  text: 'copies.ofText',
} as const satisfies Record<Change['what'], MessageKey>;

export const languageWord = (language: Language): string => t(LANGUAGE_WORDS[language]);
const LANGUAGE_WORDS = {
  zh: 'copies.chinese',
  ru: 'copies.russian',
  uk: 'copies.ukrainian',
  en: 'copies.english',
  unknown: 'copies.notKnown',
} as const satisfies Record<Language, MessageKey>;
