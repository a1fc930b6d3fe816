/** Values of one cell: `;` between them, quotes round those that hold one. */
export function cellValues(cell: string): string[] {
  if (!cell.includes(';') && !cell.includes('"')) return cell === '' ? [] : [cell];
  const found: string[] = [];
  for (const match of cell.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^;]*))\s*(?:;|$)/g)) {
    const value = (match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim();
    if (value !== '') found.push(value);
  }
  return found;
}
