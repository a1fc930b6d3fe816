/**
 * Published dossiers, `/d/ID`, for anybody who knows the id: read-only, one by one, with no list of them. What is served is the bundle as
 * it was made: its page keeps its own policy, its parts are downloads that no browser opens here.
 */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import {
  type PublishedEntry,
  REPORT_POLICY,
  REPORT_STYLE,
  publishedBundle,
  publishedMember,
  readPublished,
  textOfMember,
} from '../dossier/index.js';
import { AsPostedError } from '../model/index.js';
import type { Parts } from '../watch/index.js';
import type { Html } from './pages/layout.js';
import { readable, visible } from './pages/words.js';

const PAGE_HEADERS = {
  'content-security-policy': `${REPORT_POLICY}; frame-ancestors 'none'`,
  'cache-control': 'no-cache',
};
/** Its own policy, with the hash of its one script, stands in the page. */
const VERIFIER_HEADERS = { 'content-security-policy': "frame-ancestors 'none'", 'cache-control': 'no-cache' };
const FILE_POLICY = "default-src 'none'; sandbox";

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.pdf$/, 'application/pdf'],
  [/\.csv$/, 'text/csv; charset=utf-8'],
  [/\.json$/, 'application/json'],
  [/\.txt$/, 'text/plain; charset=utf-8'],
  [/\.wacz$/, 'application/wacz+zip'],
  [/\.zip$/, 'application/zip'],
];

export function addPublished(app: Hono, { store: { dir } }: Pick<Parts, 'store'>): void {
  app.get('/d/:id', async (context) => {
    const { id } = await entryOf(dir, context.req.param('id'));
    // Addresses within the page are relative to a folder.
    return context.redirect(`/d/${id}/`, 308);
  });
  app.get('/d/:id/*', async (context) => {
    const entry = await entryOf(dir, context.req.param('id'));
    if (entry.withdrawn !== undefined) return context.html(gonePage(entry.id, entry.withdrawn), 410, PAGE_HEADERS);
    const path = context.req.path.slice(`/d/${entry.id}/`.length);
    if (path === '') return context.html(frontPage(entry), 200, PAGE_HEADERS);
    if (path === 'dossier.zip') return wholeFile(context, dir, entry);
    return member(context, dir, entry, path);
  });
}

async function entryOf(dir: string, id: string): Promise<PublishedEntry> {
  const entry = await readPublished(dir, id);
  if (entry) return entry;
  throw nothing();
}

const nothing = (): AsPostedError =>
  new AsPostedError({ code: 'NOT_FOUND', message: 'there is nothing at this address' });

/** Names are those of the manifest, byte for byte: nothing else is looked for. */
async function member(context: Context, dir: string, entry: PublishedEntry, path: string): Promise<Response> {
  const bytes = await publishedMember(dir, entry, path);
  if (!bytes) throw nothing();
  return memberAnswer(context, path, bytes);
}

/** One file of a bundle: the page and the verifier under their own policies, all else as a download. */
export function memberAnswer(
  context: Context,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Response | Promise<Response> {
  if (path === 'index.html') return context.html(textOfMember(bytes), 200, PAGE_HEADERS);
  if (path === 'verify.html') return context.html(textOfMember(bytes), 200, VERIFIER_HEADERS);
  return context.body(bytes, 200, fileHeaders(path, bytes.length));
}

function wholeFile(context: Context, dir: string, entry: PublishedEntry): Response {
  const stream = Readable.toWeb(createReadStream(publishedBundle(dir, entry))) as ReadableStream;
  return context.body(stream, 200, fileHeaders(`${entry.id}.zip`, entry.bytes));
}

function fileHeaders(path: string, bytes: number): Record<string, string> {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/[^\w.-]/g, '_');
  return {
    'content-type': TYPES.find(([pattern]) => pattern.test(path))?.[1] ?? 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
    'content-length': String(bytes),
    'content-security-policy': FILE_POLICY,
    'cache-control': 'no-cache',
  };
}

function shell(title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${visible(title)}</title>
        ${STYLE}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`;
}

/** Ours, and hashed in the policy: it goes in as it is. */
const STYLE = html([`<style>${REPORT_STYLE}</style>`] as unknown as TemplateStringsArray);

/** Addresses hold no character that would mean something in them. */
const plain = (path: string): string => encodeURI(path);

function frontPage({ id, title, sha256, bytes, published, members }: PublishedEntry): Html {
  return shell(
    title,
    html`<h1>${visible(title)}</h1>
      <p class="meta">Dossier ${id}, published ${readable(published)} with As Posted.</p>
      <ul>
        <li><a href="index.html">Read the report</a></li>
        <li><a href="dossier.zip">Download all of it</a> (ZIP, ${bytes} bytes, SHA-256 <code>${sha256}</code>)</li>
        <li>
          <a href="verify.html">Check it yourself</a>: drop the ZIP on that page, or run
          <code>npx asposted verify ${id}.zip</code>
        </li>
      </ul>
      <h2>Parts</h2>
      <div class="scroll" role="region" tabindex="0" aria-label="Parts">
        <table>
          <caption>
            What the bundle holds
          </caption>
          <thead>
            <tr>
              <th scope="col">file</th>
              <th scope="col">bytes</th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            ${members.map(
              (each) =>
                html`<tr>
                  <td><a href="${plain(each.path)}">${visible(each.path)}</a></td>
                  <td>${each.bytes}</td>
                  <td><code>${each.sha256}</code></td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
  );
}

function gonePage(id: string, withdrawn: string): Html {
  return shell(
    `Dossier ${id}`,
    html`<h1>Withdrawn</h1>
      <p>The dossier ${id} was withdrawn on ${readable(withdrawn)} by those who had published it.</p>`,
  );
}
