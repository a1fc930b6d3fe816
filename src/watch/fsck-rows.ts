/**
 * Rows against the log. The log is derived once more into empty tables beside the store’s own, by the code `rebuild` runs, and
 * the two are compared row by row: what differs is wrong by definition.
 */
import { asError } from '../model/index.js';
import type { Problem } from '../preserve/index.js';
import { type StoreUnderCheck, type TableDifference, compareTables } from '../store/index.js';
import { derive, rebuild } from './derive.js';
import type { Run } from './fsck.js';
import type { Parts } from './parts.js';
import { dropPassageFiles } from './passages.js';

/** Gives what could not be compared, and why. */
export async function checkRows(
  store: StoreUnderCheck,
  parts: Omit<Parts, 'store'>,
  { run, repair }: { run: Run; repair: boolean },
): Promise<string[]> {
  if (store.databaseProblem) {
    const { message, hint } = store.databaseProblem;
    const what = `the database: ${message}${hint === undefined ? '' : ` (${hint})`}`;
    run.settle([{ kind: 'stuck', what }], false);
    return [];
  }
  if (run.hasSeen) return ['the database: what its rows are made of is damaged'];
  try {
    const made: Parts = { ...parts, store: await store.whole() };
    run.step('rows, made once more to compare');
    const differing = await differencesOf(store, made);
    if (differing.length > 0 && repair) {
      run.step('rows, made again');
      await rebuild(made);
    }
    run.settle(differing, repair);
    return [];
  } catch (thrown) {
    const { code, message } = asError(thrown, { code: 'STORE_FAILED', message: 'its rows could not be compared' });
    if (code === 'INTERRUPTED') throw thrown;
    // The log’s own damage is named already: it cannot be opened until its tiles are remade.
    if (code !== 'LOG_CORRUPT') run.settle([{ kind: 'stuck', what: `the database: ${message}` }], false);
    return [`the database: ${message}`];
  }
}

async function differencesOf(store: StoreUnderCheck, made: Parts): Promise<Problem[]> {
  const { store: scratch, drop } = await store.scratch();
  const { database, log } = made.store;
  await dropPassageFiles(scratch); // those that a killed run left behind
  try {
    for (;;) {
      const size = await log.size();
      const stuck = await catchUp(made);
      await derive({ ...made, store: scratch });
      // Compared while nobody makes rows; what others appended meanwhile is made on both sides first.
      const found = await database.withLock('derive', async () => {
        const grew = (await log.size()) !== size;
        return grew ? undefined : compareTables(database, { schema: made.store.schema, with: scratch.schema });
      });
      if (found) return [...stuck, ...found.map((each): Problem => ({ kind: 'made', what: sentenceOf(each) }))];
    }
  } finally {
    await dropPassageFiles(scratch);
    await drop();
  }
}

/** As every command does on opening: a run that was killed leaves rows behind the log, and that is no fault. */
async function catchUp(made: Parts): Promise<Problem[]> {
  try {
    await derive(made);
    return [];
  } catch (thrown) {
    const { message } = asError(thrown, { code: 'STORE_FAILED', message: 'a row is in the way' });
    return [{ kind: 'made', what: `the database: its rows cannot be brought up to the log: ${message}` }];
  }
}

function sentenceOf({ table, extra, missing, examples }: TableDifference): string {
  if (extra === undefined || missing === undefined)
    return `the database: table ${table} is missing or has other columns`;
  const changed = Math.min(extra, missing);
  const parts = [
    ...(changed > 0 ? [`${changed} rows are not as the log makes them`] : []),
    ...(extra > changed ? [`${extra - changed} rows rest on nothing in the log`] : []),
    ...(missing > changed ? [`${missing - changed} rows are missing`] : []),
  ];
  const some = examples.length === 0 ? '' : ` (${examples.join(', ')})`;
  return `the database: table ${table}: ${parts.join(', ')}${some}`;
}
