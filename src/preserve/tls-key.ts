/** Signing packages with the private key of a domain’s TLS certificate, and having each signature stamped (facts/evidence §8.3). */
import { type KeyObject, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { AsPostedError } from '../model/index.js';
import { type Certificate, domainOf, equalBytes, readCertificate, splitPem, toBase64, utf8 } from '../verify/index.js';
import type { DomainRoots, DomainSigner } from './domain-signature.js';
import { type CallTsa, hostOf, requestStamp } from './stamps.js';

export interface TlsKeyFacts {
  /** PEM of the private key and of its chain, leaf first. */
  key: string;
  cert: string;
  /** Address of the authority that stamps. */
  tsa: string;
  /** PEM of certificates its stamps do not carry; empty for none. */
  tsaCert: string;
  roots: DomainRoots;
  call: CallTsa;
}

/** Throws BAD_SETTING for key and chain that cannot sign; signing throws SIGN_FAILED, or what `call` throws. */
export function tlsKeySigner({ key, cert, tsa, tsaCert, roots, call }: TlsKeyFacts): DomainSigner {
  const privateKey = readKey(key);
  const chain = readChain(cert);
  const leaf = chain[0]!;
  if (!equalBytes(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }), leaf.spki))
    throw badSetting('publish.sign.key is not the key of the first certificate in publish.sign.cert');
  const domain = domainOf(leaf);
  if (domain === undefined) throw badSetting('the certificate in publish.sign.cert names no whole host name');
  return {
    roots,
    signForDomain: async ({ hash }) => {
      const signature = toBase64(sign('sha256', utf8(hash), privateKey));
      const stamp = await stampOver(utf8(signature), { tsa, tsaCert, roots, call });
      return { signature, domain, domainCert: cert, timeSignature: toBase64(stamp), timestampCert: tsaCert };
    },
  };
}

/** The two kinds players can check. Says nothing of what the file holds. */
function readKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    const message = 'publish.sign.key holds no private key that can be read';
    throw badSetting(message, 'It must be PEM, and not encrypted.', cause);
  }
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (namedCurve !== 'prime256v1' && !(key.asymmetricKeyType === 'rsa' && modulusLength >= 2048))
    throw badSetting('publish.sign.key is neither an ECDSA P-256 key nor an RSA key of 2048 bits or more');
  return key;
}

function readChain(pem: string): Certificate[] {
  try {
    return splitPem(pem)!.map((der) => readCertificate(der));
  } catch (cause) {
    throw badSetting('publish.sign.cert is no PEM text of 1 to 10 certificates', undefined, cause);
  }
}

async function stampOver(
  data: Uint8Array,
  { tsa, tsaCert, roots, call }: Pick<TlsKeyFacts, 'tsa' | 'tsaCert' | 'roots' | 'call'>,
): Promise<Uint8Array> {
  const host = hostOf(tsa);
  const asked = await requestStamp({ url: tsa, data, anchors: roots.tsaRoots, certificates: tsaCert, call });
  if ('refused' in asked) throw failed(`${host} gave no time stamp: ${asked.refused}`);
  const { response, verdict: answer } = asked;
  if (answer.verdict === 'failed') throw failed(`the time stamp of ${host} is not right: ${answer.detail}`);
  if (answer.verdict === 'unknown')
    throw failed(
      `the time stamp of ${host} cannot be trusted: ${answer.detail}`,
      'Name its root in publish.sign.roots or log.tsaRoots, and the certificates it does not send in publish.sign.tsaCert.',
    );
  return response;
}

const failed = (message: string, hint?: string): AsPostedError =>
  new AsPostedError({ code: 'SIGN_FAILED', retry: 'later', message, ...(hint === undefined ? {} : { hint }) });

function badSetting(message: string, hint?: string, cause?: unknown): AsPostedError {
  return new AsPostedError({ code: 'BAD_SETTING', message, cause, ...(hint === undefined ? {} : { hint }) });
}
