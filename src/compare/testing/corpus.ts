/**
 * Notices without any text of other people, and copies, negatives and floods planted among them (facts/copies §19): what tests
 * and benches of copies run on. A notice is a pure function of the seed and its number, so that a million can be made one by one.
 */
import { type EditKind, type Planted, makeEdits } from './edits.js';
import { type CorpusLanguage, POOL_SIZES, type Pool, type PoolSizes, makePool } from './pools.js';
import { type Random, below, between, makeRandom, normal, pick } from './random.js';

export { EDIT_KINDS, KINDS, suits, type EditKind, type Planted, type PlantedSpan } from './edits.js';
export { type CorpusLanguage, POOL_SIZES, type PoolSizes } from './pools.js';
export { type Random, makeRandom } from './random.js';

export interface CorpusNotice {
  text: string;
  language: CorpusLanguage;
  /** Which form it was written on: notices of one form share its sentences. */
  template: number;
  /** Sentences of the form before and after the body, and what is quoted of a statute; UTF-16 offsets, half open. */
  spans: { what: 'header' | 'footer' | 'quote'; start: number; end: number }[];
}

export interface NoticeOf {
  language?: CorpusLanguage;
  template?: number;
  /** Another stream has other notices under the same numbers; the background is stream 0. */
  stream?: number;
  /** Whether a statute is quoted; left out, one notice in ten does. */
  quote?: boolean;
}

export type NegativeKind = 'same_template' | 'shared_sentence' | 'unrelated';

export interface Negative {
  a: CorpusNotice;
  b: CorpusNotice;
  /** Of `shared_sentence`: where the sentence stands in each. */
  spans: Planted['spans'];
}

export interface Appendix extends Planted {
  /** The words that only this copy has. */
  own: { start: number; end: number };
}

export interface Corpus {
  notice(id: number, of?: NoticeOf): CorpusNotice;
  /** Altered by one of the 30 kinds. */
  plant(kind: EditKind, original: Pick<CorpusNotice, 'text' | 'language'>, random: Random): Planted;
  negative(kind: NegativeKind, language: CorpusLanguage, random: Random): Negative;
  /** One notice republished so many times, each time altered anew; several kinds are taken in turn. */
  mass(original: Pick<CorpusNotice, 'text' | 'language'>, kinds: readonly EditKind[], count: number): Planted[];
  /** A copy with so many units of its own text at the end. */
  appendix(original: Pick<CorpusNotice, 'text' | 'language'>, units: number, random: Random): Appendix;
  /** Another notice written on one form; they differ from each other in all but the form. */
  sibling(id: number, form: { language: CorpusLanguage; template: number }): CorpusNotice;
}

export const TEMPLATES: Readonly<Record<CorpusLanguage, number>> = { zh: 60, ru: 25 };

const STREAM = { notice: 1, template: 2, mass: 3, sibling: 101, pair: 102, host: 103 } as const;
const RUSSIAN = 0.12;
const RUSSIAN_LENGTH = 1.8;
const QUOTING = 0.1;
const TRIES = 10_000;

interface Form {
  header: string;
  footer: string;
}

/** `pools` makes smaller ones for unit tests: fewer sentences recur oftener. */
export function makeCorpus({ seed, pools: sizes = POOL_SIZES }: { seed: number; pools?: PoolSizes }): Corpus {
  const made: Partial<Record<CorpusLanguage, Pool>> = {};
  const poolOf = (language: CorpusLanguage): Pool => (made[language] ??= makePool(language, seed, sizes));
  const forms: Partial<Record<CorpusLanguage, Form[]>> = {};
  const formsOf = (language: CorpusLanguage): Form[] =>
    (forms[language] ??= makeForms(language, poolOf(language), seed));

  const notice = (id: number, { stream = 0, ...of }: NoticeOf = {}): CorpusNotice => {
    const random = makeRandom(seed, STREAM.notice, stream, id);
    const drawn = random() < RUSSIAN ? 'ru' : 'zh';
    const language = of.language ?? drawn;
    const units = Math.round(Math.exp(6.75 + 0.55 * normal(random)));
    const template = of.template ?? below(random, TEMPLATES[language]);
    const draft: Draft = {
      random,
      pool: poolOf(language),
      form: formsOf(language)[template]!,
      length: Math.round(Math.min(3_000, Math.max(300, units)) * (language === 'ru' ? RUSSIAN_LENGTH : 1)),
      quote: of.quote ?? random() < QUOTING,
      statutes: sizes.statutes,
    };
    return { language, template, ...(language === 'zh' ? writeChinese(draft) : writeRussian(draft)) };
  };

  const edits = makeEdits({
    sentence: (language, random) => poolOf(language).sentence(random),
    other: (language, random) => notice(below(random, 2 ** 31), { language, stream: STREAM.host }).text,
  });
  const drawPair = (of: NoticeOf, random: Random): CorpusNotice =>
    notice(below(random, 2 ** 31), { ...of, stream: STREAM.pair, quote: false });

  return {
    notice,
    plant: edits.plant,
    negative: (kind, language, random) => {
      const a = drawPair({ language }, random);
      const template = (a.template + between(random, 1, TEMPLATES[language] - 1)) % TEMPLATES[language];
      const b = drawPair({ language, template: kind === 'same_template' ? a.template : template }, random);
      if (kind !== 'shared_sentence') return { a, b, spans: [] };
      const sentence = longSentence(poolOf(language), language, random);
      const [inA, inB] = [withLine(a, sentence, random), withLine(b, sentence, random)];
      const [aStart, bStart] = [inA.at, inB.at];
      const span = { aStart, aEnd: aStart + sentence.length, bStart, bEnd: bStart + sentence.length };
      return { a: inA.notice, b: inB.notice, spans: [span] };
    },
    mass: (original, kinds, count) =>
      Array.from({ length: count }, (_, at) =>
        edits.plant(kinds[at % kinds.length]!, original, makeRandom(seed, STREAM.mass, original.text.length, at)),
      ),
    appendix: (original, units, random) => {
      const own = edits.donor(original.language, units, random);
      const start = original.text.length + 1;
      const all = { aStart: 0, aEnd: original.text.length, bStart: 0, bEnd: original.text.length };
      return { text: `${original.text}\n${own}`, spans: [all], own: { start, end: start + own.length } };
    },
    sibling: (id, { language, template }) => notice(id, { language, template, stream: STREAM.sibling, quote: false }),
  };
}

/** Whole sentences, each either before or after the body. */
function makeForms(language: CorpusLanguage, pool: Pool, seed: number): Form[] {
  return Array.from({ length: TEMPLATES[language] }, (_, at) => {
    const random = makeRandom(seed, STREAM.template, language === 'zh' ? 0 : 1, at);
    const [header, footer]: [string[], string[]] = [[], []];
    for (let left = language === 'zh' ? between(random, 2, 7) : between(random, 1, 4); left > 0; left--)
      (random() < 0.5 ? header : footer).push(pool.sentence(random));
    const glue = language === 'zh' ? '' : ' ';
    return { header: header.join(glue), footer: footer.join(glue) };
  });
}

interface Draft {
  random: Random;
  pool: Pool;
  form: Form;
  length: number;
  quote: boolean;
  statutes: number;
}

type Written = Pick<CorpusNotice, 'text' | 'spans'>;

const BODIES =
  '国际商贸促进会|工业协会|商会|进出口企业联合会|装备行业协会|物流协会|青年企业家协会|科技局|商务局|工业和信息化局|贸促会|技术转移中心|产业园管理委员会'.split(
    '|',
  );
const PROVINCES = 20;
const CITIES = 21;
const two = (number: number): string => String(number).padStart(2, '0');

function writeChinese(draft: Draft): Written {
  const { random, pool, form } = draft;
  const name = (from: number, count: number): string => pool.word(100 + from + below(random, count));
  const issuer = `${name(0, PROVINCES)}省${name(PROVINCES, CITIES)}市${pick(random, BODIES)}`;
  const title = pool.sentence(random).replace(/[，、。；]/gu, '');
  const before = `关于${title.slice(0, between(random, 8, 17))}的通知\n${issuer}\n各有关单位：\n`;
  const phone = `${between(random, 300, 999)}-${between(random, 2_000_000, 8_999_999)}`;
  const date = `202${between(random, 0, 5)}年${between(random, 1, 12)}月${between(random, 1, 28)}日`;
  const after = `\n特此通知。\n联系人：${name(60, 200)}，电话：0${phone}\n${issuer}\n${date}`;
  return assemble({ before, after, glue: '\n', form, body: bodyOf(draft, CHINESE) });
}

function writeRussian(draft: Draft): Written {
  const { random } = draft;
  const date = `${two(between(random, 1, 28))}.${two(between(random, 1, 12))}.202${between(random, 0, 5)}`;
  const before = `№ ${between(random, 1, 999)}/${between(random, 10, 99)} от ${date}\n`;
  return assemble({ before, after: '', glue: ' ', form: draft.form, body: bodyOf(draft, RUSSIAN_TEXT) });
}

interface Parts {
  before: string;
  after: string;
  glue: string;
  form: Form;
  body: { text: string; quote?: { start: number; end: number } };
}

function assemble({ before, after, glue, form, body }: Parts): Written {
  const spans: CorpusNotice['spans'] = [];
  let text = before;
  const put = (what: 'header' | 'footer', words: string): void => {
    if (words !== '') spans.push({ what, start: text.length, end: text.length + words.length });
    text += words;
  };
  put('header', form.header);
  if (form.header !== '') text += glue;
  if (body.quote) {
    const { start, end } = body.quote;
    spans.push({ what: 'quote', start: text.length + start, end: text.length + end });
  }
  text += body.text;
  if (form.footer !== '') text += glue;
  put('footer', form.footer);
  return { text: text + after, spans };
}

interface Manner {
  /** Where clauses of a sentence end; the mark belongs to the clause before it. */
  marks: RegExp;
  comma: string;
  /** Share of bodies' pieces that begin with two first clauses, and after which a line ends. */
  double: number;
  lineEnds: number;
  glue: string;
}

const CHINESE: Manner = { marks: /[，、]/u, comma: '，', double: 0.4, lineEnds: 0.12, glue: '' };
const RUSSIAN_TEXT: Manner = { marks: /, /u, comma: ', ', double: 0, lineEnds: 0.25, glue: ' ' };
const WHOLE = 0.1;
const SHORTEST_BODY = 100;

/** One piece in ten is a whole sentence, the others clauses of different ones; numbers are drawn anew. */
function bodyOf({ random, pool, form, length: whole, quote, statutes }: Draft, manner: Manner): Parts['body'] {
  const length = Math.max(SHORTEST_BODY, whole - form.header.length);
  let text = '';
  let quoted: { start: number; end: number; words: string } | undefined;
  const quoteAt = quote ? random() * length * 0.8 : Infinity;
  while (text.length < length) {
    if (text.length >= quoteAt && !quoted) {
      const words = quotation(pool.statute(below(random, statutes)), random);
      quoted = { start: text.length, end: text.length + words.length, words };
      text += words;
    } else text += random() < WHOLE ? pool.sentence(random) : mixedSentence(random, pool, manner);
    text += random() < manner.lineEnds ? '\n' : manner.glue;
  }
  const body = text.replace(/[0-9]/g, () => DIGITS[below(random, 10)]!).trimEnd();
  if (!quoted) return { text: body };
  // A statute is quoted as it stands.
  const { start, end, words } = quoted;
  return { text: body.slice(0, start) + words + body.slice(end), quote: { start, end } };
}

const DIGITS = '0123456789';

function mixedSentence(random: Random, pool: Pool, { marks, comma, double }: Manner): string {
  const first = (): string => {
    const sentence = pool.sentence(random);
    const end = sentence.search(marks);
    if (end < 0) return sentence.slice(0, -1) + comma;
    return sentence.slice(0, end) + (comma === ', ' ? comma : sentence[end]!);
  };
  const opening = random() < double ? first() + first() : first();
  const other = pool.sentence(random);
  const last = Math.max(other.lastIndexOf('，'), other.lastIndexOf('、'), other.lastIndexOf(', '));
  return opening + other.slice(last + 1).trimStart();
}

function quotation(statute: string, random: Random): string {
  const length = between(random, 80, 399);
  return statute.slice(below(random, statute.length - length)).slice(0, length);
}

function longSentence(pool: Pool, language: CorpusLanguage, random: Random): string {
  const least = language === 'zh' ? 35 : 80;
  for (let left = TRIES; left > 0; left--) {
    const sentence = pool.sentence(random);
    if (sentence.length >= least) return sentence;
  }
  throw new Error(`the pool has no sentence of ${least} units`);
}

/** The sentence on a line of its own, at the end of a line of the notice. */
function withLine(notice: CorpusNotice, line: string, random: Random): { notice: CorpusNotice; at: number } {
  const { text } = notice;
  const found = text.indexOf('\n', below(random, text.length));
  const at = (found < 0 ? text.length : found) + 1;
  const moved = notice.spans.map((span) =>
    span.start < at ? span : { ...span, start: span.start + line.length + 1, end: span.end + line.length + 1 },
  );
  const rest = text.slice(at);
  const whole = `${text.slice(0, at - 1)}\n${line}${rest === '' ? '' : `\n${rest}`}`;
  return { notice: { ...notice, text: whole, spans: moved }, at };
}
