import { html } from 'hono/html';
import type { CaseReport } from '../../case/index.js';
import type { CaseDocument } from '../../store/index.js';
import { h, t } from '../messages/index.js';
import { caseForms, newCaseForm } from './case-forms.js';
import { dossierLink } from './dossier-page.js';
import { timelineWords } from './case-timeline.js';
import { status } from './forms.js';
import { type Html, page, table } from './layout.js';
import { asIs, inEnglish, said } from './said.js';
import { presenceWord, readable, visible } from './words.js';

/** The records that prove a line. What a person typed as exhibit is linked only when it is the name of one. */
function proof({ exhibit, record, logIndex }: { exhibit?: string; record?: string; logIndex?: number }): Html {
  const parts = [exhibit, record, logIndex === undefined ? undefined : t('cases.inLog', { index: String(logIndex) })];
  return html`${parts
    .filter((part) => part !== undefined)
    .map((part) =>
      /^E-[0-9A-Z]+$/.test(part)
        ? html`<a class="id" href="/exhibits/${part}">${part}</a> `
        : html`<span class="id">${visible(part)}</span> `,
    )}`;
}

export function casesPage(cases: readonly CaseDocument[], { done }: { done?: string } = {}): Html {
  const rows = cases.map((each) => [
    html`<a href="/cases/${each.id}">${said(each.title)}</a>`,
    readable(each.at),
    asIs(each.by),
    String(each.claims.length),
    String(each.notices.length),
  ]);
  const header = [t('cases.case'), t('cases.opened'), t('cases.by'), t('cases.claims'), t('cases.notices')];
  const none = html`<p>${h('cases.none', { command: html`<code>asposted case new TITLE --notice ID</code>` })}</p>`;
  return page({
    title: t('common.cases'),
    json: '/api/v1/cases',
    current: 'cases',
    body: html`${status(done)}<h1>${t('common.cases')}</h1>
      ${rows.length === 0 ? none : table({ caption: t('common.cases'), header, rows })}${rows.length === 0 ? '' : html`<p><a href="/cases.csv">${t('common.asCsv')}</a></p>`}${newCaseForm()}`,
  });
}

export function casePage(report: CaseReport, { done }: { done?: string } = {}): Html {
  const { id, title, by, at, timeline } = report;
  const rows = timeline.map((line) => [
    readable(line.at),
    timelineWords(line, report),
    t(line.basis === 'seen' ? 'cases.seen' : 'cases.stated'),
    proof(line),
  ]);
  const header = [t('cases.when'), t('cases.what'), t('cases.basis'), t('cases.record')];
  return page({
    title,
    json: `/api/v1/cases/${id}`,
    current: 'cases',
    body: html`${status(done)}<h1>${said(title)}</h1>
      <p class="meta">${h('cases.openedBy', { when: readable(at), name: asIs(by) })} <span class="id">${id}</span></p>
      ${dossierLink(id)}${belongings(report)}
      <section>
        <h2>${t('cases.timeline')}</h2>
        ${table({ caption: t('cases.fromEvidence'), header, rows })}
      </section>
      ${claimTable(report)}${contradictionList(report)}${statementTables(report)}${caseForms(report)}`,
  });
}

function belongings({ noticeList, exhibits, statements }: CaseReport): Html {
  const added = (id: string): { when: string; name: Html } | undefined => {
    const record = statements.find(({ kind, about }) => kind === 'added' && about?.includes(id) === true);
    return record && { when: readable(record.at), name: asIs(record.by) };
  };
  const notices = noticeList.map(({ id, title, account, presence }) => {
    const values = {
      notice: html`<a href="/notices/${id}">${said(title ?? id)}</a>`,
      account: account?.name ? said(account.name) : t('common.accountNotStated'),
      presence: presenceWord(presence),
    };
    const since = added(id);
    return html`<li>${since ? h('cases.belongsSince', { ...values, ...since }) : h('cases.belongs', values)}</li>`;
  });
  const others = exhibits.map((id) => {
    const [exhibit, since] = [html`<a class="id" href="/exhibits/${id}">${id}</a>`, added(id)];
    return html`<li>${since ? h('cases.exhibitSince', { exhibit, ...since }) : h('cases.exhibitBelongs', { exhibit })}</li>`;
  });
  return html`<section>
    <h2>${t('common.notices')}</h2>
    <ul>
      ${notices} ${others}
    </ul>
  </section>`;
}

function claimTable({ claims }: CaseReport): Html {
  const what = (id: string): Html => html`<span class="id">${visible(id)}</span>`;
  const bearing = ({ supports = [], contradicts = [] }: CaseReport['claims'][number]): Html =>
    html`${supports.map((each) => html`<div>${h('cases.supports', { what: what(each) })}</div>`)}
    ${contradicts.map((each) => html`<div>${h('cases.contradicts', { what: what(each) })}</div>`)}`;
  const rows = claims.map((each) => [
    each.said ?? t('common.notStated'),
    said(each.speaker),
    said(each.speaksFor ?? '–'),
    said(each.outlet ?? '–'),
    html`<blockquote>${said(each.words)}</blockquote>`,
    proof(each.exhibit === undefined ? {} : { exhibit: each.exhibit }),
    bearing(each),
    html`${h('cases.entered', { name: asIs(each.by ?? ''), when: readable(each.at) })} ${proof({ record: each.id, logIndex: each.logIndex })}`,
  ]);
  return html`<section>
    <h2>${t('cases.whoSaid')}</h2>
    ${rows.length === 0 ? html`<p>${t('cases.noClaims')}</p>` : table({ caption: t('cases.asAttributed'), header: CLAIM_HEADER.map((each) => t(each)), rows })}
  </section>`;
}

const CLAIM_HEADER = [
  'cases.said',
  'cases.speaker',
  'cases.speaksFor',
  'cases.through',
  'cases.words',
  'cases.exhibit',
  'cases.bearsOn',
  'cases.enteredBy',
] as const;

function contradictionList({ claims, contradictions, noticeList }: CaseReport): Html {
  const words = new Map(claims.map((each) => [each.id, `${each.speaker}: “${each.words}”`]));
  const titles = new Map(noticeList.map((each) => [each.id, each.title ?? each.id]));
  const nameOf = (key: string): Html =>
    key.startsWith('N-')
      ? html`<a href="/notices/${key}">${said(titles.get(key) ?? key)}</a>`
      : said(words.get(key) ?? key);
  return html`<section>
    <h2>${t('cases.apart')}</h2>
    ${
      contradictions.length === 0
        ? html`<p>${t('cases.noneApart')}</p>`
        : contradictions.map(
            (each) =>
              html`<h3>${inEnglish(each.title)} <span class="id">${each.rule}</span></h3>
                <div class="sides">
                  <blockquote>${nameOf(each.between[0])}</blockquote>
                  <blockquote>${nameOf(each.between[1])}</blockquote>
                </div>
                <p>${said(each.detail)}</p>`,
          )
    }
    <p>${t('cases.whichIsTrue')}</p>
  </section>`;
}

function statementTables({ statements }: CaseReport): Html {
  const [when, words, by, record] = [t('cases.when'), t('cases.words'), t('cases.by'), t('cases.record')];
  const outreach = statements
    .filter(({ kind }) => kind === 'outreach')
    .map((each) => [
      readable(each.at),
      said(each.asked ?? '–'),
      said(each.words),
      each.answer === undefined ? t('cases.noAnswer') : said(each.answer),
      each.askedBy === undefined
        ? asIs(each.by)
        : h('cases.askedBy', { name: asIs(each.by), asker: said(each.askedBy) }),
      proof({ record: each.id, logIndex: each.logIndex }),
    ]);
  const asked = [when, t('cases.asked'), t('cases.what'), t('cases.answer'), by, record];
  const rest = statements.flatMap((each) =>
    each.kind !== 'note' && each.kind !== 'decision'
      ? []
      : [[readable(each.at), t(`cases.${each.kind}`), said(each.words), asIs(each.by), proof(proofOf(each))]],
  );
  return html`<section>
      <h2>${t('cases.whoAsked')}</h2>
      ${outreach.length === 0 ? html`<p>${t('cases.nobody')}</p>` : table({ caption: t('cases.outreach'), header: asked, rows: outreach })}
    </section>
    <section>
      <h2>${t('cases.notes')}</h2>
      ${rest.length === 0 ? html`<p>${t('cases.noNotes')}</p>` : table({ caption: t('cases.ofPeople'), header: [when, t('cases.kind'), words, by, record], rows: rest })}
    </section>`;
}

const proofOf = ({ exhibit, id, logIndex }: CaseReport['statements'][number]): Parameters<typeof proof>[0] => ({
  ...(exhibit === undefined ? {} : { exhibit }),
  record: id,
  logIndex,
});
