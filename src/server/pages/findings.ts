/** Candidates of one notice: names on lists as of its day, and rules that may concern its goods. */
import { html } from 'hono/html';
import { type RuleFinding, beginningOf, laterRules } from '../../model/index.js';
import type { Catalogue } from '../../recognise/index.js';
import type { ListVersionRow, NoticeDetail } from '../../store/index.js';
import { formToken } from '../access/visitor.js';
import { field, hiddenName, may } from './forms.js';
import { type Html, table } from './layout.js';
import { langOfText, visible } from './words.js';

type Cell = Parameters<typeof table>[0]['rows'][number][number];

export function candidates(notice: NoticeDetail, versions: readonly ListVersionRow[]): Html {
  const on = notice.matches[0]?.on ?? notice.revisionList[0]?.recognition.on;
  const rows = notice.matches.map((each): Cell[] => [
    visible(each.query),
    `${each.list}, entry ${each.entry}`,
    visible(each.name),
    visible(each.matchedName),
    inForce(each),
    `${each.nameEvidence} / ${each.corroboration}`,
    html`<ul>
      ${[...(each.via === undefined ? [] : [each.via]), ...each.why].map((reason) => html`<li>${visible(reason)}</li>`)}
    </ul>`,
    decision(notice.id, each),
  ]);
  return html`<section aria-labelledby="lists">
    <h2 id="lists">Names on lists${on === undefined ? '' : `, as of ${on}`}</h2>
    ${rows.length === 0 ? notFound(on, versions) : table({ caption: 'Candidates', header: ['asked', 'list', 'listed as', 'matched', 'in force', 'name / more', 'why', 'decided'], rows })}
  </section>`;
}

/** What was decided of it, and the form to decide it (`screen --decide`). */
function decision(notice: string, match: NoticeDetail['matches'][number]): Html {
  const { decision: made, list, entry, query } = match;
  const words = made
    ? html`<p>
        ${made.verdict}, by ${visible(made.by)} on ${made.at.slice(0, 10)}${made.stale ? ', before the list changed the entry: look again' : ''}: ${visible(made.why)}
      </p>`
    : html`<p>Not decided.</p>`;
  if (!may('analyst')) return words;
  return html`${words}
    <details>
      <summary>Decide</summary>
      <form method="post" action="/notices/${notice}/decisions" class="stacked">
        ${formToken()}${hiddenName()}<input type="hidden" name="list" value="${list}" /><input type="hidden" name="entry" value="${entry}" /><input type="hidden" name="name" value="${query}" />
        ${field({ name: 'why', label: 'On what it rests' })}
        <div class="triage">
          <button type="submit" name="verdict" value="same">same</button>
          <button type="submit" name="verdict" value="different">different</button>
          <button type="submit" name="verdict" value="unsure">unsure</button>
        </div>
      </form>
    </details>`;
}

/** "Not found" says on which lists of which day; where none was held, nothing was asked, and that is another thing. */
function notFound(on: string | undefined, versions: readonly ListVersionRow[]): Html {
  if (on === undefined) return html`<p>No text was captured, so no name was asked.</p>`;
  // In order of publication: the last of each list stands.
  const held = new Map(
    versions.filter(({ record }) => record.publishedAt <= on).map(({ record }) => [record.list, record.publishedAt]),
  );
  if (held.size === 0)
    return html`<p>
      No list of that day or before is held, so no name was asked: <code>asposted lists update us_ofac_sdn</code> gets
      one. See the <a href="/lists">lists held</a>.
    </p>`;
  const names = [...held].map(([list, day]) => `${list} (version of ${day})`).join(', ');
  return html`<p>
    No name of this notice was found on the lists of ${on}: ${names}. That is not a clearance: a list knows the
    spellings it prints, and names the text does not give were not asked. See the <a href="/lists">lists held</a>.
  </p>`;
}

const HEADER = [
  'goods',
  'entry',
  'what it covers',
  'instrument',
  'in force',
  'the text gives',
  'the text does not give',
];

export function rules({ rules: found }: NoticeDetail, { families }: Catalogue): Html | string {
  if (found.length === 0) return '';
  const nameOf = new Map(families.map(({ id, names }) => [id, names.en]));
  const rows = (each: readonly RuleFinding[]): Cell[][] =>
    each.map((rule) => [
      nameOf.get(rule.family) ?? (rule.family === '' ? 'named by code' : rule.family),
      html`<span class="id">${rule.regime} ${rule.entry}</span>`,
      rule.title,
      rule.instrument,
      inForce(rule),
      rule.found.length + (rule.codes ?? []).length === 0
        ? '–'
        : html`${(rule.codes ?? []).map(({ says }) => html`<div>${visible(says)}</div>`)}${rule.found.map(given)}`,
      rule.missing.join(', ') || '–',
    ]);
  const now = rows(found.filter(({ inForce: is }) => is));
  const later = rows(found.filter(({ inForce: is }) => !is));
  return html`<section aria-labelledby="rules">
    <h2 id="rules">Rules that may concern the goods</h2>
    ${now.length === 0 ? html`<p>None of the rules known here was in force on the day of the notice.</p>` : table({ caption: 'Candidate entries in force on the day of the notice', header: HEADER, rows: now })}
    ${
      later.length === 0
        ? ''
        : html`<details>
            <summary>Rules that came later, and texts of another day (${later.length})</summary>
            ${table({ caption: 'Not in force on the day of the notice', header: HEADER, rows: later })}
            ${laterRules(found).map((each) => html`<p>${each}</p>`)}
          </details>`
    }
  </section>`;
}

/** The words, and how their number stands to the number of the entry. */
const given = ({ parameter, text, says }: RuleFinding['found'][number]): Html =>
  html`<div>${parameter}: <span lang="${langOfText(text)}">${visible(text)}</span>${says === undefined ? '' : `; ${says}`}</div>`;

function inForce(each: { from: string; fromUnknown?: true; to: string | null }): Html {
  const { to } = each;
  return html`<span class="day">${beginningOf(each)}</span>${to === null ? '' : html` to <span class="day">${to}</span>`}`;
}
