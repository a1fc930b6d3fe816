import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { needShared } from '../model/testing/shared.js';
import { type WaczOptions, checkWacz, parsePackageKey, verifyFile, verifyPackageSignature } from './index.js';
import { fromBase64 } from './hash.js';
import { KNOWN_DOMAIN_ROOTS, KNOWN_TSA_ROOTS } from './known-roots.js';
import type { JsonObject } from './strict-json.js';
import { checkDomain } from './wacz-domain.js';
import { Findings } from './wacz-finding.js';

interface Known {
  file: string;
  problem: string[];
}

interface TestTrust {
  domainRoots: { sha256: string }[];
  timestampRoots: { sha256: string }[];
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** Codes that keep a package from holding; warnings do not. */
async function problems(bytes: Uint8Array, options: WaczOptions): Promise<string[]> {
  const { findings } = await checkWacz(bytes, options);
  return [...new Set(findings.filter(({ severity }) => severity !== 'warning').map(({ code }) => code))].sort();
}

test('the packages of the worked examples: each is accepted, or refused for the right reason', async (t) => {
  const dir = needShared(t, 'data/evidence/own/wacz');
  if (!dir) return;
  const known = readJson(join(dir, 'verdicts.json')) as Known[];
  const trust = readJson(join(dir, 'test-trust.json')) as TestTrust;
  const roots = {
    domainRoots: trust.domainRoots.map(({ sha256 }) => sha256),
    tsaRoots: trust.timestampRoots.map(({ sha256 }) => sha256),
  };
  const files = readdirSync(dir).filter((name) => name.endsWith('.wacz'));
  assert.deepEqual(known.map(({ file }) => file).sort(), files.sort());
  for (const { file, problem } of known) {
    const bytes = readFileSync(join(dir, file));
    const found = await problems(bytes, roots);
    const { verdict } = await verifyFile(bytes, { name: file, ...roots });
    t.diagnostic(`${file.padEnd(38)} ${verdict.padEnd(7)} ${found.join(', ')}`);
    assert.deepEqual(found, [...problem].sort(), file);
    assert.equal(verdict, problem.length === 0 ? 'ok' : 'failed', file);
  }
  const domain = readFileSync(join(dir, 'good-domain.wacz'));
  assert.equal((await verifyFile(domain)).verdict, 'unknown', 'roots nobody pinned are never right');
});

test('packages of other programs: the verdict, and why', async (t) => {
  const dir = needShared(t, 'data/evidence/wacz/py-wacz');
  if (!dir) return;
  const wanted: Record<string, [verdict: string, codes: string[]]> = {
    'valid_signed_example_1.wacz': ['ok', []],
    'valid_example_2.wacz': ['ok', []],
    'invalid_signed_example_1.wacz': ['unknown', ['root']],
    'valid_example_1.wacz': ['failed', ['old-manifest']],
    'invalid_example_1.wacz': [
      'failed',
      ['manifest', 'missing', 'no-index', 'no-pages', 'no-warc', 'old-manifest', 'unlisted'],
    ],
  };
  for (const [file, [verdict, codes]] of Object.entries(wanted)) {
    const bytes: Uint8Array = readFileSync(join(dir, file));
    assert.deepEqual(await problems(bytes, {}), codes, file);
    assert.equal((await verifyFile(bytes)).verdict, verdict, file);
    t.diagnostic(`${file.padEnd(38)} ${verdict.padEnd(7)} ${codes.join(', ')}`);
  }
});

test('what a signing server answered: signature and stamp hold, and its certificate was older than servers allow', (t) => {
  const path = needShared(t, 'data/evidence/wacz/js-wacz/authsign-response.json');
  if (path === undefined) return;
  const answer = JSON.parse(readFileSync(path, 'utf8')) as { signedData?: JsonObject } & JsonObject;
  const findings = new Findings();
  findings.mode = 'foreign';
  const roots = { domainRoots: KNOWN_DOMAIN_ROOTS, timestampRoots: KNOWN_TSA_ROOTS };
  const signer = checkDomain(answer.signedData ?? answer, findings, roots);
  assert.equal(signer.kind, 'domain');
  t.diagnostic(findings.all.map(({ severity, code, sentence }) => `${severity} ${code}: ${sentence}`).join(' | '));
  assert.deepEqual(
    findings.all.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    ['domain'], // whoever kept this answer put example.com in the place of the name
  );
  assert.ok(findings.all.some(({ code, severity }) => code === 'time-window' && severity === 'warning'));
});

test('the signature is over the text of the hash, prefix and all', () => {
  const key = parsePackageKey(
    'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEVYo1vI3Jh/MJe32bGdSqoWY39OxhVHZ5VeD0K1vOawJhC5cXHPl70pyeuhbioBIi29LZEshxW3yKsnRDGBLd7rny0+skU3XZpI1ufoEgmyJ2b2d78vgTkwhKhIpt0v8g',
  )!;
  const hash = 'sha256:2acaf45ebf16a8d3f1f5fbcdbfebd152cff9363e629e9d2e011c43c32f4c0f3b';
  const signature = fromBase64(
    '7mABbaWHrCsQdi2RKZKnYTecHNDm6y8X9ZwYJBNfG7aRDDGRuNIx2Tl+DeiS2Snt51C+MGvj1uPaiHUBrVC5c8xNcNTg+FAAhMlLvnTxKKZHcAv18obq5jVp51q0y4k+',
  )!;
  assert.equal(verifyPackageSignature(key, hash, signature), true);
  assert.equal(verifyPackageSignature(key, hash.slice('sha256:'.length), signature), false);
  assert.equal(parsePackageKey('MHYw'), undefined);
});
