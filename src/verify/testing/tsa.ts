/** A time-stamping authority for one test run, made with the openssl command in a folder that is removed afterwards. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CONFIG = `
[ca]
default_ca=c
[c]
database=index.txt
serial=number
new_certs_dir=.
default_md=sha256
policy=any
unique_subject=no
[any]
commonName=supplied
[req]
distinguished_name=dn
[dn]
[root]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
[sub]
basicConstraints=critical,CA:TRUE,pathlen:0
keyUsage=critical,keyCertSign
[nosign]
basicConstraints=critical,CA:TRUE
keyUsage=critical,digitalSignature
[tsa]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[noeku]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
[softeku]
basicConstraints=critical,CA:FALSE
extendedKeyUsage=timeStamping
[twoeku]
basicConstraints=critical,CA:FALSE
extendedKeyUsage=critical,timeStamping,emailProtection
[nosignature]
basicConstraints=critical,CA:FALSE
keyUsage=critical,keyEncipherment
extendedKeyUsage=critical,timeStamping
[strange]
basicConstraints=critical,CA:FALSE
extendedKeyUsage=critical,timeStamping
1.2.3.4=critical,ASN1:NULL
[server]
basicConstraints=critical,CA:FALSE
extendedKeyUsage=serverAuth
subjectAltName=DNS:notices.example.org,DNS:*.wild.example.org
[ts]
default_tsa=t
[t]
serial=stamps
signer_cert=tsa.pem
certs=root.pem
signer_key=tsa.key
signer_digest=sha256
default_policy=1.3.6.1.4.1.99999.1
digests=sha256
accuracy=secs:1
ess_cert_id_alg=sha256
`;

export const hasOpenssl = (): boolean => spawnSync('openssl', ['version']).status === 0;

export interface Issue {
  name: string;
  /** Section of extensions. */
  as: string;
  /** Certificate and key of the issuer: default `root`; `itself`. */
  by?: string;
  /** Name of the key, default its own. */
  key?: string;
  /** `YYYYMMDDHHMMSSZ`. */
  from?: string;
  to?: string;
  md?: string;
}

/** DER of one constructed or primitive value. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.of(tag, ...head), body]);
}

/** A granted TimeStampResp around a token. */
export const responseOf = (token: Uint8Array): Buffer => der(0x30, Buffer.from('3003020100', 'hex'), token);

export class TestTsa {
  readonly folder = mkdtempSync(join(tmpdir(), 'asposted-tsa-'));

  constructor() {
    this.write('tsa.cnf', CONFIG);
    this.write('index.txt', '');
    this.write('number', '1000');
    this.write('stamps', '01');
    this.issue({ name: 'root', as: 'root', by: 'itself' });
    this.issue({ name: 'tsa', as: 'tsa' });
  }

  private as(section: string, out: string): string[] {
    return ['-config', 'tsa.cnf', '-extensions', section, '-out', `${out}.pem`];
  }

  run(...args: string[]): Buffer {
    return execFileSync('openssl', args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'ignore'] });
  }

  ok(...args: string[]): boolean {
    return spawnSync('openssl', args, { cwd: this.folder, stdio: 'ignore' }).status === 0;
  }

  write(name: string, bytes: string | Uint8Array): string {
    writeFileSync(join(this.folder, name), bytes);
    return name;
  }

  read(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  key(name: string): void {
    this.run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`);
  }

  issue({
    name,
    as,
    by = 'root',
    key = name,
    from = '20150101000000Z',
    to = '20450101000000Z',
    md = 'sha256',
  }: Issue): void {
    if (key === name) this.key(name);
    this.run('req', '-new', '-key', `${key}.key`, '-subj', `/CN=${name}`, '-config', 'tsa.cnf', '-out', 'request.pem');
    const issuer =
      by === 'itself' ? ['-selfsign', '-keyfile', `${key}.key`] : ['-cert', `${by}.pem`, '-keyfile', `${by}.key`];
    const what = ['-in', 'request.pem', '-subj', `/CN=${name}`, '-startdate', from, '-enddate', to, '-md', md];
    this.run('ca', '-batch', '-notext', ...what, ...issuer, ...this.as(as, name));
  }

  /** PEM of one or more certificates, in the order given. */
  pem(...names: string[]): string {
    return names.map((name) => this.read(`${name}.pem`).toString()).join('\n');
  }

  /** What `openssl ts` answers to a request. */
  reply(request: Uint8Array): Buffer {
    this.write('in.tsq', request);
    this.run('ts', '-reply', '-config', 'tsa.cnf', '-section', 't', '-queryfile', 'in.tsq', '-out', 'out.tsr');
    return this.read('out.tsr');
  }

  /** A response whose TSTInfo is given and signed by any of our certificates, which `openssl ts` itself would refuse to use. */
  sign(info: Uint8Array, signer: string, ...extra: string[]): Buffer {
    const certificates = this.write('bag.pem', this.pem(...extra, 'root'));
    const key = `${signer}.key`;
    const what = [
      '-in',
      this.write('info.der', info),
      '-binary',
      '-nodetach',
      '-econtent_type',
      '1.2.840.113549.1.9.16.1.4',
    ];
    const how = [
      '-signer',
      `${signer}.pem`,
      '-inkey',
      key,
      '-certfile',
      certificates,
      '-cades',
      '-md',
      'sha256',
      '-nosmimecap',
    ];
    return responseOf(this.run('cms', '-sign', ...what, ...how, '-outform', 'DER'));
  }

  /** Whether openssl accepts the response for the data (or for the request), trusting the root. */
  agrees(
    response: Uint8Array,
    against: { data: Uint8Array } | { request: Uint8Array },
    more: readonly string[] = [],
  ): boolean {
    const what =
      'data' in against
        ? ['-data', this.write('data', against.data)]
        : ['-queryfile', this.write('query.tsq', against.request)];
    return this.ok('ts', '-verify', '-in', this.write('check.tsr', response), ...what, '-CAfile', 'root.pem', ...more);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
