import { html } from 'hono/html';
import type { Match, Screening } from '../../model/index.js';
import type { NamingNotice, Neighbour } from '../../store/index.js';
import { readAloud } from '../../watch/index.js';
import { graph } from './graph.js';
import { type Html, page, table } from './layout.js';
import { langOf, langOfText, presenceWords, readable, visible } from './words.js';

interface OrganisationView {
  name: string;
  notices: readonly NamingNotice[];
  spellings: readonly { name: string; since: string; until: string }[];
  screenings: readonly Screening[];
  neighbours: readonly Neighbour[];
  most: number;
}

const said = (text: string): Html => html`<span lang="${langOfText(text)}">${visible(text)}</span>`;

export function organisationPage({ name, notices, spellings, screenings, neighbours, most }: OrganisationView): Html {
  const spoken = readAloud(name);
  const posted = notices.filter(({ account }) => account === name).length;
  return page({
    title: name,
    json: `/api/v1/search?${new URLSearchParams({ q: `"${name}"` }).toString()}`,
    current: 'search',
    body: html`<h1 lang="${langOfText(name)}">${visible(name)}</h1>
      ${spoken === name ? '' : html`<p class="meta">Read aloud: ${visible(spoken)}. Made by this program.</p>`}
      <p>
        ${notices.length >= most ? `The newest ${most} notices carry` : notices.length === 1 ? '1 notice carries' : `${notices.length} notices carry`} this
        name${posted === 0 ? ', none of them posted under it' : `, ${posted} of them posted under it`}. That two notices
        print the same name does not say that they mean the same body.
        <a href="/organisations/${encodeURIComponent(name)}/notices.csv">As a table (CSV)</a>.
      </p>
      ${spellings.length <= 1 ? '' : table({ caption: 'Names the account has carried', header: ['name', 'first seen', 'last seen'], rows: spellings.map((each) => [said(each.name), readable(each.since), readable(each.until)]) })}
      ${screeningSection(name, screenings)}${noticeTable(notices)}${graph(name, notices, neighbours)}`,
  });
} // prettier-ignore

/** Which list, which entry, in force when, which name matched how, both numbers, what contradicts: never a lone score. */
export function screeningSection(name: string, screenings: readonly Screening[]): Html {
  const held = screenings.filter(({ lists }) => lists.length > 0);
  return html`<section aria-labelledby="lists">
    <h2 id="lists">${said(name)} on lists</h2>
    ${
      held.length === 0
        ? html`<p>
            No list is held, so the name was not asked: <code>asposted lists update us_ofac_sdn</code> gets one. See the
            <a href="/lists">lists held</a>.
          </p>`
        : held.map(screening)
    }
    <p>A candidate is not an identification; a person decides with <code>asposted screen … --decide</code>.</p>
  </section>`;
}

function screening({ on, matches, lists, cut }: Screening): Html {
  const asked = lists.map(({ list, publishedAt, note }) => `${list} (version of ${publishedAt}${note === undefined ? '' : `; ${note}`})`).join(', ');
  if (matches.length === 0)
    return html`<h3>As of ${on}</h3>
      <p>Not found on the lists of that day: ${asked}. That is not a clearance.</p>`;
  return html`<h3>As of ${on}</h3>
    <p>Asked: ${asked}.${cut ? ' More names were like it than are compared.' : ''}</p>
    ${table({ caption: `Candidates as of ${on}`, header: ['list, entry', 'listed as', 'matched', 'in force', 'name / more', 'why', 'contradicts', 'decided'], rows: matches.map(matchRow) })}`;
} // prettier-ignore

function matchRow(match: Match): (Html | string)[] {
  const { list, entry, name, matchedName, from, to, basis, listedOn, nameEvidence, corroboration, why, contradictions = [], decision } = match;
  const since = basis === 'publisher' ? `${listedOn ?? from} by the publisher’s own date` : from;
  return [
    html`${list}, <span class="id">${entry}</span>`,
    said(name),
    said(matchedName),
    to === null ? `since ${since}` : `${since} to ${to}`,
    `${nameEvidence} / ${corroboration}`,
    html`<ul>${why.map((each) => html`<li>${visible(each)}</li>`)}</ul>`,
    contradictions.length === 0 ? 'nothing known' : html`<ul>${contradictions.map((each) => html`<li>${visible(each)}</li>`)}</ul>`,
    decision ? `${decision.verdict} by ${visible(decision.by)}: ${visible(decision.why)}${decision.stale ? ' (the list has changed the entry since)' : ''}` : 'by nobody yet',
  ];
} // prettier-ignore

export function noticeTable(notices: readonly NamingNotice[]): Html {
  const rows = notices.map((each) => [
    html`<a href="/notices/${each.notice}" lang="${langOf(each.language)}">${visible(each.title ?? each.notice)}</a>`,
    said(each.account ?? '–'),
    html`${each.forms.length === 0 ? 'as the account that posted' : each.forms.map((form, at) => html`${at > 0 ? ' · ' : ''}${said(form)}`)}${each.roles.length === 0 ? '' : ` (${each.roles.join(', ')})`}`,
    readable(each.published),
    readable(each.firstSeen),
    readable(each.lastSeen),
    presenceWords(each.presence),
  ]);
  const seen = notices.map(({ firstSeen }) => firstSeen).sort();
  const last = notices.flatMap(({ lastSeen }) => lastSeen ?? []).sort();
  return html`<section aria-labelledby="notices">
    <h2 id="notices">Where it stands</h2>
    ${
      rows.length === 0
        ? html`<p>No notice that is kept names it.</p>`
        : html`<p>First seen ${readable(seen[0])}, last seen ${readable(last.at(-1))}.</p>
            ${table({ caption: 'Notices, newest first', header: ['notice', 'posted by', 'in these words', 'date on the page', 'first seen', 'last seen', 'stands now'], rows })}`
    }
  </section>`;
}
