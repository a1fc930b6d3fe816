import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { alignNames } from '/tmp/h5/main/src/screen/names/align.ts';
import { partsOf } from '/tmp/h5/main/src/screen/names/parts.ts';
import { alternativesOf } from '/tmp/h5/main/src/screen/names/tokens.ts';
const rows = parse(readFileSync('/work/shared/data/screening/name-pairs-dev.csv'), { columns: true }) as any[];
const memo = new Map<string, any>();
const p = (name: string, person: boolean) => { const k = person + name; let v = memo.get(k); if (!v) memo.set(k, (v = alternativesOf(name).map((n) => partsOf(n, { person })))); return v; };
export function scorePair(q: string, c: string, schema: string) {
  const kinds = schema === 'Person' ? [true] : schema === 'LegalEntity' ? [false, true] : [false];
  let best: any = { score: 0, why: [] };
  for (const k of kinds) for (const a of p(q, k)) for (const b of p(c, k)) { const r = alignNames(a, b); if (r.score > best.score) best = r; }
  return best;
}
const groups: Record<string, (r: any) => boolean> = {
  nk_all: (r) => r.set.startsWith('nk_'), nk_org: (r) => r.set.startsWith('nk_') && r.schema !== 'Person', nk_per: (r) => r.set.startsWith('nk_') && r.schema === 'Person',
  nk_strong: (r) => r.set.startsWith('nk_') && r.quality === 'STRONG',
  cyr_per: (r) => r.qscript === 'Cyrl' && r.cscript === 'Latn' && r.schema === 'Person' && !r.set.startsWith('nk'),
  cyr_org: (r) => r.qscript === 'Cyrl' && r.cscript === 'Latn' && r.schema !== 'Person' && !r.set.startsWith('nk'),
  cyr_all: (r) => r.qscript === 'Cyrl' && r.cscript === 'Latn' && !r.set.startsWith('nk'),
  han_eu: (r) => r.qscript === 'Han' && (r.source + r.note).includes('eu_journal'),
  univ: (r) => r.set === 'xs_el_univ',
  arab: (r) => r.qscript === 'Arab' && r.cscript === 'Latn',
  un_changed: (r) => r.set === 'un_treated' && r.query !== r.candidate,
  putin: (r) => r.set === 'rigour_putin', seed: (r) => r.set === 'seed_hand', watchman: (r) => r.set === 'watchman_xscript',
};
const t0 = Date.now();
for (const r of rows) { const s = scorePair(r.query, r.candidate, r.schema); r.score = s.score; r.why = s.why; }
console.log('ms', Date.now() - t0);
for (const [name, f] of Object.entries(groups)) {
  const g = rows.filter(f);
  const at = (t: number) => { let tp = 0, fp = 0, fn = 0; for (const r of g) { const y = r.score >= t; if (r.match === '1') y ? tp++ : fn++; else if (y) fp++; } return { p: tp / (tp + fp), r: tp / (tp + fn), f: (2 * tp) / (2 * tp + fp + fn), tp, fp, fn }; };
  let best = 0, bt = 0; for (let t = 0.3; t < 1; t += 0.01) { const { f } = at(t); if (f > best) { best = f; bt = t; } }
  const a = at(0.7);
  const strongOk = g.filter((r) => (r.score >= 0.7) === (r.match === '1')).length;
  console.log(name.padEnd(10), g.length, 'F1', a.f.toFixed(3), 'P', a.p.toFixed(3), 'R', a.r.toFixed(3), `tp${a.tp} fp${a.fp} fn${a.fn}`, 'acc', strongOk, 'best', best.toFixed(3), '@', bt.toFixed(2));
}
const show = process.argv[2];
if (show) for (const r of rows.filter(groups[show]!)) { const y = r.score >= 0.7; if (y !== (r.match === '1')) console.log(r.match, r.schema.slice(0, 3), r.quality, r.score.toFixed(2), '|', r.query, '|', r.candidate, process.argv[3] ? '\n      ' + r.why.join('; ') : ''); }
