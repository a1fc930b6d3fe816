/** What an address may carry of whoever copied it. */

/** Of WeChat's own client: they name the reader and let others read as them (facts/watching §2.2, §2.17). */
const SECRETS = new Set(['key', 'uin', 'pass_ticket', 'exportkey', 'appmsg_token', 'wxtoken', 'devicetype']);
const HOST = /^https?:\/\/mp\.weixin\.qq\.com(?=[/?#])/i;

/**
 * The address without them, and otherwise letter for letter: it is fetched as received, and what is not stored cannot be
 * published. Parameters may stand behind `#` as well. Other hosts' parameters of such names are their own business.
 */
export function withoutSecrets(address: string): string {
  if (!HOST.test(address)) return address;
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(address) ?? [];
  return path + clean(query) + clean(fragment);
}

function clean(part: string): string {
  const mark = part.slice(0, 1);
  const rest = part.slice(1).split('&');
  const kept = rest.filter((pair) => !SECRETS.has(nameOf(pair)));
  if (kept.length === rest.length) return part;
  return kept.length === 0 ? '' : mark + kept.join('&');
}

/** A name may be written with percent signs. */
function nameOf(pair: string): string {
  const name = pair.split('=', 1)[0]!;
  try {
    return decodeURIComponent(name).toLowerCase();
  } catch {
    return name.toLowerCase();
  }
}
