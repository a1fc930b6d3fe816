import assert from 'node:assert/strict';
import test from 'node:test';
import { parseXml } from './xml-tree.js';

test('an empty element closes itself; one that is left open, or closed by another, means that the document is cut', () => {
  for (const whole of ['<a/>', '<a><b/></a>', '<a><b x="1"/><c><d/></c>t</a>', '<a></a>'])
    assert.equal(parseXml(whole).problem, undefined, whole);
  for (const cut of ['<a>', '<a><b/>', '<a><b></a>', '<a><b/><c>', '<a><b/></a'])
    assert.equal(parseXml(cut).problem, 'cut', cut);
});
