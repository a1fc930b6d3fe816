/** What a dossier can hold besides the evidence itself, which is always there with the page, README and verifier. */
import { AsPostedError } from '../model/index.js';

export const FORMATS = ['html', 'pdf', 'csv', 'json', 'ftm', 'stix', 'wacz'] as const;
export type DossierFormat = (typeof FORMATS)[number];

/** Everything but the print, which needs a browser. */
export const WITHOUT_BROWSER: readonly DossierFormat[] = FORMATS.filter((each) => each !== 'pdf');

/** `zip` is everything; else names with commas between. Throws USAGE for any other. */
export function parseFormats(text: string): DossierFormat[] {
  const names = text.split(',').map((each) => each.trim().toLowerCase());
  const unknown = names.find((each) => each !== 'zip' && !FORMATS.some((format) => format === each));
  if (unknown !== undefined)
    throw new AsPostedError({
      code: 'USAGE',
      message: `there is no dossier format ${unknown.slice(0, 40)}`,
      hint: `There are: zip (all of them), ${FORMATS.join(', ')}; several with commas between.`,
    });
  return names.includes('zip') ? [...FORMATS] : FORMATS.filter((format) => names.includes(format));
}
