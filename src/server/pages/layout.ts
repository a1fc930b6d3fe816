import { html } from 'hono/html';
import { formToken, visitor } from '../access/visitor.js';
import { LANGUAGES, type MessageKey, type Speaking, speaking, t } from '../messages/index.js';
import { visible } from './words.js';

export type Html = ReturnType<typeof html>;

export interface Layout {
  title: string;
  /** The same as JSON. */
  json?: string;
  current?: 'notices' | 'cases' | 'sources' | 'lists' | 'search' | 'people';
  /** What stands in the field for searching. */
  asked?: string;
  body: Html;
}

const NAVIGATION = [
  ['notices', '/'],
  ['cases', '/cases'],
  ['sources', '/sources'],
  ['lists', '/lists'],
] as const;

export function page({ title, json, current, body, asked }: Layout): Html {
  const said = speaking();
  said.hasSpoken = true;
  const links = navigation().map(
    ([name, href]) =>
      html`<li>
        <a href="${href}" ${name === current ? html`aria-current="page"` : ''}>${t(`common.${name}`)}</a>
      </li>`,
  );
  return html`<!doctype html>
    <html lang="${said.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${visible(title)} – As Posted</title>
        <link rel="icon" href="/icon.svg" /><link rel="stylesheet" href="/style.css" />
        <script src="/keys.js" defer></script>
        <link rel="alternate" type="application/atom+xml" title="${t('common.events')}" href="/events.atom" />
      </head>
      <body>
        <a class="skip" href="#main">${t('common.skip')}</a>
        <header>
          <a class="brand" href="/">As Posted</a>
          <nav aria-label="${t('common.main')}">
            <ul>
              ${links}
            </ul>
          </nav>
          ${signedIn()}
          <form class="seek" method="get" action="/search" role="search" aria-label="${t('common.everything')}">
            <input type="search" name="q" id="seek" value="${asked ?? ''}" aria-label="${t('common.searchEverything')}" placeholder="${t('common.search')}" maxlength="400" />
            <button type="submit">${t('common.search')}</button>
          </form>
        </header>
        <main id="main">${body}</main>
        <footer>
          <p>
            ${t('common.candidate')}
            ${json === undefined ? '' : html` <a href="${json}">${t('common.asJson')}</a>`}
            <a href="/events.atom">${t('common.feed')}</a> <a href="/verify">${t('common.verify')}</a>
            <button type="button" data-opens="keys" hidden>${t('common.keys')}</button>
          </p>
          ${languages(said)}
        </footer>
        ${keys()}
      </body>
    </html>`;
}

/** People are an admin's business, where there are accounts. */
function navigation(): readonly (readonly [
  name: 'notices' | 'cases' | 'sources' | 'lists' | 'people',
  href: string,
])[] {
  const who = visitor()?.who;
  return who?.role === 'admin' && who.name !== undefined ? [...NAVIGATION, ['people', '/people']] : NAVIGATION;
}

/** Who is signed in, and the way out; nothing where there are no accounts. */
function signedIn(): Html | string {
  const who = visitor()?.who;
  if (who?.name === undefined) return '';
  const out = html`<form method="post" action="/logout">${formToken()}<button type="submit">${t('common.signOut')}</button></form>`;
  return html`<div class="who">
    <span>${visible(who.name)}, ${t(`common.${who.role}`)}</span>
    ${who.via === 'session' ? out : ''}
  </div>`;
}

/** Each language by the name its readers give it; no choice where no form could be sent. */
function languages({ language, here }: Speaking): Html | string {
  if (visitor() === undefined) return '';
  const buttons = Object.entries(LANGUAGES).map(
    ([tag, name]) =>
      html`<button type="submit" name="to" value="${tag}" lang="${tag}" ${tag === language ? html`aria-pressed="true"` : ''}>${name}</button>`,
  );
  return html`<form method="post" action="/language" class="languages" aria-label="${t('common.language')}">
    ${formToken()}<input type="hidden" name="back" value="${here ?? '/'}" />${buttons}
  </form>`;
}

const KEYS: readonly (readonly [keys: string, does: MessageKey])[] = [
  ['/', 'common.keySearch'],
  ['?', 'common.keyHelp'],
  ['j k', 'common.keyMove'],
  ['Enter', 'common.keyOpen'],
  ['Esc', 'common.keyBack'],
  ['← →', 'common.keyChange'],
  ['y n h', 'common.keyWorth'],
  ['u', 'common.keyUndo'],
  ['g then n c s l f r', 'common.keyGo'],
];

/** What `web/keys` opens: closed, and of no use to anybody, without scripts. */
function keys(): Html {
  const key = (word: string): Html =>
    word === 'then' ? html` <span>${t('common.keyThen')}</span>` : html` <kbd>${word}</kbd>`;
  return html`<dialog id="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">${t('common.keys')}</h2>
    <dl>
      ${KEYS.map(
        ([all, does]) =>
          html`<dt>${all.split(' ').map(key)}</dt>
            <dd>${t(does)}</dd>`,
      )}
    </dl>
    <label><input type="checkbox" /> ${t('common.keysWork')}</label>
    <button type="button">${t('common.close')}</button>
  </dialog>`;
}

export interface Table {
  caption: string;
  header: readonly string[];
  rows: readonly (readonly (Html | string)[])[];
}

/** Nothing for no rows: the caller says in words what that means. */
export function table({ caption, header, rows }: Table): Html | string {
  if (rows.length === 0) return '';
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${header.map((each) => html`<th scope="col">${each}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
