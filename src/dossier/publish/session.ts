/**
 * What a site puts into a page, a header or an address for one visitor (facts/watching §2.17). Names alone mean nothing:
 * anonymous pages carry all of them, empty, zero or with the constant 777. A value must look like what the name says.
 */
import type { Hit } from './finding.js';

type IsReal = (value: string) => boolean;

/** Nothing, zeros (also a mask somebody laid over), the anonymous constant, or a piece of code instead of a value. */
function isToken(value: string, minimum: number): boolean {
  return (
    value.length >= minimum && /^[\w+/=%.~@:-]+$/.test(value) && !/^(?:0+|777|undefined|null|true|false)$/.test(value)
  );
}

const token =
  (minimum: number): IsReal =>
  (value) =>
    isToken(value, minimum) && /\d/.test(value);

/** A WeChat account number: digits, or base64 of them (also percent-encoded, as it stands in addresses). */
const uin: IsReal = (value) => {
  const digits = /^\d+$/.test(value) ? value : Buffer.from(value.replace(/%3d/gi, '='), 'base64').toString('latin1');
  return /^\d{5,12}$/.test(digits) && !/^0+$/.test(digits);
};

const hexKey: IsReal = (value) => /^[0-9a-f]{64,}$/i.test(value) && !/^0+$/.test(value);
const device: IsReal = (value) => /^(?:android|ios|iphone|ipad|windows|mac|unifiedpc|ohos)/i.test(value);
const words: IsReal = (value) => value.trim().length >= 2 && !/[{}()<>;=]/.test(value);

/** Fields of WeChat's pages. `everywhere`: the name alone says whose it is, on any page. */
const FIELDS: Readonly<Record<string, { real: IsReal; everywhere?: true }>> = {
  is_login: { real: (value) => value === '1' },
  user_uin: { real: uin },
  uin: { real: uin },
  key: { real: hexKey },
  pass_ticket: { real: token(8), everywhere: true },
  appmsg_token: { real: token(8), everywhere: true },
  exportkey: { real: token(8), everywhere: true },
  wxtoken: { real: token(8), everywhere: true },
  wap_sid2: { real: token(8), everywhere: true },
  data_ticket: { real: token(8), everywhere: true },
  slave_sid: { real: token(8), everywhere: true },
  slave_user: { real: token(8), everywhere: true },
  wxuin: { real: uin, everywhere: true },
  wxsid: { real: token(8), everywhere: true },
  ticket: { real: token(16) },
  srcid: { real: token(6) },
  enter_id: { real: (value) => /^\d{5,}$/.test(value) && !/^0+$/.test(value) },
  indentity_id: { real: token(8), everywhere: true },
  open_id: { real: token(10) },
  openid: { real: token(10) },
  sessionid: { real: (value) => /^\d{8,}$/.test(value) && !/^0+$/.test(value) },
  devicetype: { real: device },
  self_nickname: { real: words },
  my_nickname: { real: words },
  user_nickname: { real: words },
  login_nickname: { real: words },
};

const QUOTED = `"([^"\\\\\\n]{0,600})"|'([^'\\\\\\n]{0,600})'`;
const FIELD = new RegExp(
  `(?<![\\w$.-])(window\\.|var\\s+|let\\s+|const\\s+)?["']?(${Object.keys(FIELDS).join('|')})["']?\\s*[:=]\\s*(?:JsDecode\\(\\s*)?(?:${QUOTED}|(\\d{1,20})(?![\\w.]))(?:\\s*\\|\\|\\s*(?:${QUOTED}))?`,
  'g',
);

/** Values in scripts and JSON. `wechat`: the page is WeChat's, so that its common names (uin, key, ticket) mean what they mean there. */
export function fieldHits(text: string, wechat: boolean): Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(FIELD)) {
    const [, assigned, name = '', ...values] = match;
    const { real, everywhere } = FIELDS[name]!;
    // A minified script has its own `key`; WeChat's is a variable of the window.
    if (!(everywhere ?? wechat) || (name === 'key' && assigned === undefined)) continue;
    const value = values.find((each) => each !== undefined && real(each));
    if (value === undefined) continue;
    const what = name === 'is_login' ? 'the page was captured while logged in (is_login)' : `${name} in the page`;
    hits.push({ kind: 'session', what, value, offset: match.index + match[0].indexOf(value), weight: 'refuse' });
  }
  return hits;
}

/** Parameters that are a key to somebody's session wherever they stand. */
const PARAMETERS: Readonly<Record<string, IsReal>> = {
  pass_ticket: token(8),
  appmsg_token: token(8),
  exportkey: token(8),
  wxtoken: token(8),
  access_token: token(8),
  id_token: token(8),
  refresh_token: token(8),
  auth_token: token(8),
  authtoken: token(8),
  api_key: token(8),
  apikey: token(8),
  session_id: token(8),
  sessionid: token(8),
  jsessionid: token(8),
  phpsessid: token(8),
  session_key: token(8),
  ticket: token(12),
  password: (value) => value !== '',
  passwd: (value) => value !== '',
  client_secret: (value) => value !== '',
};
/** Those that mean it on WeChat's hosts only. */
const WECHAT_PARAMETERS: Readonly<Record<string, IsReal>> = {
  uin,
  key: (value) => /^[0-9a-f]{32,}$/i.test(value) && !/^0+$/.test(value),
  devicetype: device,
  token: (value) => /^\d{6,}$/.test(value) && !/^0+$/.test(value),
};

const URLS = /https?:\/\/[^\s"'<>\\^`{|}]{4,4000}/gi;
const PARAMETER = /[?&;#]([\w-]{1,40})=([^&#;\s"'<>]{1,2000})/g;

/** One address; offsets are into it. */
function addressHits(url: string): Hit[] {
  const wechat = /^https?:\/\/(?:[\w-]+\.)*(?:weixin\.qq\.com|weixin\.qq\.com:\d+)(?:[/?#]|$)/i.test(url);
  const hits: Hit[] = [];
  const user = /^https?:\/\/([^/?#@\s]{1,200})@/i.exec(url);
  if (user)
    hits.push({
      kind: 'session',
      what: 'user name and password in an address',
      value: user[1]!,
      offset: user[0].indexOf(user[1]!),
      weight: 'refuse',
    });
  for (const match of url.matchAll(PARAMETER)) {
    const name = match[1]!.toLowerCase();
    const value = match[2]!;
    const offset = match.index + match[0].length - value.length;
    if (name === 'sharer_shareid' && token(8)(value))
      hits.push({
        kind: 'identity',
        what: 'sharer_shareid in an address: it tells who passed the link on',
        value,
        offset,
        weight: 'tell',
      });
    const real = PARAMETERS[name] ?? (wechat ? WECHAT_PARAMETERS[name] : undefined);
    if (real?.(value)) hits.push({ kind: 'session', what: `${name} in an address`, value, offset, weight: 'refuse' });
  }
  return hits;
}

/**
 * Addresses in a text. `asked`: they are those we asked for or were sent to. Else they are links in a page, where a
 * session id is the site's own habit: only what opens a WeChat session is refused, and an editor's token is told.
 */
export function urlHits(text: string, asked: boolean): Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(URLS)) {
    for (const hit of addressHits(match[0])) {
      const opens = /^(?:uin|key|pass_ticket|appmsg_token|exportkey) /.test(hit.what);
      if (!asked && !opens && !hit.what.startsWith('token ')) continue;
      hits.push({ ...hit, offset: match.index + hit.offset, weight: asked || opens ? hit.weight : 'tell' });
    }
  }
  return hits;
}

const JWT = /(?<![\w-])eyJ[\w-]{8,4000}\.(eyJ[\w-]{8,8000})\.[\w-]{8,2000}/g;

/** A signed token that names a person; pages also carry such tokens for everybody. */
export function jwtHits(text: string): Hit[] {
  return [...text.matchAll(JWT)]
    .filter((match) =>
      /"(?:email|preferred_username|upn|phone_number|unique_name)"\s*:/.test(
        Buffer.from(match[1]!, 'base64url').toString('utf8'),
      ),
    )
    .map((match) => ({
      kind: 'identity',
      what: 'a signed token that names a person',
      value: match[0],
      offset: match.index,
      weight: 'refuse',
    }));
}

export { isToken };
