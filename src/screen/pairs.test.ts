import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type ListEntry, asSha256 } from '../model/index.js';
import { createScreener } from './index.js';

const WORDS = 'anna lena annalena annalina petrova petrov ivanova trading'.split(' ');
const VERSIONS = [{ list: 'one', publishedAt: '2020-01-01', sha256: asSha256('a'.repeat(64)), entries: 1 }];
const ON = '2024-05-22';

const listed = (schema: ListEntry['schema'], names: readonly string[]): ListEntry[] =>
  names.map((name, at) => ({
    list: 'one', entry: String(at), schema, name, aliases: [], identifiers: [], countries: [], addresses: [], programs: [], remarks: '',
    from: '2020-01-01', to: null, fromIsBound: false,
  })); // prettier-ignore

// What a changed list touches is found by asking the changed entries alone (touched.ts): that is right only if this holds.
test('what an answer says of an entry does not depend on which others are on the list (property)', () => {
  const name = fc.array(fc.constantFrom(...WORDS), { minLength: 2, maxLength: 4 }).map((words) => words.join(' '));
  const schema = fc.constantFrom<ListEntry['schema']>('Person', 'LegalEntity');
  let met = 0;
  fc.assert(
    fc.property(schema, fc.array(name, { minLength: 1, maxLength: 14 }), name, (kind, names, asked) => {
      const entries = listed(kind, names);
      const query = { name: asked, schema: kind === 'Person' ? ('Person' as const) : ('Company' as const) };
      const whole = createScreener(entries, VERSIONS).screen(query, ON);
      if (whole.cut) return;
      met += whole.matches.length;
      for (const entry of entries) {
        const alone = createScreener([entry], VERSIONS).screen(query, ON).matches;
        assert.deepEqual(
          whole.matches.filter((match) => match.entry === entry.entry),
          alone,
          `${asked} and ${entry.name}`,
        );
      }
    }),
    { numRuns: 600 },
  );
  assert.ok(met > 100, `hardly anything was found (${met}), so little is shown`);
});
