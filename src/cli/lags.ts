const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** `22–23 h`: the least and the most that it can be, rounded away from each other, so that the words claim no more than is known. */
export function lagWords({ leastMs, mostMs }: { leastMs: number; mostMs: number }): string {
  if (mostMs === 0 && leastMs === 0) return '0';
  const [unit, name] = mostMs < 2 * HOUR ? [MINUTE, 'min'] : mostMs <= 2 * DAY ? [HOUR, 'h'] : [DAY, 'd'];
  const most = Math.ceil(mostMs / unit);
  if (leastMs < 0) return `up to ${most} ${name}, or before`;
  const least = Math.floor(leastMs / unit);
  return least === most ? `${least} ${name}` : `${least}–${most} ${name}`;
}
