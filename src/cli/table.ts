import stringWidth from 'string-width';
import { printable } from './printable.js';

/**
 * A table for people: columns aligned by East Asian width, the widest one cut to fit the terminal. Page text may hold
 * control characters and escape sequences; none reaches the terminal.
 */
export function table(
  header: readonly string[],
  rows: readonly (readonly (string | number | null | undefined)[])[],
  width = terminalWidth(),
): string {
  const cells = [header, ...rows].map((row) =>
    row.map((cell) => printable(cell === null || cell === undefined ? '–' : String(cell))),
  );
  const widths = header.map((_, column) => Math.max(...cells.map((row) => stringWidth(row[column] ?? ''))));
  const spare = width - widths.reduce((sum, each) => sum + each + 2, -2);
  if (spare < 0) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = Math.max(12, widths[widest]! + spare);
  }
  const lines = cells.map((row) =>
    row
      .map((cell, column) => fit(cell, widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0], widths.map((each) => '─'.repeat(each)).join('  '), ...lines.slice(1)].join('\n');
}

/** In a pipe nothing is cut. */
function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
}

function fit(text: string, width: number): string {
  let kept = text;
  if (stringWidth(kept) > width) {
    const letters = Array.from(kept);
    while (letters.length > 0 && stringWidth(letters.join('')) > width - 1) letters.pop();
    kept = `${letters.join('')}…`;
  }
  return kept + ' '.repeat(Math.max(0, width - stringWidth(kept)));
}
