/** Parameters that track the reader or name a session, not the page (facts/watching §3.5, §2.2). */
const NOISE =
  /^(utm_.*|spm|from|isappinstalled|scene|ascene|subscene|phpsessid|sid|jsessionid|fbclid|gclid|share_token|timestamp_)$/i;

/** For identity only; the address as received is kept for fetching. */
export function normaliseUrl(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(unshield(address));
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (NOISE.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  url.pathname = url.pathname.replace(/;jsessionid=[^/]*/i, '').replace(/\/\(S\([^)]*\)\)/i, '');
  return url.href;
}

/** Some sites answer through a shield that rewrites the path: `/WZWSRE` + base64 of the real one (facts/watching §3.5). */
function unshield(address: string): string {
  const url = new URL(address);
  const wrapped = /^\/WZWSRE([A-Za-z0-9+/=]+)$/.exec(url.pathname)?.[1];
  if (wrapped === undefined) return address;
  const path = Buffer.from(wrapped, 'base64').toString('utf8');
  if (!path.startsWith('/') || !URL.canParse(path, url.origin)) return address;
  const real = new URL(path, url.origin);
  // `//elsewhere/` would make a page of this host pass for one of another.
  return real.host === url.host ? real.href : address;
}
