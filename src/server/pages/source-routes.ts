import type { Context, Hono } from 'hono';
import {
  type HealthySource,
  noticesOfSource,
  sourceActivity,
  sourceAsked,
  sourcesWithHealth,
} from '../../store/index.js';
import type { Parts } from '../../watch/index.js';
import { fullId } from '../ids.js';
import { daysBefore } from './charts.js';
import { HEAT_DAYS, NEWEST, SOURCES_CSV_HEADER, SOURCE_FILTERS, SPARK_DAYS, type SourcesView, chosenSources, sourcePage, sourcesCsvRow, sourcesPage } from './sources.js'; // prettier-ignore
import { csvAnswer } from './tables.js';

const MOST_ASKED = 100;

export function addSources(app: Hono, parts: Parts): void {
  const { store: { database }, clock } = parts; // prettier-ignore
  const viewOf = async ({ req }: Context): Promise<SourcesView> => {
    const now = clock.now();
    const show = req.query('show') ?? '';
    const since = daysBefore(now, SPARK_DAYS)[0]!;
    const [sources, days] = await Promise.all([sourcesWithHealth(database), sourceActivity(database, { since })]);
    return { sources, days, now, filter: (SOURCE_FILTERS as readonly string[]).includes(show) ? show : '' };
  };
  const sourceOf = async (typed: string): Promise<HealthySource> => {
    const id = await fullId(database, typed, 'S');
    return (await sourcesWithHealth(database)).find((each) => each.id === id)!;
  };
  app.get('/sources', async (context) => context.html(sourcesPage(await viewOf(context))));
  app.get('/sources.csv', async (context) => {
    const found = chosenSources(await viewOf(context));
    return csvAnswer(context, 'sources', SOURCES_CSV_HEADER, found.map(sourcesCsvRow));
  });
  app.get('/sources/:id', async (context) => {
    const source = await sourceOf(context.req.param('id'));
    const now = clock.now();
    const [days, asked, notices] = await Promise.all([
      sourceActivity(database, { since: daysBefore(now, HEAT_DAYS)[0]!, source: source.id }),
      sourceAsked(database, { source: source.id, limit: MOST_ASKED }),
      noticesOfSource(database, source.id, NEWEST),
    ]);
    return context.html(sourcePage({ source, days, asked, notices, now }));
  });
  app.get('/sources/:id/asked.csv', async (context) => {
    const { id } = await sourceOf(context.req.param('id'));
    const rows = await sourceAsked(database, { source: id, limit: 10_000 });
    const header = ['observation', 'when', 'concluded', 'named', 'new', 'problem', 'log'];
    const cells = rows.map((each) => [each.id, each.at, each.concluded, each.found === null ? null : String(each.found), String(each.fresh), each.problem, String(each.logIndex)]); // prettier-ignore
    return csvAnswer(context, `asked-${id}`, header, cells);
  });
}
