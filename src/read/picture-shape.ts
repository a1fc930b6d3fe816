/**
 * What a picture looks like, coarsely, so that one that was made smaller or saved again is known: 16 lines of 16 places, a bit each,
 * set where it gets brighter to the right (dHash). Pictures that are nearly plain have no shape: they would all be alike.
 */
import { type Pixels, picturePixels } from './picture-pixels.js';

const LINES = 16;
/** Of 255: less is noise, and what is left when a picture is saved again. */
const BRIGHTER = 3;
/** A line with fewer changes, or hardly any place without, is not found by. */
const LEAST_OF_LINE = 2;
const LEAST_LINES = 6;

/** 16 numbers of 16 bits, from top to bottom; the leftmost place is the highest bit. Undefined where there is none to tell. */
export async function pictureShape(bytes: Uint8Array): Promise<number[] | undefined> {
  const pixels = await picturePixels(bytes);
  const lines = pixels && shapeOfPixels(pixels);
  return lines && lines.filter(isTelling).length >= LEAST_LINES ? lines : undefined;
}

/** Whether pictures may be looked up by a line: others are common to all that have a margin or a sky. */
export function isTelling(line: number): boolean {
  let bits = 0;
  for (let rest = line; rest > 0; rest >>>= 1) bits += rest & 1;
  return bits >= LEAST_OF_LINE && bits <= LINES - LEAST_OF_LINE;
}

function shapeOfPixels({ width, height, luma }: Pixels): number[] | undefined {
  if (width <= LINES || height < LINES) return undefined;
  return Array.from({ length: LINES }, (_, line) => {
    const [top, bottom] = [edge(line, LINES, height), edge(line + 1, LINES, height)];
    const places = Array.from({ length: LINES + 1 }, (__, place) =>
      mean(luma, { width, top, bottom, left: edge(place, LINES + 1, width), right: edge(place + 1, LINES + 1, width) }),
    );
    return places.slice(1).reduce((bits, each, at) => bits * 2 + (each - places[at]! > BRIGHTER ? 1 : 0), 0);
  });
}

const edge = (at: number, of: number, length: number): number => Math.round((at * length) / of);

function mean(
  luma: Uint8Array,
  { width, top, bottom, left, right }: Record<'width' | 'top' | 'bottom' | 'left' | 'right', number>,
): number {
  let sum = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += luma[y * width + x]!;
  return sum / ((bottom - top) * (right - left));
}
