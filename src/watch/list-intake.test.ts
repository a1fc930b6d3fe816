/** How versions of lists come in: what is refused, which form is fetched, what a large file may cost. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AsPostedError, type FetchOptions } from '../model/index.js';
import { listVersions } from '../store/index.js';
import { addListVersion, updateList } from './index.js';
import { type TestParts, openTestParts } from './testing/parts.js';

let parts: TestParts;
before(async () => {
  parts = await openTestParts();
});
after(() => parts.dispose());

const NAMES = ['Alpha Works', 'Beta Works', 'Gamma Works', 'Delta Works'];
const register = Buffer.from(
  JSON.stringify({
    list_id: 'bis-entity-list',
    entities: NAMES.map((name) => ({ name, country: 'China' })),
    extracted: '2024-01-31',
  }),
);
const CSL = 'https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv';
const csl = `_id,source,entity_number,programs,name,alt_names,ids\n${NAMES.map(
  (name, at) => `c${at},Entity List (EL) - Bureau of Industry and Security,,,${name},,\n`,
).join('')}`;

const isCode =
  (code: string, message: RegExp) =>
  (thrown: unknown): boolean => {
    assert.ok(thrown instanceof AsPostedError, `not one of ours: ${String(thrown)}`);
    assert.equal(thrown.code, code);
    assert.match(`${thrown.message} ${thrown.hint ?? ''}`, message);
    return true;
  };

test('the same list in another form, whose ids are others, is no mass delisting: refused, until it is said to be meant', async () => {
  const list = 'us_bis_el';
  await addListVersion(parts, { list, files: { main: register }, origin: 'test' });
  const other = { list, files: { main: Buffer.from(csl) }, publishedAt: '2024-02-29', origin: 'test' };
  await assert.rejects(
    addListVersion(parts, other),
    isCode('LIST_SHRANK', /keep 0 of its 4 entries.*form register, this is csl.*--allow-shrink/s),
  );
  assert.equal((await listVersions(parts.store.database, list)).length, 1);
  assert.equal((await addListVersion(parts, { ...other, allowShrink: true })).isNew, true);
});

test('half of the entries may change their ids, more may not', async () => {
  const list = 'csv_partners';
  const map = Buffer.from('entry: Nr\nname: Name\n');
  const add = (publishedAt: string, ...ids: string[]): Promise<unknown> => {
    const main = Buffer.from(`Nr,Name\n${ids.map((id) => `${id},Example ${id}\n`).join('')}`);
    return addListVersion(parts, { list, files: { main, map }, publishedAt, origin: 'test' });
  };
  await add('2024-01-01', '1', '2', '3', '4');
  await assert.rejects(add('2024-01-02', '1', '6', '7', '8'), isCode('LIST_SHRANK', /keep 1 of its 4/));
  await add('2024-01-03', '1', '2', '7', '8');
  // What was delisted before does not count as in force.
  await assert.rejects(add('2024-01-04', '3', '4', '7', '9'), isCode('LIST_SHRANK', /keep 1 of its 4/));
});

test('update goes on in the form that is held; a form that has no address is named', async () => {
  const xml = `<?xml version="1.0"?><sdnList><publshInformation><Publish_Date>01/31/2024</Publish_Date></publshInformation><sdnEntry><uid>901</uid><lastName>EXAMPLE</lastName><sdnType>Entity</sdnType></sdnEntry></sdnList>`;
  await addListVersion(parts, { list: 'us_ofac_sdn', files: { main: Buffer.from(xml) }, origin: 'test' });
  const exports = 'https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/';
  parts.pages.set(`${exports}SDN.XML`, { body: xml.replace('01/31', '02/29') });
  parts.fetched.length = 0;
  assert.equal((await updateList(parts, 'us_ofac_sdn')).publishedAt, '2024-02-29');
  assert.deepEqual(parts.fetched, [`${exports}SDN.XML`]);
  // The usual form has a name, too, so that there is a way back.
  await assert.rejects(
    updateList(parts, 'us_ofac_sdn', { form: 'csv' }),
    isCode('HTTP_STATUS', /SDN\.CSV answered 404/),
  );
  await assert.rejects(
    updateList(parts, 'us_ofac_sdn', { form: 'pdf' }),
    isCode('USAGE', /no form called pdf.*enhanced.*csv/),
  );

  const list = 'us_bis_meu';
  const meu = register.toString().replace('bis-entity-list', 'bis-meu');
  await addListVersion(parts, { list, files: { main: Buffer.from(meu) }, origin: 'test' });
  await assert.rejects(
    updateList(parts, list),
    isCode('USAGE', /held in the form register, which has no address.*csl/),
  );
  parts.pages.set(CSL, { body: csl.replaceAll('Entity List (EL)', 'Military End User (MEU) List') });
  await assert.rejects(updateList(parts, list, { form: 'csl' }), isCode('LIST_SHRANK', /this is csl/));
  assert.equal((await updateList(parts, list, { form: 'csl', allowShrink: true })).entries, 4);
  assert.equal((await updateList(parts, list)).isNew, false, 'and from then on in this one');
});

test('a list may be larger than a page, and the limit is named', async () => {
  const asked: FetchOptions[] = [];
  const fetch: TestParts['fetcher']['fetch'] = (url, options = {}) => {
    asked.push(options);
    return parts.fetcher.fetch(url, options);
  };
  const watched = { ...parts, fetcher: { ...parts.fetcher, fetch } };
  const address = 'https://scsanctions.un.org/resources/xml/en/consolidated.xml';
  parts.pages.set(address, { body: '<CONSOLIDATED_LIST>', truncated: 'length' });
  await assert.rejects(
    updateList(watched, 'un_sc'),
    isCode('TOO_LARGE', /longer than lists\.maxBytes.*Raise lists\.maxBytes/),
  );
  assert.deepEqual(asked[0]?.limits, { maxBytes: 200_000_000, timeoutMs: 600_000 });
});
