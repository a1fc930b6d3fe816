/** Codes of the records as words of the page: what a check concluded, kinds of pages and of mentions. */
import type { Change, CopyRelation, DocumentKind, Mention, MentionKind, ObservationClass } from '../../model/index.js';
import { type MessageKey, type Messages, t } from '../messages/index.js';

type Key = keyof Messages['notice'];

/** Rows of the database give codes as text: one that is not known here is shown as it is. */
const worded = (words: Readonly<Record<string, MessageKey>>, code: string): string =>
  Object.hasOwn(words, code) ? t(words[code]!) : code;

/** The head of a table. */
export const headers = (...keys: readonly Key[]): string[] => keys.map((key) => t(`notice.${key}`));

export const documentWord = (kind: string): string => worded(DOCUMENTS, kind);
const DOCUMENTS = {
  'call-for-goods': 'notice.callForGoods',
  tender: 'notice.tender',
  award: 'notice.award',
  correction: 'notice.correction',
  offer: 'notice.offer',
  policy: 'notice.policy',
  law: 'notice.law',
  statement: 'notice.statement',
  news: 'notice.news',
  report: 'notice.report',
  unknown: 'notice.unknown',
} as const satisfies Record<DocumentKind, MessageKey>;

export const relationWord = (relation: string): string => worded(RELATIONS, relation);
const RELATIONS = {
  copy: 'notice.relationCopy',
  'shared-passage': 'notice.relationPassage',
  'declared-repost': 'notice.relationRepost',
} as const satisfies Record<CopyRelation['relation'], MessageKey>;

/** What a check concluded. */
export const checkWord = (concluded: string): string => worded(CHECKS, concluded);
const CHECKS = {
  live: 'notice.checkLive',
  notice: 'notice.checkNotice',
  gone: 'notice.checkGone',
  moved: 'notice.checkMoved',
  blocked: 'notice.checkBlocked',
  down: 'notice.checkDown',
  unknown: 'notice.checkUnknown',
} as const satisfies Record<ObservationClass, MessageKey>;

export const kindWord = (kind: MentionKind): string => t(KINDS[kind]);
const KINDS = {
  goods: 'notice.goods',
  tradeName: 'notice.tradeName',
  organisation: 'notice.organisation',
  person: 'notice.person',
  place: 'notice.place',
  date: 'notice.date',
  quantity: 'notice.quantity',
  frequency: 'notice.frequency',
  range: 'notice.range',
  price: 'notice.price',
  phone: 'notice.phone',
  email: 'notice.email',
  address: 'notice.postal',
  identifier: 'notice.identifier',
  code: 'notice.code',
} as const satisfies Record<MentionKind, MessageKey>;

/** Roles are named by the catalogue: one that it gains has no word here yet, and is shown as it is named there. */
export const roleWord = ({ role = '' }: Pick<Mention, 'role'>): string => worded(ROLES, role);
const ROLES: Readonly<Record<string, MessageKey>> = {
  'overseeing-body': 'notice.overseeingBody',
  buyer: 'notice.buyer',
  supplier: 'notice.supplier',
  'end-user': 'notice.endUser',
  intermediary: 'notice.intermediary',
  destination: 'notice.destination',
  contact: 'notice.contact',
  address: 'notice.postal',
  deadline: 'notice.deadline',
};

/** What of a notice was changed. */
export const changeWord = (kind: Change['kind']): string => t(CHANGES[kind]);
const CHANGES = {
  text: 'notice.ofText',
  title: 'notice.ofTitle',
  author: 'notice.ofAuthor',
  published: 'notice.ofPublished',
  attachment: 'notice.ofAttachment',
  image: 'notice.ofImage',
  account: 'notice.ofAccount',
  original: 'notice.ofOriginal',
  template: 'notice.ofTemplate',
  technical: 'notice.ofTechnical',
} as const satisfies Record<Change['kind'], MessageKey>;
