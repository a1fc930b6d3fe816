import { html } from 'hono/html';
import type { ListVersionRow } from '../../store/index.js';
import { h, t } from '../messages/index.js';
import { type Html, page, table } from './layout.js';
import { asIs } from './said.js';

export function listsPage(versions: readonly ListVersionRow[]): Html {
  const rows = [...versions]
    .reverse()
    .map(({ record, logIndex }) => [
      asIs(record.list),
      record.publishedAt,
      String(record.entries),
      asIs(record.origin),
      String(logIndex),
      html`<code>${record.content}</code>`,
    ]);
  const header = [
    t('cases.list'),
    t('cases.published'),
    t('cases.entries'),
    t('cases.from'),
    t('cases.log'),
    'SHA-256',
  ];
  const none = html`<p>${h('cases.noList', { command: html`<code>asposted lists update us_ofac_sdn</code>` })}</p>`;
  return page({
    title: t('common.lists'),
    json: '/api/v1/lists',
    current: 'lists',
    body: html`<h1>${t('common.lists')}</h1>
      ${rows.length === 0 ? none : table({ caption: t('cases.versions'), header, rows })}${rows.length === 0 ? '' : html`<p><a href="/lists.csv">${t('common.asCsv')}</a></p>`}`,
  });
}
