/** Pictures for tests: painted, not photographed. */
import { deflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';

/** Red, green and blue of a point; places from 0 to 1. */
export type Paint = (x: number, y: number) => readonly [number, number, number];

/** Something like a photograph: patches of light, the same for one seed at any size. */
export function scene(seed: number): Paint {
  let state = seed * 2_654_435_761;
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) >>> 0;
    return state / 2 ** 32;
  };
  const patches = Array.from({ length: 40 }, () => ({
    ...{ x: next(), y: next(), size: 0.04 + 0.12 * next(), light: 240 * (next() - 0.5), red: next() },
  }));
  return (x, y) => {
    let [light, red] = [128, 0];
    for (const patch of patches) {
      const far = ((x - patch.x) ** 2 + (y - patch.y) ** 2) / patch.size ** 2;
      light += patch.light * Math.exp(-far);
      red += 60 * patch.red * Math.exp(-far);
    }
    const inside = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
    return [inside(light + red), inside(light), inside(light - red)];
  };
}

const eachPoint = (paint: Paint, width: number, height: number, put: (colour: readonly number[]) => void): void => {
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) put(paint((x + 0.5) / width, (y + 0.5) / height));
};

export function jpegOf(paint: Paint, width: number, height: number, quality: number): Uint8Array {
  const data: number[] = [];
  eachPoint(paint, width, height, ([red, green, blue]) => data.push(red!, green!, blue!, 255));
  return Uint8Array.from(jpeg.encode({ data: Uint8Array.from(data), width, height }, quality).data);
}

export function pngOf(
  paint: Paint,
  width: number,
  height: number,
  form: 'colour' | 'grey' | 'half clear' = 'colour',
  filter = 0,
  packed?: Uint8Array,
): Uint8Array {
  const channels = { colour: 3, grey: 1, 'half clear': 4 }[form];
  const points: number[] = [];
  let at = 0;
  eachPoint(paint, width, height, ([red, green, blue]) => {
    if (form === 'grey') points.push(Math.round((299 * red! + 587 * green! + 114 * blue!) / 1_000));
    else if (form === 'colour') points.push(red!, green!, blue!);
    else points.push(...(at % width < width / 2 ? [red!, green!, blue!, 255] : [0, 0, 0, 0]));
    at += 1;
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, { colour: 2, grey: 0, 'half clear': 6 }[form], 0, 0, 0], 8);
  const data = packed ?? deflateSync(filtered(points, { line: width * channels, channels, filter }));
  const parts = [chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))];
  return Uint8Array.from(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]); // nobody reads the checksum
}

/** As PNG writes lines: each byte less what the filter expects (PNG specification §9.2). */
function filtered(
  points: readonly number[],
  { line, channels, filter }: Record<'line' | 'channels' | 'filter', number>,
): Uint8Array {
  const out: number[] = [];
  for (const [at, value] of points.entries()) {
    const [x, isFirst] = [at % line, at < line];
    if (x === 0) out.push(filter);
    const left = x < channels ? 0 : points[at - channels]!;
    const up = isFirst ? 0 : points[at - line]!;
    const corner = isFirst || x < channels ? 0 : points[at - line - channels]!;
    const nearest = [left, up, corner].reduce((best, each) =>
      Math.abs(left + up - corner - each) < Math.abs(left + up - corner - best) ? each : best,
    );
    const expected = [0, left, up, (left + up) >> 1, nearest][filter]!;
    out.push((value - expected) & 255);
  }
  return Uint8Array.from(out);
}
