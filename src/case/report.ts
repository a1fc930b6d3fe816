/** A case as it is shown, published and served: documents of the store put together. Reads rows; decides nothing. */
import type { DocumentKind, Mention } from '../model/index.js';
import { type Catalogue, explainingWords, recognise } from '../recognise/index.js';
import {
  type CaseDocument,
  type ClaimDocument,
  type NoticeDetail,
  type Queryable,
  showCase,
  showNotice,
} from '../store/index.js';
import { languageOf } from '../read/index.js';
import { type ClaimLike, type Contradiction, type NoticeSide, findContradictions } from './contradictions.js';
import { type Glosses, glossesOf } from './glosses.js';
import { type TimelineLine, buildTimeline } from './timeline.js';

export interface CaseReport extends CaseDocument {
  noticeList: NoticeDetail[];
  timeline: TimelineLine[];
  contradictions: Contradiction[];
  /** English words of the catalogue for goods, trade names and places of the notices. */
  glosses: Glosses;
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
      found.claims.map((claim) => claimSide(claim, catalogue)),
      notices.filter(isOffer).map((notice) => noticeSide(notice, catalogue)),
    ),
    glosses: glossesOf(
      notices.flatMap(({ mentions }) => mentions),
      catalogue,
    ),
  };
}

/** Only what asks for goods or offers them has a destination; a news page names countries of every kind. */
const OFFERS: readonly (DocumentKind | null)[] = ['call-for-goods', 'tender', 'award', 'correction', 'offer'];
const isOffer = ({ documentKind }: NoticeDetail): boolean => OFFERS.includes(documentKind as DocumentKind | null);

/** Whole countries only: a city or province says where the poster sits, and that is no destination (facts/goods §17). */
const isCountry = ({ kind, id }: Mention): boolean => kind === 'place' && !id.includes(':');
const ids = (mentions: readonly Mention[]): string[] => [...new Set(mentions.map(({ id }) => id))];
const texts = (mentions: readonly Mention[]): string[] => [...new Set(mentions.map(({ text }) => text))];

function mentionsIn(text: string, catalogue: Catalogue): Mention[] {
  return text === '' ? [] : recognise({ text, language: languageOf(text), on: '1970-01-01' }, catalogue).mentions;
}

/** Counter-drone goods and trade names: what an explanation can be held against. */
function goodsOf(mentions: readonly Mention[], { families }: Catalogue): string[] {
  const core = new Set(families.filter(({ priority }) => priority === 'core').map(({ id }) => id));
  return texts(mentions.filter(({ kind, id }) => kind === 'tradeName' || (kind === 'goods' && core.has(id))));
}

export function claimSide(claim: ClaimDocument | ClaimLike, catalogue: Catalogue): ClaimLike {
  const mentions = mentionsIn(claim.words, catalogue);
  const countries = mentions.filter(isCountry);
  return {
    ...claim,
    countries: ids(countries),
    destinations: ids(countries.filter((each) => isWhereGoodsGo(claim.words, each))),
    goods: goodsOf(mentions, catalogue),
    explainedAs: explainingWords(claim.words, catalogue),
  };
}

function noticeSide({ id, mentions, account }: NoticeDetail, catalogue: Catalogue): NoticeSide {
  const places = [...mentions, ...mentionsIn(account?.name ?? '', catalogue)].filter(isCountry);
  return { id, countries: ids(places), places: texts(places), goods: goodsOf(mentions, catalogue) };
}

const BUYER =
  /买家|买方|采购方|客户|最终用户|(?:buyer|customer|client|end[- ]user)s?\b|покупател|заказчик|клиент|получател|покупц|покупець|замовник/iu;
const SENTENCE_END = /[.!?;。！？；\n]/u;

/** Said of it as such, or named in one sentence with the buyers. */
function isWhereGoodsGo(text: string, { start, end, role }: Mention): boolean {
  if (role === 'destination') return true;
  const before = text.slice(0, start).split(SENTENCE_END).at(-1)!;
  const after = text.slice(end).split(SENTENCE_END)[0]!;
  return BUYER.test(before) || BUYER.test(after);
}
