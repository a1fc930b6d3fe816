/** What a picture's first bytes say of it. Every byte is anybody's: nothing is decoded here, and nothing but a size comes out. */

export interface PictureSize {
  form: 'png' | 'jpeg' | 'gif' | 'webp';
  width: number;
  height: number;
}

/** Undefined for anything else, and where the size is not where it belongs. */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const size = pngSize(bytes) ?? jpegSize(bytes) ?? gifSize(bytes) ?? webpSize(bytes);
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

const starts = (bytes: Uint8Array, text: string, at = 0): boolean =>
  bytes.length >= at + text.length &&
  Array.from(text).every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** PNG specification §11.2.2: IHDR comes first. */
function pngSize(bytes: Uint8Array): PictureSize | undefined {
  if (!starts(bytes, '\x89PNG\r\n\x1a\n') || !starts(bytes, 'IHDR', 12) || bytes.length < 24) return undefined;
  const view = viewOf(bytes);
  return { form: 'png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** ITU T.81 B.1, B.2.2: segments up to the first frame header (SOF). */
function jpegSize(bytes: Uint8Array): PictureSize | undefined {
  if (!starts(bytes, '\xff\xd8\xff')) return undefined;
  const view = viewOf(bytes);
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff)
      at += 1; // fill bytes
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { form: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else if (marker === 0xd9 || marker === 0xda) return undefined;
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return undefined;
}

function gifSize(bytes: Uint8Array): PictureSize | undefined {
  if ((!starts(bytes, 'GIF87a') && !starts(bytes, 'GIF89a')) || bytes.length < 10) return undefined;
  const view = viewOf(bytes);
  return { form: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** RFC 9649 §2.5 to §2.7. */
function webpSize(bytes: Uint8Array): PictureSize | undefined {
  if (!starts(bytes, 'RIFF') || !starts(bytes, 'WEBP', 8) || bytes.length < 30) return undefined;
  const view = viewOf(bytes);
  const of = (width: number, height: number): PictureSize => ({ form: 'webp', width, height });
  if (starts(bytes, 'VP8 ', 12)) return of(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  const bits = view.getUint32(21, true);
  if (starts(bytes, 'VP8L', 12)) return of((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  const three = (at: number): number => view.getUint16(at, true) + bytes[at + 2]! * 65_536 + 1;
  return starts(bytes, 'VP8X', 12) ? of(three(24), three(27)) : undefined;
}
