/** Pictures of an archived page as `data:` made here, of bytes that lie in the same WARC. The bytes say what they are, never a header. */

/** A page of many large pictures would otherwise become one answer of any size. */
const ONE = 5_000_000;
const ALL = 24_000_000;

/** `image/png` …; undefined for everything else, SVG among it: a picture that is a document can carry scripts. */
export function imageType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  if (/^RIFF[\s\S]{4}WEBP/.test(head)) return 'image/webp';
  return undefined;
}

export function dataUrl(bytes: Uint8Array, limit = ONE): string | undefined {
  const type = imageType(bytes);
  return type === undefined || bytes.length > limit
    ? undefined
    : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

/** From the address an `img` names to a `data:` of ours; undefined where the WARC does not hold it. */
export function imageSource(
  bodies: ReadonlyMap<string, Uint8Array>,
  base: string,
): (address: string) => string | undefined {
  let spent = 0;
  return (address) => {
    const bytes = inline(address) ?? bodies.get(resolved(address, base) ?? '');
    const made = bytes && spent + bytes.length <= ALL ? dataUrl(bytes) : undefined;
    if (made !== undefined) spent += bytes!.length;
    return made;
  };
}

/** A picture inside the page itself: its bytes are archived too, and are written anew. */
function inline(address: string): Uint8Array | undefined {
  const match = /^\s*data:[^,]{0,100};base64,/i.exec(address);
  return match ? Buffer.from(address.slice(match[0].length), 'base64') : undefined;
}

function resolved(address: string, base: string): string | undefined {
  try {
    const url = new URL(address, base);
    url.hash = '';
    return url.href;
  } catch {
    return undefined; // no address: nothing is archived under it
  }
}
