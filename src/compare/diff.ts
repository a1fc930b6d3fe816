/**
 * What changed between two readings: fields and sentences, never bytes. A page's counters, tokens and scripts change with
 * every fetch; a reading does not (facts/watching §12).
 */
import { diffArrays } from 'diff';
import type { Change, Language, Reading } from '../model/index.js';

/** What kinds of mention a piece of text holds; handed in, because recognising is another stage's work. */
export type Salience = (text: string) => readonly string[];

const BASE: Record<Change['kind'], number> = {
  title: 70,
  published: 60,
  original: 50,
  account: 40,
  attachment: 40,
  text: 30,
  image: 20,
  author: 20,
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

const NOTHING: Salience = () => [];

/** Changes from `before` to `after`, the weightiest first. Empty when a reader would see the same. */
export function compareReadings(before: Reading, after: Reading, salient: Salience = NOTHING): Change[] {
  const changes: Change[] = [
    ...field('title', before.title, after.title, after.language),
    ...field('author', before.author, after.author, after.language),
    ...field('published', before.published, after.published, 'unknown'),
    ...field('account', before.account?.name, after.account?.name, after.language),
    ...field('original', before.links.original?.key, after.links.original?.key, 'unknown'),
    ...lists('attachment', names(before), names(after)),
    ...lists('image', before.links.images, after.links.images),
    ...textChanges(bodyOf(before), bodyOf(after), after.language),
    ...field('technical', before.verdict.rule, after.verdict.rule, 'unknown'),
  ];
  return changes
    .map((change) => ({ ...change, severity: severityOf(change, salient) }))
    .sort((a, b) => b.severity - a.severity);
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
function textChanges(before: string, after: string, language: Language): Change[] {
  const same = (a: string, b: string): boolean => squeeze(a) === squeeze(b);
  const parts = diffArrays(sentences(before, language), sentences(after, language), { comparator: same });
  const changes: Change[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (!part.removed && !part.added) continue;
    const next = parts[i + 1];
    const paired = next !== undefined && part.removed !== next.removed && (next.added || next.removed);
    const [gone, come] = part.removed ? [part, paired ? next : undefined] : [paired ? next : undefined, part];
    changes.push(changeOf('text', (gone?.value ?? []).join(''), (come?.value ?? []).join(''), language));
    if (paired) i += 1;
  }
  return changes.filter(({ before: b, after: a }) => !same(b, a));
}

/** Spaces and line breaks are layout. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function sentences(text: string, language: Language): string[] {
  const segmenter = new Intl.Segmenter(localeOf(language), { granularity: 'sentence' });
  return text
    .split(/(?<=\n)/)
    .flatMap((line) => Array.from(segmenter.segment(line), ({ segment }) => segment))
    .filter((sentence) => sentence.trim() !== '');
}

function words(text: string, language: Language): string[] {
  return Array.from(
    new Intl.Segmenter(localeOf(language), { granularity: 'word' }).segment(text),
    (each) => each.segment,
  );
}

function localeOf(language: Language): string {
  return language === 'unknown' ? 'en' : language;
}

function changeOf(kind: Change['kind'], before: string, after: string, language: Language): Change {
  const edits = diffArrays(words(before, language), words(after, language)).map(
    ({ value, added, removed }): Change['edits'][number] => ({
      op: added ? 'add' : removed ? 'remove' : 'keep',
      text: value.join(''),
    }),
  );
  return { kind, severity: 0, before, after, edits };
}

/** From the words that changed; where those alone say nothing (a word cut in two), from the sentences. */
function severityOf(change: Change, salient: Salience): number {
  const base = BASE[change.kind];
  if (change.kind !== 'text' && change.kind !== 'title') return base;
  const changed = change.edits.filter(({ op }) => op !== 'keep').map(({ text }) => text);
  const [before, after] = [salient(change.before), salient(change.after)];
  const kinds = [
    ...changed.flatMap((text) => salient(text)),
    ...difference(before, after),
    ...difference(after, before),
  ];
  const boost = Math.max(0, ...kinds.map((kind) => BOOST[kind] ?? 0));
  return Math.min(100, base + boost);
}

function difference(a: readonly string[], b: readonly string[]): string[] {
  const left = [...b];
  return a.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
