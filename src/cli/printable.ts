import { visible } from '../model/index.js';

/** One line for a terminal: line breaks and tabs become blanks, control characters are shown. */
export function printable(text: string): string {
  return visible(text.replace(/\s*[\r\n\t]+\s*/g, ' '));
}
