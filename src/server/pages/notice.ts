/** One notice: what it says, whether it stands and why we say so, who else has it, and the evidence. */
import { html } from 'hono/html';
import type { CopyRelation, Mention } from '../../model/index.js';
import type { Catalogue } from '../../recognise/index.js';
import type { ExhibitRow, ListVersionRow, NoticeDetail } from '../../store/index.js';
import { h, speaking, t } from '../messages/index.js';
import { status } from './forms.js';
import { type Html, page, table } from './layout.js';
import { candidates, rules } from './findings.js';
import { legend, markedText } from './marks.js';
import { checkWord, documentWord, headers, kindWord, relationWord, roleWord } from './notice-words.js';
import { glossedText, romanisedText } from './scripts.js';
import { ruleWords, strip } from './strip.js';
import { type TriageMap, triageForms } from './triage.js';
import { type FrameOf, type VersionChoice, changeTables, comparison, switches } from './versions.js';
import {
  brokenUp,
  langOf,
  langOfText,
  nameOfGoods,
  percent,
  presenceWord,
  presenceWords,
  readable,
  visible,
} from './words.js';

export interface NoticeView {
  notice: NoticeDetail;
  /** The captures the revisions were read from: offsets of mentions point into the text of their revision and into no other. */
  revisions: readonly ExhibitRow[];
  choice: VersionChoice;
  frameOf: FrameOf;
  /** The newest live capture: passages shared with others point into its text. */
  latest: ExhibitRow | undefined;
  /** Texts and accounts of the notices it shares passages with. */
  others: ReadonlyMap<string, { text: string; account: string | null }>;
  catalogue: Catalogue;
  /** Every version of every list held. */
  versions: readonly ListVersionRow[];
  triage?: TriageMap;
  /** What the page before did. */
  done?: string;
}

export function noticePage(view: NoticeView): Html {
  const { notice, catalogue, versions } = view;
  const { id, title, language, url, presence, removal, movedTo } = notice;
  return page({
    title: title ?? id,
    json: `/api/v1/notices/${id}`,
    current: 'notices',
    body: html`${status(view.done)}<h1 lang="${langOf(language)}">${visible(title ?? id)}</h1>
      <p class="meta">${poster(notice)} <span class="id">${id}</span></p>
      <p class="meta">${h('notice.address', { address: html`<code>${brokenUp(url)}</code>` })}</p>
      ${triageForms(view.triage ?? new Map(), notice, `/notices/${id}`)}
      <section class="${presence}" aria-labelledby="presence">
        <h2 id="presence">${presenceWords(presence, removal, movedTo)}</h2>
        ${removal ? removalLine(removal) : ''}
        <ul>
          ${notice.why.map(({ text, observations }) => html`<li><span lang="en">${visible(text)}</span> <span class="id">${observations.join(' ')}</span></li>`)}
        </ul>
      </section>
      ${reading(view)}${copies(view)}${candidates(notice, versions)}${rules(notice, catalogue)}${flags(notice)}${changes(notice)}${evidence(notice)}`,
  });
}

function poster({ account, published, documentKind }: NoticeDetail): Html {
  const named = account?.name ?? undefined;
  const values = {
    account: html`<span lang="${named === undefined ? speaking().language : langOfText(named)}">${visible(named ?? t('common.accountNotStated'))}</span>`,
    when: readable(published),
    kind: documentKind ? documentWord(documentKind) : t('notice.kindNotKnown'),
  };
  return h('notice.head', values);
}

function removalLine({ words, lastSeen, firstMissing, confirmed }: NonNullable<NoticeDetail['removal']>): Html {
  const times = { last: readable(lastSeen), missing: readable(firstMissing), confirmed: readable(confirmed) };
  return words === ''
    ? html`<p>${h('notice.silent', times)}</p>`
    : html`<p>${h('notice.says', { ...times, words: html`<q lang="${langOfText(words)}">${visible(words)}</q>` })}</p>`;
}

function reading(view: NoticeView): Html {
  const { notice, catalogue, revisions, choice } = view;
  const marked = revisions[choice.to - 1];
  if (!marked)
    return html`<section>
      <h2>${t('notice.text')}</h2>
      <p>${t('notice.neverLive')}</p>
    </section>`;
  const mentions = notice.mentions.filter(({ revision }) => revision === choice.to);
  const families = new Map(catalogue.families.map((each) => [each.id, each]));
  const nameOf = ({ id }: { id: string }): string => {
    const family = families.get(id);
    return family ? nameOfGoods(family) : id;
  };
  return html`<section aria-labelledby="text">
    <h2 id="text">${t('notice.textAt', { when: readable(marked.at) })}</h2>
    ${strip(view)}${switches(view)}
    <p class="meta">${h('notice.lookAt', { a: (words) => html`<a href="/exhibits/${marked.id}">${words}</a>` })}</p>
    ${choice.view === 'text' ? text(view, { marked, mentions, nameOf }) : comparison(view)}
    <details>
      <summary>${t('notice.everything', { n: mentions.length })}</summary>
      ${recognised({ mentions, nameOf }, langOf(notice.language))}
    </details>
  </section>`;
}

function recognised({ mentions, nameOf }: Omit<Shown, 'marked'>, lang: string): Html | string {
  const rows = mentions.map((each) => [
    kindWord(each.kind),
    html`<span translate="no">${visible(nameOf(each))}</span>`,
    html`<span lang="${lang}">${visible(each.text)}</span>`,
    `${each.start}–${each.end}`,
    each.why
      ? h(`notice.${each.why.strength}`, { source: html`<span translate="no">${each.why.source}</span>` })
      : html`<span translate="no">${roleWord(each)}</span>`,
  ]);
  return table({ caption: t('notice.recognised'), header: headers('kind', 'what', 'words', 'at', 'because'), rows });
}

interface Shown {
  marked: ExhibitRow;
  mentions: readonly Mention[];
  nameOf: (mention: Mention) => string;
}

function text({ notice, catalogue, choice }: NoticeView, { marked, mentions, nameOf }: Shown): Html {
  const lang = langOf(notice.language);
  const { text: words } = marked.reading;
  if (choice.script === 'romanised') return romanisedText(words, notice.language, mentions);
  if (choice.script === 'glossed') return glossedText(words, lang, { mentions, catalogue });
  return html`${legend(mentions)}
    <div class="reading" lang="${lang}">${markedText(words, mentions, nameOf, lang)}</div>`;
}

function copies({ notice, latest, others }: NoticeView): Html | string {
  if (notice.copies.length === 0)
    return html`<section>
      <h2>${t('notice.copies')}</h2>
      <p>
        ${t('notice.noCopies')}
        <a href="/notices/${notice.id}/copies">${t('notice.otherTies')}</a>
      </p>
    </section>`;
  return html`<section aria-labelledby="copies">
    <h2 id="copies">${t('notice.copies')}</h2>
    <p><a href="/notices/${notice.id}/copies">${t('notice.copiesMore')}</a></p>
    ${notice.copies.map((copy) => {
      const other = others.get(copy.notice);
      const relation = notice.passages.find((each) => each.other === copy.notice);
      return html`<h3>${copyHead(copy, other?.account)}</h3>
        <p>${t('notice.copyShares', { mine: percent(copy.sharedOfThis), theirs: percent(copy.sharedOfOther) })}</p>
        ${relation && latest && other ? passages(relation, latest.reading.text, other.text) : ''}`;
    })}
  </section>`;
}

function copyHead({ notice, relation, presence }: NoticeDetail['copies'][number], account?: string | null): Html {
  return h('notice.copyHead', {
    notice: html`<a href="/notices/${notice}" lang="${langOfText(account ?? '')}">${visible(account ?? notice)}</a>`,
    relation: relationWord(relation),
    presence: presenceWord(presence),
  });
}

function passages({ passages: found }: CopyRelation, mine: string, theirs: string): Html {
  const cell = (text: string): Html => html`<span lang="${langOfText(text)}">${visible(text)}</span>`;
  const rows = found.map((each) => [
    cell(mine.slice(each.thisStart, each.thisEnd)),
    cell(theirs.slice(each.otherStart, each.otherEnd)),
  ]);
  return html`<details>
    <summary>${t('notice.passagesBeside', { n: rows.length })}</summary>
    ${table({ caption: t('notice.sharedPassages'), header: headers('here', 'there'), rows })}
  </details>`;
}

function flags({ flags: found }: NoticeDetail): Html | string {
  if (found.length === 0) return '';
  const rows = found.map(({ id, title, words, detail, source }) => [
    html`<span class="id">${id}</span>`,
    html`<span lang="en">${title}</span>`,
    html`${[...new Set(words.map(({ text }) => text))].map((text, at) => html`${at > 0 ? ' · ' : ''}<span lang="${langOfText(text)}">${visible(text.slice(0, 120))}</span>`)}`,
    html`<span lang="en">${visible(detail ?? '')}</span>`,
    html`<span lang="en">${source}</span>`,
  ]);
  return html`<section aria-labelledby="flags">
    <h2 id="flags">${t('notice.flags')}</h2>
    ${table({ caption: t('notice.flagsCaption'), header: headers('rule', 'what', 'words', 'detail', 'source'), rows })}
  </section>`;
}

function changes({ changes: found, revisionList }: NoticeDetail): Html {
  const revisions = revisionList.map(({ revision, at, exhibit, recognition }) => [
    String(revision),
    readable(at),
    documentWord(recognition.documentKind),
    exhibitLink(exhibit),
  ]);
  return html`<section aria-labelledby="changes">
    <h2 id="changes">${t('notice.changes')}</h2>
    ${found.length === 0 ? html`<p>${t(revisions.length === 0 ? 'notice.noLive' : 'notice.notEdited')}</p>` : changeTables(found, t('notice.edits'))}
    ${table({ caption: t('notice.revisions'), header: headers('revision', 'firstCaptured', 'readAs', 'exhibit'), rows: revisions })}
  </section>`;
}

const exhibitLink = (id: string): Html => html`<a class="id" href="/exhibits/${id}">${id}</a>`;

function evidence({ id, exhibitList, observations }: NoticeDetail): Html {
  const exhibits = exhibitList.map((each) => [
    exhibitLink(each.id),
    readable(each.at),
    checkWord(each.class),
    `HTTP ${each.status}`,
    String(each.logIndex),
    html`<code>${each.warc}</code>`,
    html`<a href="/api/v1/exhibits/${each.id}/warc">WARC</a>`,
  ]);
  const checks = observations.map((each) => [
    html`<span class="id">${each.id}</span>`,
    readable(each.at),
    checkWord(each.class),
    ruleWords(each.rule),
    String(each.logIndex),
    each.exhibit === null ? t('notice.noPageKept') : exhibitLink(each.exhibit),
  ]);
  return html`<section aria-labelledby="evidence">
    <h2 id="evidence">${t('notice.evidence')}</h2>
    <div class="box">
      <p>
        ${h('notice.eachSays', { export: html`<code>asposted export ${id} -o notice.zip</code>`, verify: html`<code>asposted verify notice.zip</code>` })}
      </p>
      <p>${h('notice.notShown', { b: (words) => html`<strong>${words}</strong>` })}</p>
    </div>
    ${table({ caption: t('notice.exhibits'), header: headers('exhibit', 'captured', 'page', 'answer', 'log', 'warcHash', 'file'), rows: exhibits })}
    <details>
      <summary>${t('notice.allChecks', { n: checks.length })}</summary>
      ${table({ caption: t('notice.checks'), header: headers('observation', 'when', 'concluded', 'by', 'log', 'exhibit'), rows: checks })}
    </details>
  </section>`;
}
