/** A case as it is shown, published and served: documents of the store put together. Reads rows; decides nothing. */
import type { DocumentKind } from '../model/index.js';
import { type Catalogue, recognise } from '../recognise/index.js';
import {
  type CaseDocument,
  type ClaimDocument,
  type NoticeDetail,
  type Queryable,
  showCase,
  showNotice,
} from '../store/index.js';
import { languageOf } from '../read/index.js';
import { type Contradiction, findContradictions } from './contradictions.js';
import { type TimelineLine, buildTimeline } from './timeline.js';

export interface CaseReport extends CaseDocument {
  noticeList: NoticeDetail[];
  timeline: TimelineLine[];
  contradictions: Contradiction[];
}

export interface CaseTools {
  database: Queryable;
  catalogue: Catalogue;
}

export async function caseReport({ database, catalogue }: CaseTools, id: string): Promise<CaseReport | undefined> {
  const found = await showCase(database, id);
  if (!found) return undefined;
  const notices: NoticeDetail[] = [];
  for (const notice of found.notices) {
    const detail = await showNotice(database, notice);
    if (detail) notices.push(detail);
  }
  const { statements } = found;
  return {
    ...found,
    noticeList: notices,
    timeline: buildTimeline(notices, found.claims, statements),
    contradictions: findContradictions(
      found.claims.map((claim) => ({ ...claim, countries: countriesIn(claim, catalogue) })),
      notices.filter(isOffer).map(({ id: notice, mentions, account }) => ({
        id: notice,
        countries: [...new Set([...countriesOf(mentions), ...countriesOf(mentionsIn(account?.name ?? '', catalogue))])],
      })),
    ),
  };
}

/** Only what asks for goods or offers them has a destination; a news page names countries of every kind. */
const OFFERS: readonly (DocumentKind | null)[] = ['call-for-goods', 'tender', 'award', 'correction', 'offer'];
const isOffer = ({ documentKind }: NoticeDetail): boolean => OFFERS.includes(documentKind as DocumentKind | null);

/** Whole countries only: a city or province says where the poster sits, and that is no destination (facts/goods §17). */
function countriesOf(mentions: readonly { kind: string; id: string }[]): string[] {
  return [...new Set(mentions.filter(({ kind, id }) => kind === 'place' && !id.includes(':')).map(({ id }) => id))];
}

function mentionsIn(text: string, catalogue: Catalogue): { kind: string; id: string }[] {
  return text === '' ? [] : recognise({ text, language: languageOf(text), on: '1970-01-01' }, catalogue).mentions;
}

function countriesIn({ words }: ClaimDocument, catalogue: Catalogue): string[] {
  return countriesOf(mentionsIn(words, catalogue));
}
