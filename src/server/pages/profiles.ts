/** Organisations, goods and trade names: where they stand, and what lists or the catalogue say of them. */
import type { Hono } from 'hono';
import { AsPostedError, type Screening } from '../../model/index.js';
import { type NamingNotice, accountNames, namingNotices, neighboursOf } from '../../store/index.js';
import { type Parts, decidedScreening, loadScreener } from '../../watch/index.js';
import { goodsPage, tradeNamePage } from './goods.js';
import { organisationPage } from './organisation.js';
import { csvAnswer } from './tables.js';

/** Notices shown of one thing. */
const MOST = 200;
const MOST_CSV = 10_000;

export const notHeld = (what: string): AsPostedError =>
  new AsPostedError({
    code: 'NOT_FOUND',
    message: `nothing that is kept names ${what.slice(0, 80)}`,
    hint: 'Search for part of it: /search?q=…',
  });

const NAMES = ['organisation', 'person'] as const;

export function addProfiles(app: Hono, parts: Parts): void {
  const { store: { database }, catalogue } = parts; // prettier-ignore
  const namedBy = (name: string, most: number): Promise<NamingNotice[]> =>
    namingNotices(database, { kinds: NAMES, ref: name, account: name, most });
  const around = async (notices: readonly NamingNotice[]) => neighboursOf(database, notices.map(({ notice }) => notice));
  app.get('/organisations/:name', async (context) => {
    const name = context.req.param('name');
    const notices = await namedBy(name, MOST);
    if (notices.length === 0) throw notHeld(name);
    const own = notices.filter(({ account }) => account === name).flatMap(({ accountId }) => accountId ?? []);
    const spellings = await accountNames(database, [...new Set(own)]);
    const screenings = await screened(parts, name, notices);
    return context.html(organisationPage({ name, notices, spellings, screenings, neighbours: await around(notices), most: MOST }));
  });
  app.get('/goods/:family', async (context) => {
    const id = context.req.param('family');
    const family = catalogue.families.find((each) => each.id === id);
    if (!family) throw notHeld(id);
    const notices = await namingNotices(database, { kinds: ['goods'], ref: id, most: MOST });
    return context.html(goodsPage({ family, notices, catalogue, neighbours: await around(notices), on: parts.clock.now().toISOString().slice(0, 10) }));
  });
  app.get('/trade-names/:id', async (context) => {
    const id = context.req.param('id');
    const tradeName = catalogue.tradeNames.find((each) => each.id === id);
    if (!tradeName) throw notHeld(id);
    const notices = await namingNotices(database, { kinds: ['tradeName'], ref: id, most: MOST });
    const screenings = tradeName.maker ? await screened(parts, tradeName.maker.name, notices) : [];
    return context.html(tradeNamePage({ tradeName, notices, screenings, neighbours: await around(notices) }));
  });
  const csv = { goods: ['goods'], 'trade-names': ['tradeName'], organisations: NAMES } as const;
  for (const [path, kinds] of Object.entries(csv)) {
    app.get(`/${path}/:ref/notices.csv`, async (context) => {
      const ref = context.req.param('ref');
      const account = path === 'organisations' ? ref : null;
      const rows = await namingNotices(database, { kinds, ref, account, most: MOST_CSV });
      return csvAnswer(context, `${path}-notices`, ['notice', 'title', 'posted by', 'date on the page', 'first seen', 'last seen', 'presence', 'words'], rows.map((each) => [each.notice, each.title, each.account, each.published, each.firstSeen, each.lastSeen, each.presence, each.forms.join('; ')])); // prettier-ignore
    });
  }
} // prettier-ignore

/** As of the day of the oldest and the newest notice, and today: a list says other things on other days. */
async function screened(parts: Parts, name: string, notices: readonly NamingNotice[]): Promise<Screening[]> {
  const screener = await loadScreener(parts);
  const dayOf = ({ published, firstSeen }: NamingNotice): string => (published ?? firstSeen).slice(0, 10);
  const noticeDays = notices.map(dayOf).sort();
  const days = new Set([noticeDays[0], noticeDays.at(-1), parts.clock.now().toISOString().slice(0, 10)]);
  const asked = [...days].filter((day) => day !== undefined).sort();
  return Promise.all(asked.map((on) => decidedScreening(parts, screener.screen({ name }, on))));
}
