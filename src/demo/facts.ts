/**
 * The facts of the story as rows, each a query over the store with the record that proves it. Nothing here is known
 * beforehand: when a stage does not do its work, its row is missing.
 */
import { REMOVED_BY, percent } from '../model/index.js';
import { caseReport, type CaseReport } from '../case/index.js';
import { type NoticeDetail, claimWordsStand, listVersions, showNotice } from '../store/index.js';
import type { Parts } from '../watch/index.js';
import type { Played } from './story.js';

export interface Fact {
  type: 'fact';
  /** `posted`, `goods`, `trade-name`, `maker-listed`, `removed`, `copy-standing`, `overseeing-body`, `rule`, `later-rule`, `claim`, `conflict`, `work`, `asked`. */
  fact: string;
  what: string;
  /** Id of the record of the store that shows it. */
  record: string;
  exhibit: string | null;
  logIndex: number | null;
  /** The values themselves, for programs. */
  details: Record<string, unknown>;
}

type Place = Pick<Fact, 'record' | 'exhibit' | 'logIndex'>;
type Exhibit = NoticeDetail['exhibitList'][number];

export async function storyFacts(parts: Parts, { notices, caseId }: Played): Promise<Fact[]> {
  const { store, catalogue } = parts;
  const load = async (id: string): Promise<NoticeDetail> => (await showNotice(store.database, id))!;
  const [provincial, yunfu, government] = [
    await load(notices.provincial),
    await load(notices.yunfu),
    await load(notices.government),
  ];
  const report = (await caseReport({ database: store.database, catalogue }, caseId))!;
  return [
    ...posted(provincial),
    ...goods(provincial, catalogue),
    ...tradeNames(provincial, await load(notices.news)),
    ...(await makerListed(parts, provincial)),
    ...removed(provincial),
    ...copyStanding(provincial, yunfu),
    ...overseeingBody(government),
    ...rules(provincial),
    ...(await claims(parts, report)),
    ...conflicts(report),
    ...(await asked(parts, report)),
  ];
}

const liveExhibit = ({ exhibitList }: NoticeDetail): Exhibit | undefined =>
  exhibitList.find((each) => each.class === 'live');

function of(exhibit: Exhibit | undefined): Place {
  return { record: exhibit?.id ?? '', exhibit: exhibit?.id ?? null, logIndex: exhibit?.logIndex ?? null };
}

function posted(notice: NoticeDetail): Fact[] {
  const { account, published, title } = notice;
  if (!account?.name || !published || !title) return [];
  const what = `${account.name} posted “${title}” on ${published}, as the page dates itself`;
  return [
    {
      type: 'fact',
      fact: 'posted',
      what,
      ...of(liveExhibit(notice)),
      details: { notice: notice.id, account: account.name, published, title, kind: notice.documentKind },
    },
  ];
}

function goods(notice: NoticeDetail, { families }: Parts['catalogue']): Fact[] {
  const found = notice.mentions.filter(({ kind }) => kind === 'goods');
  return [...new Set(found.map(({ id }) => id))].map((family) => {
    const mentions = found.filter(({ id }) => id === family);
    const words = [...new Set(mentions.map(({ text }) => text))];
    const name = families.find(({ id }) => id === family)?.names.en ?? family;
    const spans = mentions.map(({ start, end, text }) => ({ start, end, text }));
    return {
      type: 'fact',
      fact: 'goods',
      what: `sought: ${name} (${words.join('、')})`,
      ...of(liveExhibit(notice)),
      details: { family, name, words, spans },
    };
  });
}

/** The same name as the notice and as the news spell it: variants are kept, none is corrected. */
function tradeNames(notice: NoticeDetail, news: NoticeDetail): Fact[] {
  const spelt = ({ mentions }: NoticeDetail, id: string): string[] => [
    ...new Set(mentions.filter((each) => each.kind === 'tradeName' && each.id === id).map(({ text }) => text)),
  ];
  const ids = [...new Set(notice.mentions.filter(({ kind }) => kind === 'tradeName').map(({ id }) => id))];
  return ids.map((id) => {
    const [inNotice, inNews] = [spelt(notice, id), spelt(news, id)];
    const elsewhere = inNews.length === 0 ? '' : `; the news writes ${inNews.join(', ')}`;
    return {
      type: 'fact',
      fact: 'trade-name',
      what: `trade name ${inNotice.join(', ')}${elsewhere}`,
      ...of(liveExhibit(notice)),
      details: { id, inNotice, inNews },
    };
  });
}

async function makerListed({ store }: Parts, notice: NoticeDetail): Promise<Fact[]> {
  const versions = await listVersions(store.database);
  return notice.matches
    .filter((match) => match.via !== undefined && match.class === 'listed')
    .map((match) => {
      const version = versions.findLast(({ record }) => `sha256:${record.content}` === match.listVersion);
      const what = `${match.via!}: ${match.query} is named by entry ${match.entry} of ${match.list}, ${match.name}, listed since ${match.from}; a candidate, asked as of ${match.on}`;
      const { list, entry, name, matchedName, from, on, nameEvidence, corroboration, listVersion, why, mention } =
        match;
      const details = {
        tradeName: mention.id,
        maker: match.query,
        list,
        entry,
        name,
        matchedName,
        from,
        on,
        nameEvidence,
        corroboration,
        listVersion,
        why,
      };
      return {
        type: 'fact',
        fact: 'maker-listed',
        what,
        record: version?.id ?? '',
        exhibit: of(liveExhibit(notice)).exhibit,
        logIndex: version?.logIndex ?? null,
        details,
      };
    });
}

function removed(notice: NoticeDetail): Fact[] {
  const { removal } = notice;
  if (!removal) return [];
  const confirming = notice.observations.find(({ at }) => at === removal.confirmed);
  const what = `removed ${REMOVED_BY[removal.actor]}: “${removal.words}”; last seen ${removal.lastSeen ?? '–'}, first missing ${removal.firstMissing}, confirmed ${removal.confirmed}`;
  return [
    {
      type: 'fact',
      fact: 'removed',
      what,
      record: confirming?.id ?? '',
      exhibit: confirming?.exhibit ?? null,
      logIndex: confirming?.logIndex ?? null,
      details: { notice: notice.id, ...removal, why: notice.why },
    },
  ];
}

function copyStanding(notice: NoticeDetail, other: NoticeDetail): Fact[] {
  return notice.copies
    .filter(({ notice: id, presence, relation }) => id === other.id && presence === 'standing' && relation === 'copy')
    .map((copy) => {
      const passages = notice.passages.find((each) => each.other === other.id)?.passages ?? [];
      const what = `a copy stands on the account of ${other.account?.name ?? '–'}, posted ${other.published ?? '–'}: ${percent(copy.sharedOfThis)} of the removed notice in ${passages.length} passages`;
      return {
        type: 'fact',
        fact: 'copy-standing',
        what,
        ...of(liveExhibit(other)),
        details: {
          ...copy,
          account: other.account?.name ?? null,
          published: other.published,
          passages,
        },
      };
    });
}

function overseeingBody(notice: NoticeDetail): Fact[] {
  return notice.mentions
    .filter(({ kind, role }) => kind === 'organisation' && role === 'overseeing-body')
    .slice(0, 1)
    .map(({ text, start, end }) => ({
      type: 'fact',
      fact: 'overseeing-body',
      what: `the association is overseen by ${text}, as the page of ${notice.account?.name ?? notice.title ?? notice.id} says`,
      ...of(liveExhibit(notice)),
      details: { body: text, start, end, notice: notice.id },
    }));
}

/** Rules of the notice's own day, and apart from them the later ones. */
function rules(notice: NoticeDetail): Fact[] {
  return notice.rules
    .filter(({ regime, entry }) => regime === 'cn' && /cuas|catchall|uav/.test(entry))
    .map((rule) => {
      const missing = rule.missing.length === 0 ? '' : `; the text does not give ${rule.missing.join(', ')}`;
      const what = `${rule.inForce ? 'rule in force that day' : 'later rule'}: ${rule.instrument} (${rule.entry}), from ${rule.from}${missing}`;
      const { entry, family, from, to, inForce, instrument, missing: absent, found, title } = rule;
      return {
        type: 'fact',
        fact: rule.inForce ? 'rule' : 'later-rule',
        what,
        ...of(liveExhibit(notice)),
        details: { entry, family, from, to, inForce, instrument, title, missing: absent, found },
      };
    });
}

/** A claim is a fact of the story only where its words can be read in the exhibit. */
async function claims({ store }: Parts, report: CaseReport): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const { id, speaker, speaksFor, outlet, said, words, about, exhibit, logIndex } of report.claims) {
    if (exhibit === undefined || !(await claimWordsStand(store.database, exhibit, words))) continue;
    const through = outlet === undefined ? '' : `, through ${outlet}`;
    const fact = about === 'work' ? 'work' : 'claim';
    const what =
      about === 'work'
        ? `what ${speaker} says its work is: “${words}”`
        : `${speaker}${speaksFor === undefined ? '' : ` for ${speaksFor}`}${through}: “${words}”`;
    facts.push({
      type: 'fact',
      fact,
      what,
      record: id,
      exhibit,
      logIndex,
      details: {
        speaker,
        speaksFor: speaksFor ?? null,
        outlet: outlet ?? null,
        said: said ?? null,
        about: about ?? null,
        words,
      },
    });
  }
  return facts;
}

function conflicts(report: CaseReport): Fact[] {
  return report.contradictions.map(({ rule, title, between, detail }) => {
    const claim = report.claims.find(({ id }) => id === between[0]);
    return {
      type: 'fact',
      fact: 'conflict',
      what: `${title}: ${detail}`,
      record: between[0],
      exhibit: claim?.exhibit ?? null,
      logIndex: claim?.logIndex ?? null,
      details: { rule, between, detail },
    };
  });
}

async function asked({ store }: Parts, report: CaseReport): Promise<Fact[]> {
  const facts: Fact[] = [];
  for (const { id, kind, asked: who, askedBy, answer, words, exhibit, logIndex } of report.statements) {
    if (
      kind !== 'outreach' ||
      who === undefined ||
      exhibit === undefined ||
      !(await claimWordsStand(store.database, exhibit, words))
    )
      continue;
    const what = `asked for comment: ${who}${askedBy === undefined ? '' : `, by ${askedBy}`}${answer === undefined ? '; no answer on record' : `: “${answer}”`}`;
    facts.push({
      type: 'fact',
      fact: 'asked',
      what,
      record: id,
      exhibit,
      logIndex,
      details: { asked: who, askedBy: askedBy ?? null, answer: answer ?? null, words },
    });
  }
  return facts;
}
