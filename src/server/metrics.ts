/** `/metrics` in Prometheus' text format 0.0.4, for whoever has to know that the watch is well. Names and labels are ours: nothing fetched stands in it. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { type StoreFigures, countChecks, storeFigures } from '../store/index.js';
import type { Parts } from '../watch/index.js';

/** Labels and value of one line. */
type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

export interface Metric {
  name: string;
  help: string;
  type: 'gauge' | 'counter';
  samples: readonly Sample[];
}

/** One block for each metric: HELP, TYPE, then its samples in their order. */
export function metricsText(metrics: readonly Metric[]): string {
  const escaped = (value: string): string => value.replace(/[\\"\n]/g, (each) => (each === '\n' ? '\\n' : `\\${each}`));
  const line = (name: string, [labels, value]: Sample): string => {
    const pairs = Object.entries(labels).map(([key, each]) => `${key}="${escaped(each)}"`);
    return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`;
  };
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .map(
      ({ name, help, type, samples }) =>
        `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples.map((each) => line(name, each)).join('')}`,
    )
    .join('');
}

/** Looks are counted on from where the last question ended: a store has millions. */
export function addMetrics(app: Hono, parts: Parts): void {
  const counts = new Map<string, number>();
  let last = -1;
  let counting: Promise<void> = Promise.resolve();
  const count = async (): Promise<void> => {
    const found = await countChecks(parts.store.database, last);
    last = found.last;
    for (const [outcome, n] of Object.entries(found.counts)) counts.set(outcome, (counts.get(outcome) ?? 0) + n);
  };
  app.get('/metrics', async (context) => {
    // One after the other: two that began at the same place would count twice.
    await (counting = counting.catch(() => undefined).then(count));
    const { store, settings, clock } = parts;
    const now = clock.now();
    const figures = await storeFigures(store.database, {
      now: now.toISOString(),
      failing: settings['watch.unreachable'],
    });
    const written = await stat(join(store.dir, 'log', 'checkpoint')).catch(() => undefined);
    const metrics = [
      { ...gauge('asposted_info', 'The version that answers.'), samples: [[{ version: parts.software }, 1]] as const },
      checks(counts),
      ...ofStore(figures, now),
      single('asposted_log_entries', 'Entries of the log.', await store.log.size()),
      ...(written === undefined
        ? []
        : [single('asposted_log_checkpoint_age_seconds', 'Since the log was last signed.', ageOf(written.mtime, now))]),
      single('process_resident_memory_bytes', 'Memory of the serving process.', process.memoryUsage.rss()),
      single('process_start_time_seconds', 'When it began.', Math.round(Date.now() / 1_000 - process.uptime())),
    ];
    return context.body(metricsText(metrics), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
}

const gauge = (name: string, help: string): Metric => ({ name, help, type: 'gauge', samples: [] });
const single = (name: string, help: string, value: number): Metric => ({
  ...gauge(name, help),
  samples: [[{}, value]],
});
const ageOf = (then: Date, now: Date): number => Math.max(0, Math.round((now.getTime() - then.getTime()) / 1_000));

const by = (label: string, counts: Readonly<Record<string, number>>): Sample[] =>
  Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [{ [label]: key }, value]);

const checks = (counts: ReadonlyMap<string, number>): Metric => ({
  name: 'asposted_checks_total',
  help: 'Looks at notices and sources, by what they found; also by other processes of this store.',
  type: 'counter',
  samples: by('outcome', Object.fromEntries(counts)),
});

function ofStore(figures: StoreFigures, now: Date): Metric[] {
  const { notices, exhibits, sources, failingSources, due, oldestDue, hostsLeftAlone, lists } = figures;
  return [
    { ...gauge('asposted_notices', 'Notices by presence.'), samples: by('presence', notices) },
    single('asposted_exhibits', 'Exhibits that are kept.', exhibits),
    { ...gauge('asposted_sources', 'Sources by state.'), samples: by('state', sources) },
    single('asposted_sources_failing', 'Active sources that fail watch.unreachable times in a row.', failingSources),
    single('asposted_checks_due', 'Looks that are due.', due),
    single(
      'asposted_checks_overdue_seconds',
      'How long the longest overdue look has been due.',
      oldestDue === null ? 0 : ageOf(new Date(oldestDue), now),
    ),
    single('asposted_hosts_paused', 'Hosts that did not answer and are left alone for now.', hostsLeftAlone),
    {
      ...gauge('asposted_list_age_seconds', 'Age of the newest version of each list, by its own date.'),
      samples: Object.entries(lists)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([list, published]) => [{ list }, ageOf(new Date(published), now)]),
    },
  ];
}
