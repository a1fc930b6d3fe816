import { kernel } from '../compare/index.js';

/** Where a range of folded units stands in the original, in UTF-16 offsets; the last character may be a pair. */
export function placesOf(text: string): (from: number, to: number) => [start: number, end: number] {
  const { pos } = kernel().fold(text);
  return (from, to) => {
    const last = pos[to - 1]!;
    return [pos[from]!, last + (text.codePointAt(last)! > 0xffff ? 2 : 1)];
  };
}
