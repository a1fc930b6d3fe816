/** Candidates of one notice: names on lists as of its day, and rules that may concern its goods. */
import { html } from 'hono/html';
import { type MatchDecision, type RuleFinding, laterRules } from '../../model/index.js';
import type { Catalogue } from '../../recognise/index.js';
import type { ListVersionRow, NoticeDetail } from '../../store/index.js';
import { formToken } from '../access/visitor.js';
import { type MessageKey, h, t } from '../messages/index.js';
import { field, hiddenName, may } from './forms.js';
import { type Html, table } from './layout.js';
import { headers } from './notice-words.js';
import { asIs, said } from './said.js';
import { catalogued, langOf, nameOfGoods, visible } from './words.js';

/** Names of others, and ids and names of lists. */

const VERDICTS = {
  same: 'notice.same',
  different: 'notice.different',
  unsure: 'notice.unsure',
} as const satisfies Record<MatchDecision['verdict'], MessageKey>;

type Cell = Parameters<typeof table>[0]['rows'][number][number];

export function candidates(notice: NoticeDetail, versions: readonly ListVersionRow[]): Html {
  const on = notice.matches[0]?.on ?? notice.revisionList[0]?.recognition.on;
  const rows = notice.matches.map((each): Cell[] => [
    said(each.query),
    h('notice.listEntry', { list: asIs(each.list), entry: asIs(each.entry) }),
    said(each.name),
    said(each.matchedName),
    inForce(each),
    `${each.nameEvidence} / ${each.corroboration}`,
    html`<ul>
      ${[...(each.via === undefined ? [] : [each.via]), ...each.why].map((reason) => html`<li lang="en">${visible(reason)}</li>`)}
    </ul>`,
    decision(notice.id, each),
  ]);
  return html`<section aria-labelledby="lists">
    <h2 id="lists">${on === undefined ? t('notice.lists') : t('notice.listsOn', { day: on })}</h2>
    ${rows.length === 0 ? notFound(on, versions) : table({ caption: t('notice.candidates'), header: headers('asked', 'list', 'listedAs', 'matched', 'inForce', 'evidenceNumbers', 'why', 'decided'), rows })}
  </section>`;
}

/** What was decided of it, and the form to decide it (`screen --decide`). */
function decision(notice: string, match: NoticeDetail['matches'][number]): Html {
  const { decision: made, list, entry, query } = match;
  const words = html`<p>${made ? decidedBy(made) : t('notice.notDecided')}</p>`;
  if (!may('analyst')) return words;
  return html`${words}
    <details>
      <summary>${t('notice.decide')}</summary>
      <form method="post" action="/notices/${notice}/decisions" class="stacked">
        ${formToken()}${hiddenName()}<input type="hidden" name="list" value="${list}" /><input type="hidden" name="entry" value="${entry}" /><input type="hidden" name="name" value="${query}" />
        ${field({ name: 'why', label: t('notice.restsOn') })}
        <div class="triage">
          ${Object.entries(VERDICTS).map(([value, key]) => html`<button type="submit" name="verdict" value="${value}">${t(key)}</button>`)}
        </div>
      </form>
    </details>`;
}

const decidedBy = ({ verdict, by, at, stale, why }: MatchDecision): Html =>
  h(stale ? 'notice.decidedStale' : 'notice.decidedBy', {
    ...{ verdict: t(VERDICTS[verdict]), name: html`<span translate="no">${visible(by)}</span>` },
    ...{ day: at.slice(0, 10), why: said(why) },
  });

/** "Not found" says on which lists of which day; where none was held, nothing was asked, and that is another thing. */
function notFound(on: string | undefined, versions: readonly ListVersionRow[]): Html {
  if (on === undefined) return html`<p>${t('notice.noName')}</p>`;
  // In order of publication: the last of each list stands.
  const held = new Map(
    versions.filter(({ record }) => record.publishedAt <= on).map(({ record }) => [record.list, record.publishedAt]),
  );
  const a = (words: Html): Html => html`<a href="/lists">${words}</a>`;
  const command = html`<code>asposted lists update us_ofac_sdn</code>`;
  if (held.size === 0) return html`<p>${h('notice.noList', { command, a })}</p>`;
  const lists = [...held].map(
    ([list, day], at) => html`${at > 0 ? ', ' : ''}${h('notice.listVersion', { list: asIs(list), day })}`,
  );
  return html`<p>${h('notice.notFound', { day: on, lists: html`${lists}`, a })}</p>`;
}

export function rules({ rules: found }: NoticeDetail, { families }: Catalogue): Html | string {
  if (found.length === 0) return '';
  const header = headers('goods', 'entry', 'covers', 'instrument', 'inForce', 'textGives', 'textLacks');
  const nameOf = new Map(
    families.map((each) => [each.id, html`<span lang="${langOf(catalogued())}">${nameOfGoods(each)}</span>`]),
  );
  const rows = (each: readonly RuleFinding[]): Cell[][] =>
    each.map((rule) => [
      nameOf.get(rule.family) ?? (rule.family === '' ? t('notice.byCode') : asIs(rule.family)),
      html`<span class="id">${rule.regime} ${rule.entry}</span>`,
      html`<span lang="en">${rule.title}</span>`,
      html`<span lang="en">${rule.instrument}</span>`,
      inForce(rule),
      rule.found.length + (rule.codes ?? []).length === 0
        ? '–'
        : html`${(rule.codes ?? []).map(({ says }) => html`<div lang="en">${visible(says)}</div>`)}${rule.found.map(given)}`,
      asIs(rule.missing.join(', ') || '–'),
    ]);
  const now = rows(found.filter(({ inForce: is }) => is));
  const later = rows(found.filter(({ inForce: is }) => !is));
  return html`<section aria-labelledby="rules">
    <h2 id="rules">${t('notice.rules')}</h2>
    ${now.length === 0 ? html`<p>${t('notice.noRule')}</p>` : table({ caption: t('notice.rulesNow'), header, rows: now })}
    ${
      later.length === 0
        ? ''
        : html`<details>
            <summary>${t('notice.rulesLater', { n: later.length })}</summary>
            ${table({ caption: t('notice.rulesNotNow'), header, rows: later })}
            ${laterRules(found).map((each) => html`<p lang="en">${each}</p>`)}
          </details>`
    }
  </section>`;
}

/** The words, and how their number stands to the number of the entry. */
const given = ({ parameter, text, says }: RuleFinding['found'][number]): Html =>
  html`<div>${asIs(parameter)}: ${said(text)}${says === undefined ? '' : html`; <span lang="en">${says}</span>`}</div>`;

function inForce({ from: day, fromUnknown, to }: { from: string; fromUnknown?: true; to: string | null }): Html {
  const from = html`<span class="day">${fromUnknown ? t('notice.textOf', { day }) : day}</span>`;
  return to === null ? from : h('notice.fromTo', { from, to: html`<span class="day">${to}</span>` });
}
