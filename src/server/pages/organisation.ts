import { html } from 'hono/html';
import type { Match, Screening } from '../../model/index.js';
import type { NamingNotice, Neighbour } from '../../store/index.js';
import { readAloud } from '../../watch/index.js';
import { type MessageKey, h, t } from '../messages/index.js';
import { graph } from './graph.js';
import { type Html, page, table } from './layout.js';
import { asIs, inEnglish, said } from './said.js';
import { langOf, langOfText, presenceWords, readable, visible } from './words.js';

interface OrganisationView {
  name: string;
  notices: readonly NamingNotice[];
  spellings: readonly { name: string; since: string; until: string }[];
  screenings: readonly Screening[];
  neighbours: readonly Neighbour[];
  most: number;
}

export function organisationPage({ name, notices, spellings, screenings, neighbours, most }: OrganisationView): Html {
  const spoken = readAloud(name);
  const posted = notices.filter(({ account }) => account === name).length;
  return page({
    title: name,
    json: `/api/v1/search?${new URLSearchParams({ q: `"${name}"` }).toString()}`,
    current: 'search',
    body: html`<h1 lang="${langOfText(name)}">${visible(name)}</h1>
      ${spoken === name ? '' : html`<p class="meta">${h('profiles.readAloud', { spoken: asIs(spoken) })}</p>`}
      <p>
        ${t(notices.length >= most ? 'profiles.newestCarry' : 'profiles.carry', { n: notices.length, posted })}
        ${t('profiles.sameName')}
        <a href="/organisations/${encodeURIComponent(name)}/notices.csv">${t('common.asCsv')}</a>
      </p>
      ${spellings.length <= 1 ? '' : table({ caption: t('profiles.carried'), header: [t('profiles.name'), t('profiles.firstSeen'), t('profiles.lastSeen')], rows: spellings.map((each) => [said(each.name), readable(each.since), readable(each.until)]) })}
      ${screeningSection(name, screenings)}${noticeTable(notices)}${graph(name, notices, neighbours)}`,
  });
} // prettier-ignore

/** Which list, which entry, in force when, which name matched how, both numbers, what contradicts: never a lone score. */
export function screeningSection(name: string, screenings: readonly Screening[]): Html {
  const held = screenings.filter(({ lists }) => lists.length > 0);
  const none = h('profiles.noList', {
    command: html`<code>asposted lists update us_ofac_sdn</code>`,
    a: (words) => html`<a href="/lists">${words}</a>`,
  });
  return html`<section aria-labelledby="lists">
    <h2 id="lists">${h('profiles.onLists', { name: said(name) })}</h2>
    ${held.length === 0 ? html`<p>${none}</p>` : held.map(screening)}
    <p>${h('profiles.personDecides', { command: html`<code>asposted screen … --decide</code>` })}</p>
  </section>`;
}

function screening({ on, matches, lists: asked, cut }: Screening): Html {
  const lists = html`${asked.map((each, at) => html`${at > 0 ? ', ' : ''}${versionOf(each)}`)}`;
  if (matches.length === 0)
    return html`<h3>${t('profiles.asOf', { day: on })}</h3>
      <p>${h('profiles.notFound', { lists })}</p>`;
  return html`<h3>${t('profiles.asOf', { day: on })}</h3>
    <p>${h('profiles.asked', { lists })} ${cut ? t('profiles.cut') : ''}</p>
    ${table({ caption: t('profiles.candidates', { day: on }), header: MATCH_HEADER.map((each) => t(each)), rows: matches.map(matchRow) })}`;
}

const MATCH_HEADER = [
  'profiles.listEntry',
  'profiles.listedAs',
  'profiles.matched',
  'profiles.inForce',
  'profiles.evidence',
  'profiles.why',
  'profiles.contradicts',
  'profiles.decided',
] as const;

function versionOf({ list, publishedAt, note }: Screening['lists'][number]): Html {
  const values = { list: asIs(list), day: publishedAt };
  return note === undefined
    ? h('profiles.version', values)
    : h('profiles.versionNoted', { ...values, note: inEnglish(note) });
}

function matchRow(match: Match): (Html | string)[] {
  const { list, entry, name, matchedName, nameEvidence, corroboration, why, contradictions = [], decision } = match;
  return [
    html`${asIs(list)}, <span class="id">${entry}</span>`,
    said(name),
    said(matchedName),
    forceOf(match),
    `${nameEvidence} / ${corroboration}`,
    html`<ul>${why.map((each) => html`<li>${inEnglish(each)}</li>`)}</ul>`,
    contradictions.length === 0 ? t('profiles.nothingKnown') : html`<ul>${contradictions.map((each) => html`<li>${inEnglish(each)}</li>`)}</ul>`,
    decision
      ? html`${h('profiles.decision', { verdict: t(VERDICTS[decision.verdict]), name: asIs(decision.by), why: said(decision.why) })} ${decision.stale ? t('profiles.stale') : ''}`
      : t('profiles.byNobody'),
  ];
} // prettier-ignore

function forceOf({ from, to, basis, listedOn }: Match): string {
  if (basis !== 'publisher') return to === null ? t('profiles.since', { from }) : t('profiles.fromTo', { from, to });
  const listed = listedOn ?? from;
  return to === null ? t('profiles.sinceListed', { from: listed }) : t('profiles.listedTo', { from: listed, to });
}

const VERDICTS = {
  same: 'profiles.same',
  different: 'profiles.different',
  unsure: 'profiles.unsure',
} as const satisfies Record<NonNullable<Match['decision']>['verdict'], MessageKey>;

export function noticeTable(notices: readonly NamingNotice[]): Html {
  const rows = notices.map((each) => [
    html`<a href="/notices/${each.notice}" lang="${langOf(each.language)}">${visible(each.title ?? each.notice)}</a>`,
    said(each.account ?? '–'),
    wordsOf(each),
    readable(each.published),
    readable(each.firstSeen),
    readable(each.lastSeen),
    presenceWords(each.presence),
  ]);
  const seen = notices.map(({ firstSeen }) => firstSeen).sort();
  const last = notices.flatMap(({ lastSeen }) => lastSeen ?? []).sort();
  return html`<section aria-labelledby="notices">
    <h2 id="notices">${t('profiles.stands')}</h2>
    ${
      rows.length === 0
        ? html`<p>${t('profiles.noNotice')}</p>`
        : html`<p>${t('profiles.seen', { first: readable(seen[0]), last: readable(last.at(-1)) })}</p>
            ${table({ caption: t('profiles.newestFirst'), header: NOTICE_HEADER.map((each) => t(each)), rows })}`
    }
  </section>`;
}

const NOTICE_HEADER = [
  'profiles.notice',
  'profiles.postedBy',
  'profiles.inWords',
  'profiles.onPage',
  'profiles.firstSeen',
  'profiles.lastSeen',
  'profiles.standsNow',
] as const;

/** In which words a notice names it, and what it calls it. */
function wordsOf({ forms, roles }: NamingNotice): Html | string {
  const words =
    forms.length === 0
      ? t('profiles.asPoster')
      : html`${forms.map((form, at) => html`${at > 0 ? ' · ' : ''}${said(form)}`)}`;
  const named = roles.map((role) => (ROLES.has(role) ? t(ROLES.get(role)!) : role)).join(', ');
  return roles.length === 0 ? words : h('profiles.inRoles', { words, roles: named });
}

/** As recognition gives them to bodies and people. */
const ROLES: ReadonlyMap<string, MessageKey> = new Map([
  ['overseeing-body', 'profiles.roleOverseeing'],
  ['buyer', 'profiles.roleBuyer'],
  ['supplier', 'profiles.roleSupplier'],
  ['end-user', 'profiles.roleEndUser'],
  ['intermediary', 'profiles.roleIntermediary'],
  ['contact', 'profiles.roleContact'],
]);
