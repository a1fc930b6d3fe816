/** How this store is: what it holds, what is due, how old its lists are, who signs, how much room there is. */
import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { html } from 'hono/html';
import { type StoreFigures, storeFigures } from '../../store/index.js';
import type { Parts } from '../../watch/index.js';
import { t } from '../messages/index.js';
import { type Html, page, table } from './layout.js';
import { asIs } from './said.js';
import { isPresence, presenceWord, readable } from './words.js';

export interface SystemView {
  software: string;
  figures: StoreFigures;
  now: Date;
  entries: number;
  origin: string;
  /** When the log was last signed; undefined before its first entry. */
  signed: Date | undefined;
  /** Bytes that are left where the store lies; undefined where the system does not say. */
  free: number | undefined;
  /** Whether a policy with witnesses, authorities for time stamps and calendars are set. */
  witnesses: boolean;
  stamps: boolean;
}

export function addSystem(app: Hono, { store, settings, clock, software }: Parts): void {
  app.get('/system', async (context) => {
    const now = clock.now();
    const [figures, entries, checkpoint, disk] = await Promise.all([
      storeFigures(store.database, { now: now.toISOString(), failing: settings['watch.unreachable'] }),
      store.log.size(),
      stat(join(store.dir, 'log', 'checkpoint')).catch(() => undefined),
      statfs(store.dir).catch(() => undefined),
    ]);
    return context.html(
      systemPage({
        ...{ software, figures, now, entries, origin: store.log.origin, signed: checkpoint?.mtime },
        free: disk === undefined ? undefined : disk.bavail * disk.bsize,
        witnesses: settings['log.policy'] !== '',
        stamps: settings['log.tsa'].length > 0 || settings['log.ots'].length > 0,
      }),
    );
  });
}

export function systemPage(view: SystemView): Html {
  return page({
    title: t('system.title'),
    body: html`<h1>${t('system.title')}</h1>
      <dl class="facts">
        ${factsOf(view).map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <section aria-labelledby="ages">
        <h2 id="ages">${t('system.lists')}</h2>
        ${lists(view)}
      </section>`,
  });
}

function factsOf({
  software,
  figures,
  now,
  entries,
  origin,
  signed,
  free,
  ...has
}: SystemView): [string, Html | string][] {
  const { notices, exhibits, sources, failingSources, due, oldestDue, hostsLeftAlone } = figures;
  const held = Object.entries(notices).map(([presence, n]) =>
    isPresence(presence) ? t('system.held', { presence: presenceWord(presence), n }) : `${presence} ${n}`,
  );
  const overdue = oldestDue === null ? 0 : Math.max(0, Math.floor((now.getTime() - Date.parse(oldestDue)) / 60_000));
  return [
    [t('system.version'), asIs(software)],
    [t('common.notices'), held.length === 0 ? t('system.none') : held.join('; ')],
    [t('system.exhibits'), t('system.number', { n: exhibits })],
    [t('common.sources'), t('system.sources', { n: sources['active'] ?? 0, failing: failingSources })],
    [t('system.due'), t('system.dueWords', { n: due, minutes: overdue, hosts: hostsLeftAlone })],
    [t('system.log'), html`${asIs(origin)}, ${t('system.entries', { n: entries })}`],
    [t('system.signed'), signed === undefined ? t('system.never') : readable(signed.toISOString())],
    [t('system.witnesses'), has.witnesses ? t('system.set') : t('system.notSet', { setting: 'log.policy' })],
    [t('system.stamps'), has.stamps ? t('system.set') : t('system.notSet', { setting: 'log.tsa, log.ots' })],
    [t('system.free'), free === undefined ? t('system.unknown') : t('system.gigabytes', { n: Math.floor(free / 1e9) })],
  ];
}

const DAY_MS = 86_400_000;

function lists({ figures, now }: SystemView): Html | string {
  const rows = Object.entries(figures.lists)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([list, published]) => [
      asIs(list),
      asIs(published),
      t('system.days', { n: Math.max(0, Math.floor((now.getTime() - Date.parse(published)) / DAY_MS)) }),
    ]);
  return rows.length === 0
    ? html`<p>${t('system.noLists')} <code>asposted lists update</code></p>`
    : html`${table({ caption: t('system.newest'), header: [t('system.list'), t('system.published'), t('system.age')], rows })}
        <p><a href="/lists">${t('system.everyVersion')}</a></p>`;
}
