/** Facts told as lines, and after them the texts that none of them has told yet; nothing twice. */
export function withUntold(lines: readonly string[], rest: readonly string[]): string[] {
  const told = new Set(lines.flatMap(partsOf));
  return [...new Set([...lines, ...rest.filter((text) => !told.has(text))].filter((line) => line !== ''))];
}

/** What a line has told: itself, its facts, and each of them without its label. */
function partsOf(line: string): string[] {
  const facts = line.split(' — ');
  return [line, ...facts, ...facts.map((fact) => fact.slice(fact.indexOf(': ') + 2))];
}
