/** Check digits of the registration numbers that join a notice to a list: a number that fails its check is no identifier. */
/** Russian taxpayer number, 10 digits for bodies and 12 for persons (facts/screening §8). */
export function validInn(digits: string): boolean {
  if (!/^(\d{10}|\d{12})$/.test(digits)) return false;
  const check = (weights: readonly number[]): number =>
    (weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11) % 10;
  if (digits.length === 10) return check([2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(digits[9]);
  return (
    check([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(digits[10]) &&
    check([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(digits[11])
  );
}

/** Russian state registration number, 13 digits, or 15 for sole traders. */
export function validOgrn(digits: string): boolean {
  if (!/^[1-9](\d{12}|\d{14})$/.test(digits)) return false;
  const body = BigInt(digits.slice(0, -1));
  return Number((body % BigInt(digits.length === 13 ? 11 : 13)) % 10n) === Number(digits.at(-1));
}

const USCC = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100-2015: weights are powers of 3 modulo 31. */
export function validUscc(code: string): boolean {
  if (code.length !== 18) return false;
  let sum = 0;
  for (let at = 0, weight = 1; at < 17; at++, weight = (weight * 3) % 31) {
    const value = USCC.indexOf(code[at]!);
    if (value < 0) return false;
    sum += value * weight;
  }
  return USCC[(31 - (sum % 31)) % 31] === code[17];
}

const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11;

/** Ukrainian register of bodies, 8 digits: numbers from 30 to 60 million have their own weights; 10 is weighed again (order of the State Statistics). */
export function validEdrpou(digits: string): boolean {
  if (!/^\d{8}$/.test(digits)) return false;
  const own = Number(digits) >= 30_000_000 && Number(digits) <= 60_000_000;
  const weights = own ? [7, 1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5, 6, 7];
  const first = weighted(digits, weights);
  const check =
    first < 10
      ? first
      : weighted(
          digits,
          weights.map((weight) => weight + 2),
        ) % 10;
  return check === Number(digits[7]);
}

/** Kazakh business number, 12 digits; what is weighed to 10 twice was never given out. */
export function validBin(digits: string): boolean {
  if (!/^\d{12}$/.test(digits)) return false;
  const first = weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  const check = first < 10 ? first : weighted(digits, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]);
  return check === Number(digits[11]);
}

/** Legal Entity Identifier: ISO 17442, check by ISO 7064 mod 97-10. */
export function validLei(code: string): boolean {
  if (!/^[0-9A-Z]{18}\d{2}$/.test(code)) return false;
  const digits = code.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}
