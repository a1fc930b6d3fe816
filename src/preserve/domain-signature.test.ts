/** Signatures for a domain: made only when everything about them is right, and then so that no byte can change unseen. */
import assert from 'node:assert/strict';
import test, { type TestContext, after } from 'node:test';
import { looseZip, membersOf } from '../dossier/testing/loose-zip.js';
import { skipOrFail } from '../model/testing/shared.js';
import { DIGEST, checkWacz, readContainer, utf8, verifyFile } from '../verify/index.js';
import { type Answer, TestSigner } from '../verify/testing/signer.js';
import { hasOpenssl } from '../verify/testing/tsa.js';
import { type DomainSigner, authsignSigner, packWacz, tlsKeySigner, writeWarc } from './index.js';
import { sampleCapture } from './testing/capture.js';
import { testCaller } from './testing/caller.js';

let made: TestSigner | undefined;
after(() => {
  made?.stop();
});

async function signerFor(t: TestContext): Promise<TestSigner | undefined> {
  if (!hasOpenssl()) skipOrFail(t, 'the openssl command is not there');
  else made ??= await new TestSigner().start();
  return made;
}

const rootsOf = (it: TestSigner): DomainSigner['roots'] => ({ domainRoots: [it.root], tsaRoots: [it.root] });

function pack(sign: DomainSigner, created = new Date().toISOString()): Promise<Uint8Array> {
  const facts = { recordedAt: '2024-05-22T03:00:00.000Z', software: 'asposted test', robots: 'classic' };
  const { bytes } = writeWarc(sampleCapture('https://example.org/a', '<p>a</p>'), facts);
  const pages = [{ url: 'https://example.org/a/final', ts: '2024-05-22T03:00:00.000Z' }];
  return packWacz({
    warcs: [{ name: 'a.warc.gz', bytes }],
    pages,
    created,
    title: 'test',
    software: 'asposted test',
    sign,
  });
}

const server = (
  it: TestSigner,
  over: { token?: string; url?: string; roots?: DomainSigner['roots'] } = {},
): DomainSigner => authsignSigner({ url: it.base, token: it.token, roots: rootsOf(it), call: testCaller, ...over });

function ownKey(it: TestSigner, leaf = 'leaf', over: { cert?: string; key?: string } = {}): DomainSigner {
  const cert = it.tsa.pem(leaf, 'sub', 'root');
  const key = it.tsa.read(`${leaf}.key`).toString();
  return tlsKeySigner({ key, cert, tsa: `${it.base}/tsr`, tsaCert: '', roots: rootsOf(it), call: testCaller, ...over });
}

const signedDataOf = (bytes: Uint8Array): Record<string, string> => {
  const digest = readContainer(bytes).entries.find(({ path }) => path === DIGEST)!;
  return (JSON.parse(Buffer.from(digest.bytes!).toString()) as { signedData: Record<string, string> }).signedData;
};

const FIELDS = 'hash created software version signature domain domainCert timeSignature timestampCert';

test('a signing server and a key of one’s own make packages that verify for the domain, for those who trust the roots', async (t) => {
  const it = await signerFor(t);
  if (!it) return;
  it.tsa.run('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'rsa.key');
  it.tsa.issue({ name: 'rsa-leaf', as: 'server', by: 'sub', key: 'rsa' });
  const rsa = ownKey(it, 'leaf', {
    cert: it.tsa.pem('rsa-leaf', 'sub', 'root'),
    key: it.tsa.read('rsa.key').toString(),
  });
  for (const [what, signer] of [
    ['a server', server(it)],
    ['a key', ownKey(it)],
    ['an RSA key', rsa],
  ] as const) {
    const bytes = await pack(signer);
    const { findings, signer: found } = await checkWacz(bytes, { mode: 'strict', ...rootsOf(it) });
    assert.deepEqual(
      findings.map(({ code, severity }) => `${severity} ${code}`),
      ['warning time-window'], // the leaf of the test is years old
      what,
    );
    assert.ok(found.kind === 'domain' && found.domain === 'notices.example.org' && found.stamped !== undefined);
    assert.equal((await verifyFile(bytes, rootsOf(it))).verdict, 'ok', what);
    assert.equal((await verifyFile(bytes)).verdict, 'unknown', 'nobody else knows these roots');
    const signed = signedDataOf(bytes);
    assert.equal(Object.keys(signed).join(' '), FIELDS);
    assert.equal(
      signed['domainCert']!.split('\n\n').length,
      3,
      'certificates one blank line apart, as players split them',
    );
    assert.equal(signed['timestampCert']!.split('\n\n').length, 2, 'the chain of the stamp as well');
  }
  const { url, headers, body } = it.asked.at(-1)!;
  assert.deepEqual([url, headers.authorization], ['/sign', `bearer ${it.token}`]);
  assert.match(body, /^\{"hash":"sha256:[0-9a-f]{64}","created":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"\}$/);
});

test('whatever a signing server answers, only a signature that verifies becomes a package; the token is never told', async (t) => {
  const it = await signerFor(t);
  if (!it) return;
  it.tsa.issue({ name: 'old', as: 'server', by: 'sub', to: '20160101000000Z' });
  it.tsa.issue({ name: 'other-root', as: 'root', by: 'itself' });
  it.tsa.issue({ name: 'stranger', as: 'server', by: 'other-root' });
  const chain =
    (...names: string[]): (() => () => void) =>
    () => {
      const before = it.chain;
      it.chain = names;
      return () => {
        it.chain = before;
      };
    };
  const over =
    (fields: Record<string, unknown>) =>
    (right: Record<string, unknown>): Answer => ({
      body: JSON.stringify({ ...right, ...fields }),
    });
  const changed = (name: string, change: (text: string) => unknown) => (right: Record<string, unknown>) =>
    over({ [name]: change(right[name] as string) })(right);
  type Case = [what: string, next: TestSigner['next'], sentence: RegExp, code?: string, prepare?: () => () => void];
  const cases: Case[] = [
    ['a changed hash', over({ hash: `sha256:${'ab'.repeat(32)}` }), /signed another hash/],
    ['a changed time', changed('created', () => '2020-01-01T00:00:00Z'), /gave the time back changed/],
    ['no time', changed('created', () => undefined), /gave the time back changed/],
    ['fractions', changed('created', (at) => at.replace('Z', '.000Z')), /in another form, which no player takes/],
    ['no stamp', over({ timeSignature: undefined }), /has no timeSignature/],
    ['an empty chain', over({ domainCert: '' }), /has no domainCert/],
    ['an anonymous signature', over({ domain: undefined, publicKey: 'MHYw' }), /has no domain$/],
    ['an array', () => ({ body: '[]' }), /answers with no JSON object/],
    ['keys twice', () => ({ body: '{"hash":"a","hash":"b"}' }), /answers with no JSON object/],
    ['noise', () => ({ body: Buffer.alloc(500, 7) }), /answers with no JSON object/],
    ['an error', () => ({ status: 500, body: 'no' }), /gave no signature \(HTTP 500\)/],
    ['a complaint', () => ({ status: 400, body: '{"detail":"x"}' }), /gave no signature \(HTTP 400\)/],
    ['a redirect', () => ({ status: 307, headers: { location: '/other' }, body: '' }), /answers with a redirect/],
    ['far too much', () => ({ body: ' '.repeat(200_000) }), /answers more than/, 'TOO_LARGE'],
    ['another domain', over({ domain: 'other.example.org' }), /not one for "other\.example\.org"/],
    ['a name under a wildcard', over({ domain: 'x.wild.example.org' }), /not the first one its certificate names/],
    [
      'a signature over something else',
      changed('signature', (text) => text.replace(/[A-Z]/, 'b')),
      /\((?:signature|timestamp-imprint)\)/,
    ],
    [
      'a stamp over something else',
      changed('timeSignature', () =>
        it.tsa
          .reply(Buffer.from(`30390201013031300d060960864801650304020105000420${'ab'.repeat(32)}0101ff`, 'hex'))
          .toString('base64'),
      ),
      /the time stamp is for other data \(timestamp-imprint\)/,
    ],
    [
      'a broken stamp',
      changed('timeSignature', (text) => `${text.slice(0, 400)}AAAA${text.slice(404)}`),
      /\(timestamp-[a-z]+\)/,
    ],
    [
      'a chain cut short',
      changed('domainCert', (pem) => `${pem.split('\n\n')[0]}\n`),
      /domainCert does not end in a root/,
    ],
    ['a chain that is none', over({ domainCert: 'words' }), /cannot be read \(chain\)/],
    [
      'the certificate of another',
      (right) => over({ domainCert: it.tsa.pem('stranger', 'other-root') })(right),
      /does not verify with the certificate of the domain \(signature\)/,
    ],
    [
      'an expired certificate',
      undefined,
      /was not valid at that time \(chain\)/,
      'SIGN_FAILED',
      chain('old', 'sub', 'root'),
    ],
    [
      'a root nobody trusts',
      undefined,
      /holds no root you trust \(root\)/,
      'SIGN_FAILED',
      chain('stranger', 'other-root'),
    ],
  ];
  for (const [what, next, sentence, code = 'SIGN_FAILED', prepare] of cases) {
    const restore = prepare?.();
    it.next = next;
    await assert.rejects(
      pack(server(it)),
      (error: Error & { code?: string; hint?: string }) => {
        assert.equal(error.code, code, `${what}: ${error.message}`);
        assert.match(error.message, sentence, what);
        assert.ok(!JSON.stringify([error.message, error.hint, String(error.cause)]).includes(it.token), what);
        return true;
      },
      what,
    );
    restore?.();
  }
  await assert.rejects(pack(server(it, { token: 'wrong' })), {
    code: 'SIGN_FAILED',
    message: /refuses the token \(HTTP 403\)/,
  });
  await assert.rejects(pack(server(it), '2024-05-22T04:00:00Z'), {
    code: 'SIGN_FAILED',
    message: /more than ten minutes before/,
  });
  await pack(server(it)); // and after all that it signs again
});

test('addresses, tokens, keys and chains that cannot be used are refused before anything is asked', async (t) => {
  const it = await signerFor(t);
  if (!it) return;
  const before = it.asked.length;
  for (const url of [
    'ftp://x/',
    'signer',
    'https://me:pw@x/',
    'http://signer.example.org/sign',
    'http://192.0.2.7/',
    'http://[2001:db8::1]/',
  ])
    assert.throws(() => server(it, { url }), { code: 'BAD_SETTING' }, url);
  for (const url of ['https://signer.example.org', 'http://signer:8080/sign', 'http://localhost/', 'http://[::1]/'])
    assert.ok(server(it, { url }), url);
  assert.throws(() => server(it, { token: 'a\nb' }), { code: 'BAD_SETTING', message: /no header may have/ });
  it.tsa.run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-out', 'p384.key');
  const wrong: [string, { cert?: string; key?: string }, RegExp][] = [
    ['the key of another', { key: it.tsa.read('root.key').toString() }, /not the key of the first certificate/],
    ['another curve', { key: it.tsa.read('p384.key').toString() }, /neither an ECDSA P-256 key nor an RSA key/],
    ['no key', { key: 'words' }, /no private key that can be read/],
    ['no chain', { cert: 'words' }, /no PEM text/],
    [
      'a chain without a name',
      { cert: it.tsa.pem('root'), key: it.tsa.read('root.key').toString() },
      /names no whole host name/,
    ],
  ];
  for (const [what, over, message] of wrong)
    assert.throws(() => ownKey(it, 'leaf', over), { code: 'BAD_SETTING', message }, what);
  assert.equal(it.asked.length, before);
});

test('no byte of the signed data of a domain can change unseen, nor can one certificate be written in two ways', async (t) => {
  const it = await signerFor(t);
  if (!it) return;
  const bytes = await pack(ownKey(it));
  const members = membersOf(bytes);
  const at = members.findIndex(({ path }) => path === DIGEST);
  const text = Buffer.from(members[at]!.bytes).toString('latin1');
  const verdictOf = async (changed: string): Promise<string> => {
    const put = members.map((member, n) => (n === at ? { ...member, bytes: Buffer.from(changed, 'latin1') } : member));
    return (await verifyFile(looseZip({ members: put }), rootsOf(it))).verdict;
  };
  assert.equal(await verdictOf(text), 'ok');
  const silent: string[] = [];
  // Every third byte, and each of the eight bits in turn; `ASPOSTED_TEST_MUTATIONS=all` tries every byte.
  const step = process.env['ASPOSTED_TEST_MUTATIONS'] === 'all' ? 1 : 3;
  for (let n = 0; n < text.length; n += step) {
    const flipped = String.fromCharCode(text.charCodeAt(n) ^ (1 << (n % 8)));
    const changed = `${text.slice(0, n)}${flipped}${text.slice(n + 1)}`;
    if ((await verdictOf(changed)) !== 'failed') silent.push(`byte ${n} ${JSON.stringify(text.slice(n - 20, n + 20))}`);
  }
  assert.deepEqual(silent, []);
  const line = text.indexOf('\\n', text.indexOf('domainCert') + 60);
  const others: [string, string][] = [
    ['\\r for \\n in a certificate', `${text.slice(0, line)}\\r${text.slice(line + 2)}`],
    ['a domain in capitals', text.replace('notices.example.org', 'Notices.example.org')],
    ['a dot at the end', text.replace('notices.example.org', 'notices.example.org.')],
    ['one more line end', text.replace('-----END CERTIFICATE-----\\n\\n', '-----END CERTIFICATE-----\\n\\n\\n')],
  ];
  const extra = JSON.stringify(`\n${it.tsa.pem('tsa')}`).slice(1, -1);
  others.push(['a certificate beside the path', text.replace(/(domainCert": "[^"]*)"/, `$1${extra}"`)]);
  others.push([
    'one beside the stamp’s path',
    text.replace(/(timestampCert": "[^"]*)"/, `$1${JSON.stringify(`\n${it.tsa.pem('leaf')}`).slice(1, -1)}"`),
  ]);
  for (const [what, changed] of others) {
    assert.notEqual(changed, text, what);
    assert.equal(await verdictOf(changed), 'failed', what);
  }
  assert.ok(utf8(text).length > 4_000);
});
