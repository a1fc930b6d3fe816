/** Words of a notice with their aids: original first, then romanised, then the catalogue's English (facts/experience §12). */
import { glossKey } from '../../case/index.js';
import type { Mention } from '../../model/index.js';
import type { NoticeDetail } from '../../store/index.js';
import { type Markup, html, nothing, said } from './markup.js';
import { romanise } from '../../text/romanise.js';
import type { View } from './view.js';

/** A name as it stands, and how it is read: `广东省… (guǎng dōng shěng …)`. */
export function nameWords(name: string, language = '', isPerson = false): Markup {
  return html`${said(name, language)}${aid(name, language, isPerson)}`;
}

export function aid(text: string, language = '', isPerson = false): Markup {
  const read = romanise(text, language, isPerson);
  return read ? html` <span class="aid" lang="${read.lang}">(${read.text})</span>` : nothing;
}

export function titleWords({ title, id, language }: Pick<NoticeDetail, 'title' | 'id' | 'language'>): Markup {
  return title === null ? html`${id}` : html`“${said(title, language)}”${aid(title, language)}`;
}

/** Mentions of one meaning, once: their words in the order of the text. */
export interface Named {
  kind: Mention['kind'];
  id: string;
  gloss: string | undefined;
  texts: string[];
  revisions: number[];
  why: string;
}

export function namedIn({ mentions }: NoticeDetail, { data }: View): Named[] {
  const named = new Map<string, Named>();
  for (const each of mentions) {
    const key = glossKey(each);
    const held = named.get(key) ?? {
      ...{ kind: each.kind, id: each.id, texts: [], revisions: [] },
      gloss: data.report.glosses[key],
      why: whyOf(each),
    };
    if (!held.texts.includes(each.text)) held.texts.push(each.text);
    if (!held.revisions.includes(each.revision)) held.revisions.push(each.revision);
    named.set(key, held);
  }
  return [...named.values()];
}

function whyOf({ why, role, maker }: Mention): string {
  const parts = [
    role === undefined ? '' : role.replaceAll('-', ' '),
    why === undefined ? '' : `${why.strength} term of the catalogue, source ${why.source}`,
    maker === undefined ? '' : `${maker.source} names ${maker.name} as its maker`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** `drone jammer (“无人机抑制器”)`; without a gloss the words alone. */
export function namedWords({ gloss, texts }: Named, language: string): Markup {
  const words = html`${texts.slice(0, 3).map((text, at) => html`${at === 0 ? '' : ', '}“${said(text, language)}”`)}`;
  if (gloss === undefined || (texts.length === 1 && texts[0] === gloss)) return words;
  return html`${gloss} (${words})`;
}

const KINDS: Readonly<Partial<Record<Mention['kind'], string>>> = {
  tradeName: 'trade name',
  code: 'customs or list code',
};
export const kindWords = (kind: Mention['kind']): string => KINDS[kind] ?? kind;

const DOCUMENTS: Readonly<Record<string, string>> = {
  'call-for-goods': 'a call for goods',
  tender: 'a tender',
  award: 'an award',
  correction: 'a correction of a tender',
  offer: 'an offer of goods',
  policy: 'a policy paper',
  law: 'a law or regulation',
  statement: 'a statement',
  news: 'a news report',
  report: 'a report',
};
/** Undefined where the kind is not known. */
export const documentWords = (kind: string | null): string | undefined => DOCUMENTS[kind ?? ''];
