/**
 * The brightness of a picture's points. Every byte is anybody's, so limits come before decoding: bytes, points and passes, which are
 * the same on every machine; a limit on time would not be. PNG is unpacked here, as its size says how much there may be; JPEG by
 * jpeg-js, within limits of its own.
 */
import { inflateSync } from 'node:zlib';
import { pictureSize } from './picture.js';

export interface Pixels {
  width: number;
  height: number;
  /** 0 to 255, line after line. */
  luma: Uint8Array;
}

export const MOST_BYTES = 8 * 2 ** 20;
export const MOST_PIXELS = 12_500_000;
/** Passes over a progressive JPEG; programs write about ten. */
const MOST_SCANS = 24;
const JPEG_MEMORY_MB = 512;

/** Undefined for other forms, beyond the limits, and for what cannot be decoded. */
export async function picturePixels(bytes: Uint8Array): Promise<Pixels | undefined> {
  const size = pictureSize(bytes);
  if (!size || bytes.length > MOST_BYTES || size.width * size.height > MOST_PIXELS) return undefined;
  try {
    if (size.form === 'png') return pngPixels(bytes, size);
    return size.form === 'jpeg' && scansOf(bytes) <= MOST_SCANS ? await jpegPixels(bytes) : undefined;
  } catch {
    return undefined; // not what it says it is
  }
}

/** Counted as bytes, not as segments: never fewer than a decoder meets. */
function scansOf(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) if (bytes[at + 1] === 0xda) count += 1;
  return count;
}

async function jpegPixels(bytes: Uint8Array): Promise<Pixels> {
  const { default: jpeg } = await import('jpeg-js');
  const { width, height, data } = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: MOST_PIXELS / 1e6,
    maxMemoryUsageInMB: JPEG_MEMORY_MB,
  });
  const luma = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < luma.length; at += 1, from += 3) luma[at] = brightness(data[from]!, data[from + 1]!, data[from + 2]!); // prettier-ignore
  return { width, height, luma };
}

/** ITU-R BT.601. */
const brightness = (red: number, green: number, blue: number): number => (299 * red + 587 * green + 114 * blue) / 1_000;

/** Samples of a point by colour type (PNG specification §6.1); 3 is an index into the palette. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Eight bits a sample, not interlaced: as photographs and screenshots are. */
function pngPixels(bytes: Uint8Array, { width, height }: Pick<Pixels, 'width' | 'height'>): Pixels | undefined {
  const [depth, colour, interlace] = [bytes[24], bytes[25]!, bytes[28]];
  const channels = CHANNELS[colour];
  if (depth !== 8 || channels === undefined || interlace !== 0) return undefined;
  const { data, palette } = pngChunks(bytes);
  const line = 1 + width * channels;
  const lines = inflateSync(data, { maxOutputLength: line * height });
  if (lines.length !== line * height) return undefined;
  unfilter(lines, { line, height, channels });
  const luma = new Uint8Array(width * height);
  const lumaAt = lumaOf(lines, colour, palette);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) luma[y * width + x] = lumaAt(y * line + 1 + x * channels);
  return { width, height, luma };
}

function pngChunks(bytes: Uint8Array): { data: Uint8Array; palette: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let palette = new Uint8Array(0);
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const chunk = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IDAT') parts.push(chunk);
    if (type === 'PLTE') palette = Uint8Array.from(chunk);
    if (type === 'IEND') break;
    at += 12 + length;
  }
  return { data: Buffer.concat(parts), palette };
}

/** PNG specification §9: each byte is told against those to the left, above, and above to the left. */
function unfilter(
  lines: Uint8Array,
  { line, height, channels }: { line: number; height: number; channels: number },
): void {
  for (let y = 0; y < height; y++) {
    const from = y * line;
    const filter = lines[from]!;
    if (filter > 4) throw new RangeError('no such filter');
    for (let at = from + 1; at < from + line; at++) {
      const left = at - from > channels ? lines[at - channels]! : 0;
      const up = y > 0 ? lines[at - line]! : 0;
      const corner = y > 0 && at - from > channels ? lines[at - line - channels]! : 0;
      lines[at] = lines[at]! + predicted(filter, { left, up, corner });
    }
  }
}

function predicted(filter: number, { left, up, corner }: { left: number; up: number; corner: number }): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** What lies under a clear point is anybody's: it counts as white paper. */
function lumaOf(lines: Uint8Array, colour: number, palette: Uint8Array): (at: number) => number {
  const over = (value: number, alpha: number): number => (value * alpha + 255 * (255 - alpha)) / 255;
  const of = (from: Uint8Array, at: number): number => brightness(from[at] ?? 0, from[at + 1] ?? 0, from[at + 2] ?? 0);
  switch (colour) {
    case 0:
      return (at) => lines[at]!;
    case 2:
      return (at) => of(lines, at);
    case 3:
      return (at) => of(palette, 3 * lines[at]!);
    case 4:
      return (at) => over(lines[at]!, lines[at + 1]!);
    default:
      return (at) => over(of(lines, at), lines[at + 3]!);
  }
}
