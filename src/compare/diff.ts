/**
 * What changed between two readings: fields and sentences, never bytes. A page's counters, tokens and scripts change with
 * every fetch; a reading does not (facts/watching §12).
 */
import { diffArrays } from 'diff';
import { MOST_EDITS, changedRuns, sentences, shapeOf, squeeze, words } from './sentences.js';
import type { Change, Language, Reading } from '../model/index.js';

/** What a piece of text names: its kind, and what it is. Handed in, because recognising is another stage's work. */
export type Salience = (text: string) => readonly { kind: string; id: string }[];

const BASE: Record<Change['kind'], number> = {
  title: 70,
  published: 60,
  original: 50,
  account: 40,
  attachment: 40,
  text: 30,
  image: 20,
  author: 20,
  template: 5,
  technical: 0,
};

/** A changed country, name, good or telephone is what a reader must see first. */
const BOOST: Record<string, number> = {
  tradeName: 60,
  goods: 55,
  place: 55,
  organisation: 50,
  person: 50,
  identifier: 50,
  phone: 45,
  email: 45,
  quantity: 35,
  price: 35,
  date: 30,
  frequency: 30,
  range: 30,
};

export interface ComparedBy {
  salient?: Salience;
  /** Shapes of sentences whose numbers count by themselves (`shapeOf`): a change of these is none. */
  counting?: ReadonlySet<string>;
}

const NOTHING: Salience = () => [];
const NO_SHAPES: ReadonlySet<string> = new Set();

/** Changes from `before` to `after`, the weightiest first. Empty when a reader would see the same. */
export function compareReadings(
  before: Reading,
  after: Reading,
  { salient = NOTHING, counting = NO_SHAPES }: ComparedBy = {},
): Change[] {
  const changes: Change[] = [
    ...field('title', before.title, after.title, after.language),
    ...field('author', before.author, after.author, after.language),
    ...field('published', before.published, after.published, 'unknown'),
    ...field('account', before.account?.name, after.account?.name, after.language),
    ...field('account', before.account?.bio, after.account?.bio, after.language),
    ...field('original', before.links.original?.key, after.links.original?.key, 'unknown'),
    ...lists('attachment', names(before), names(after)),
    ...lists('image', before.links.images, after.links.images),
    ...textChanges(bodyOf(before), bodyOf(after), { language: after.language, counting }),
    ...field('technical', before.verdict.rule, after.verdict.rule, 'unknown'),
  ];
  return changes
    .map((change) => ({ ...change, severity: severityOf(change, salient) }))
    .sort((a, b) => b.severity - a.severity);
}

export interface ChangedBy extends ComparedBy {
  /** The site was made over at that time: what was done to the notice cannot be told from it. Both captures are kept, and people can look. */
  redesigned?: boolean;
}

/** What is told of two readings of a notice, one after the other, and whether it makes a revision. */
export function revisionChanges(
  before: Reading,
  after: Reading,
  { redesigned = false, ...by }: ChangedBy,
): { changes: Change[]; substance: boolean } {
  const told = compareReadings(before, after, by).filter(({ kind }) => kind !== 'technical');
  const changes = redesigned
    ? told.map((change): Change => ({ ...change, kind: 'template', severity: BASE.template }))
    : told;
  return { changes, substance: changes.some(({ kind }) => kind !== 'account' && kind !== 'template') };
}

/** The stored text starts with the title; a change of title is told once, as such. */
function bodyOf({ title, text }: Reading): string {
  if (title === undefined || title === '' || !text.startsWith(title)) return text;
  return text.slice(title.length).replace(/^\n/, '');
}

function names({ links }: Reading): string[] {
  return links.attachments.map(({ name, url }) => (name === undefined ? url : `${name} ${url}`));
}

function field(
  kind: Change['kind'],
  before: string | undefined,
  after: string | undefined,
  language: Language,
): Change[] {
  if ((before ?? '') === (after ?? '')) return [];
  return [changeOf(kind, before ?? '', after ?? '', language)];
}

function lists(kind: Change['kind'], before: readonly string[], after: readonly string[]): Change[] {
  const gone = before.filter((each) => !after.includes(each));
  const come = after.filter((each) => !before.includes(each));
  return [
    ...gone.map((each): Change => ({
      kind,
      severity: 0,
      before: each,
      after: '',
      edits: [{ op: 'remove', text: each }],
    })),
    ...come.map((each): Change => ({ kind, severity: 0, before: '', after: each, edits: [{ op: 'add', text: each }] })),
  ];
}

/** Sentences first, so that one changed word does not blur its neighbours; then words inside the sentences that changed. */
function textChanges(
  before: string,
  after: string,
  { language, counting }: { language: Language; counting: ReadonlySet<string> },
): Change[] {
  const keyOf = (text: string): string => {
    const shape = counting.size === 0 ? '' : shapeOf(text);
    return counting.has(shape) ? shape : squeeze(text);
  };
  return changedRuns(sentences(before), sentences(after), keyOf)
    .map(({ gone, come }) => changeOf('text', gone.join(''), come.join(''), language))
    .filter(({ before: b, after: a }) => squeeze(b) !== squeeze(a));
}

function localeOf(language: Language): string {
  return language === 'unknown' ? 'en' : language;
}

/** Longer than this on both sides together, words are not held against each other: that a page was rewritten is all there is to say. */
const MOST_WORDS_OF = 20_000;

function changeOf(kind: Change['kind'], before: string, after: string, language: Language): Change {
  return { kind, severity: 0, before, after, edits: editsOf(before, after, language) };
}

function editsOf(before: string, after: string, language: Language): Change['edits'] {
  const whole: Change['edits'] = [];
  if (before !== '') whole.push({ op: 'remove', text: before });
  if (after !== '') whole.push({ op: 'add', text: after });
  if (whole.length < 2 || before.length + after.length > MOST_WORDS_OF) return whole;
  const locale = localeOf(language);
  const parts = diffArrays(words(before, locale), words(after, locale), { maxEditLength: MOST_EDITS });
  return (
    parts?.map(({ value, added, removed }) => ({
      op: added ? 'add' : removed ? 'remove' : 'keep',
      text: value.join(''),
    })) ?? whole
  );
}

/** From what is named on one side and not on the other: `30台` became `50台`, one country another. */
function severityOf(change: Change, salient: Salience): number {
  const base = BASE[change.kind];
  if (change.kind !== 'text' && change.kind !== 'title') return base;
  const [before, after] = [salient(change.before), salient(change.after)];
  const kinds = [...difference(before, after), ...difference(after, before)];
  const boost = Math.max(0, ...kinds.map((kind) => BOOST[kind] ?? 0));
  return Math.min(100, base + boost);
}

/** Kinds of what stands in the first list oftener than in the second. */
function difference(a: ReturnType<Salience>, b: ReturnType<Salience>): string[] {
  const left = new Map<string, number>();
  const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind} ${id}`;
  for (const each of b) left.set(keyOf(each), (left.get(keyOf(each)) ?? 0) + 1);
  return a.flatMap((each) => {
    const count = left.get(keyOf(each)) ?? 0;
    left.set(keyOf(each), count - 1);
    return count > 0 ? [] : [each.kind];
  });
}
