import { html } from 'hono/html';
import { formToken, visitor } from '../access/visitor.js';
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

const NAVIGATION = { notices: '/', cases: '/cases', sources: '/sources', lists: '/lists' } as const;

export function page({ title, json, current, body, asked }: Layout): Html {
  const links = Object.entries(navigation()).map(
    ([name, href]) =>
      html`<li>
        <a href="${href}" ${name === current ? html`aria-current="page"` : ''}>${name[0]!.toUpperCase() + name.slice(1)}</a>
      </li>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${visible(title)} – As Posted</title>
        <link rel="icon" href="/icon.svg" /><link rel="stylesheet" href="/style.css" />
        <script src="/keys.js" defer></script>
        <link rel="alternate" type="application/atom+xml" title="Events" href="/events.atom" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
          <a class="brand" href="/">As Posted</a>
          <nav aria-label="Main">
            <ul>
              ${links}
            </ul>
          </nav>
          ${signedIn()}
          <form class="seek" method="get" action="/search" role="search" aria-label="Everything">
            <input type="search" name="q" id="seek" value="${asked ?? ''}" aria-label="Search everything" placeholder="Search" maxlength="400" />
            <button type="submit">Search</button>
          </form>
        </header>
        <main id="main">${body}</main>
        <footer>
          <p>
            A candidate is not an identification, and no match is no
            clearance.${json === undefined ? '' : html` <a href="${json}">This page as JSON</a>.`}
            <a href="/events.atom">Feed</a>. <a href="/verify">Check evidence</a>.
          </p>
        </footer>
      </body>
    </html>`;
}

/** People are an admin's business, where there are accounts. */
function navigation(): Readonly<Record<string, string>> {
  const who = visitor()?.who;
  return who?.role === 'admin' && who.name !== undefined ? { ...NAVIGATION, people: '/people' } : NAVIGATION;
}

/** Who is signed in, and the way out; nothing where there are no accounts. */
function signedIn(): Html | string {
  const who = visitor()?.who;
  if (who?.name === undefined) return '';
  const out = html`<form method="post" action="/logout">${formToken()}<button type="submit">Sign out</button></form>`;
  return html`<div class="who">
    <span>${visible(who.name)}, ${who.role}</span>
    ${who.via === 'session' ? out : ''}
  </div>`;
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
