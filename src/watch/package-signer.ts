/** Who signs packages, as the settings say: a signing server, the key of a TLS certificate, or nobody by name. */
import { readFile } from 'node:fs/promises';
import { serviceCaller } from '../capture/index.js';
import { AsPostedError, type Settings, asError } from '../model/index.js';
import { type DomainRoots, type DomainSigner, authsignSigner, tlsKeySigner } from '../preserve/index.js';
import { KNOWN_DOMAIN_ROOTS, KNOWN_TSA_ROOTS } from '../verify/index.js';

/** A signing server asks a certificate authority and a time-stamp authority in turn. */
const SIGN_MS = 30_000;

/**
 * Undefined: the package key of the store signs. With `wanted: 'domain'` that is an error, as are settings that name both ways
 * or half of one. Throws USAGE, BAD_SETTING.
 */
export async function domainSigner(
  settings: Settings,
  wanted?: 'domain' | 'anonymous',
): Promise<DomainSigner | undefined> {
  if (wanted === 'anonymous') return undefined;
  const [url, key, cert] = [settings['publish.sign.url'], settings['publish.sign.key'], settings['publish.sign.cert']];
  if (url === '' && key === '' && cert === '') {
    if (wanted === undefined) return undefined;
    throw new AsPostedError({
      code: 'USAGE',
      message: 'no signer for a domain is set',
      hint: 'Set publish.sign.url (a signing server), or publish.sign.key and publish.sign.cert.',
    });
  }
  if (url !== '' && (key !== '' || cert !== ''))
    throw badSetting('publish.sign names a server and a key', 'Keep one of publish.sign.url and publish.sign.key.');
  const call = serviceCaller({ allow: settings['capture.allow'], timeoutMs: SIGN_MS });
  const roots = rootsOf(settings);
  if (url !== '') return authsignSigner({ url, token: settings['publish.sign.token'], roots, call });
  if (key === '' || cert === '') throw badSetting('publish.sign.key and publish.sign.cert go together');
  const tsa = settings['publish.sign.tsa'] || settings['log.tsa'][0];
  if (tsa === undefined)
    throw badSetting('a signature for a domain needs a time stamp', 'Set publish.sign.tsa or log.tsa.');
  const extra = settings['publish.sign.tsaCert'];
  return tlsKeySigner({
    ...{ key: await read('publish.sign.key', key), cert: await read('publish.sign.cert', cert) },
    ...{ tsa, tsaCert: extra === '' ? '' : await read('publish.sign.tsaCert', extra), roots, call },
  });
}

function rootsOf(settings: Settings): DomainRoots {
  const own = settings['publish.sign.roots'].map((each) => each.toLowerCase().replace(/^sha256:/, ''));
  if (!own.every((each) => /^[0-9a-f]{64}$/.test(each)))
    throw badSetting('publish.sign.roots holds something else than SHA-256 fingerprints of 64 hex digits');
  return {
    domainRoots: [...KNOWN_DOMAIN_ROOTS, ...own],
    tsaRoots: [...KNOWN_TSA_ROOTS, ...settings['log.tsaRoots'], ...own],
  };
}

async function read(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw asError(thrown, { code: 'BAD_SETTING', message: `${name} names ${path}, which cannot be read` });
  }
}

function badSetting(message: string, hint?: string): AsPostedError {
  return new AsPostedError({ code: 'BAD_SETTING', message, ...(hint === undefined ? {} : { hint }) });
}
