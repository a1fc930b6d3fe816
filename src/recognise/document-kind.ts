/** What kind of document a text is, by cues (facts/goods §10). The kind never hides a hit; it decides the wording and the alarm. */
import type { DocumentKind, Mention } from '../model/index.js';
import type { Given, Hit } from './lexicon.js';
import type { KindCue } from './word-lists.js';

interface Judged {
  kind: DocumentKind;
  why: string[];
}

/** Cues that were met, by what they tell; of each cue its first hit. */
type Cues = Record<KindCue['of'], Hit<KindCue>[]>;

const HEAD = 2_000;

export function documentKind({ text, hits }: Given, goods: readonly Mention[], core: ReadonlySet<string>): Judged {
  const line = text.indexOf('\n');
  const title = text.slice(0, line > 0 ? line : 80);
  const cues = cuesIn(hits.cue, title.length);
  return (
    statement(cues) ??
    rule(text, cues) ??
    newsOrReport(cues, text) ??
    notice(text, cues) ??
    offer(cues) ??
    callForGoods(text, goods, { core, cues }) ?? { kind: 'unknown', why: cues.notice.map(noticeCue) }
  );
}

const noticeCue = ({ of }: Hit<KindCue>): string => `notice cue: ${of.id}`;

function cuesIn(hits: readonly Hit<KindCue>[], titleEnds: number): Cues {
  const cues: Cues = {
    ...{ notice: [], title: [], correction: [], award: [], statement: [], law: [], policy: [], news: [], report: [] },
    ...{ offer: [], seeking: [], buying: [] },
  };
  const met = new Set<KindCue>();
  for (const hit of hits) {
    const { where, of } = hit.of;
    const isThere = where === 'anywhere' || hit.end <= (where === 'title' ? titleEnds : HEAD);
    if (!isThere || met.has(hit.of)) continue;
    met.add(hit.of);
    cues[of].push(hit);
  }
  return cues;
}

function statement({ statement: [said], notice: { length } }: Cues): Judged | undefined {
  return said && length < 3 ? { kind: 'statement', why: [`in the title: ${said.term}`] } : undefined;
}

const ARTICLES = /第[一二三四五六七八九十百零〇\d]{1,6}条|(?<=^|\n)\s{0,8}(?:Статья|Стаття|Article)\s\d{1,3}/gu;
const NUMBERED =
  /公告\s*[(（〔[]?20\d\d年?[)）〕\]]?\s*(?:年\s*)?第\s*\d+\s*号|20\d\d\s*年\s*第\s*\d+\s*号|令\s*[(（]?第/u;

function rule(text: string, { notice, law, policy, correction }: Cues): Judged | undefined {
  const articles = text.match(ARTICLES)?.length ?? 0;
  const project = notice.some(({ of, start }) => of.id === 'project-number' && start < HEAD);
  if (articles >= 5 && !project) return { kind: 'law', why: [`${articles} numbered articles and no project number`] };
  if (notice.length >= 3 || correction[0]) return undefined;
  if (law[0]) return { kind: 'law', why: [`in the title: ${law[0].term}`] };
  if (policy[0]) return { kind: 'policy', why: [`in the title: ${policy[0].term}`] };
  if (NUMBERED.test(text.slice(0, 200))) return { kind: 'policy', why: ['an announcement number at the top'] };
  if (/根据《/u.test(text.slice(0, HEAD)) && /施行|实施|有关事项公告/u.test(text))
    return { kind: 'policy', why: ['made under a law, with a day of entry into force'] };
  return undefined;
}

/** 据新华社报道, 5月22日讯 */
const REPORTED = /据[^。\n]{1,12}(?:报道|消息)|\d{1,2}月\d{1,2}日讯|[（(](?:本报)?记者/u;

function newsOrReport({ notice, news, report }: Cues, text: string): Judged | undefined {
  if (notice.length >= 2) return undefined;
  const wording = news[0]?.term ?? REPORTED.exec(text.slice(0, HEAD))?.[0];
  if (wording !== undefined) return { kind: 'news', why: [`news wording: ${wording}`] };
  return report[0] ? { kind: 'report', why: [`in the title: ${report[0].term}`] } : undefined;
}

function notice(text: string, { notice: cues, title, correction, award }: Cues): Judged | undefined {
  if (correction[0])
    return { kind: 'correction', why: [`corrects another notice, by its title: ${correction[0].term}`] };
  if (cues.length + title.length < 2 || cues.length === 0) return undefined;
  const why = cues.map(noticeCue);
  if (award[0]) return { kind: 'award', why: [...why, `in the title: ${award[0].term}`] };
  return cues.length >= 2 || /公告|извещение|оголошення|tender/iu.test(text.slice(0, 300))
    ? { kind: 'tender', why }
    : undefined;
}

/** Whoever sells says so in the title; of the ways in which shops speak one alone stands in notices too. */
function offer({ offer: cues, notice: { length }, seeking }: Cues): Judged | undefined {
  const isOffered = cues.length >= 2 || cues.some(({ of }) => of.where === 'title');
  if (!isOffered || length >= 2 || seeking.length > 0) return undefined;
  return { kind: 'offer', why: cues.map(({ of, term }) => `${of.title.toLowerCase()}: ${term}`) };
}

/** The story's notice carries none of the usual cues: core goods and a word of seeking are enough (facts/goods §10). */
function callForGoods(
  text: string,
  goods: readonly Mention[],
  { core, cues }: { core: ReadonlySet<string>; cues: Cues },
): Judged | undefined {
  const seeking = cues.seeking[0] ?? cues.buying[0];
  if (!seeking) return undefined;
  const isSought = cues.seeking.length > 0;
  const named = [
    ...new Set(
      goods.filter(({ id, why }) => core.has(id) || (isSought && why?.strength === 'strong')).map(({ id }) => id),
    ),
  ];
  if (named.length === 0) return undefined;
  return {
    kind: 'call-for-goods',
    why: [`names ${named.join(', ')}`, `word of seeking: ${text.slice(seeking.start, seeking.end)}`],
  };
}
