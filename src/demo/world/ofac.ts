/**
 * A few rows of OFAC's SDN list in its own CSV form (public domain): the entry of the story and two of the oldest. The
 * facts of entry 47713 are those of facts/screening §2; no header, CRLF, `-0- ` for null, 0x1A at the end.
 */
const NULL = '-0- ';

function file(rows: readonly string[]): Uint8Array {
  return Buffer.from([...rows, '\x1a'].join('\r\n'), 'latin1');
}

const main = (entry: string, name: string, program: string, remarks = NULL): string =>
  [entry, `"${name}"`, NULL, `"${program}"`, NULL, NULL, NULL, NULL, NULL, NULL, NULL, remarks].join(',');

const OLD = [main('36', 'AEROCARIBBEAN AIRLINES', 'CUBA'), main('173', 'ANGLO-CARIBBEAN CO., LTD.', 'CUBA')];
const TRIMIX = main(
  '47713',
  'LIMITED LIABILITY COMPANY TRIMIX',
  'RUSSIA-EO14024',
  `"Secondary sanctions risk: See Section 11 of Executive Order 14024.; Tax ID No. 7802942873 (Russia); Registration Number 1237800084235 (Russia); a.k.a. '3MX'."`,
);
const OLD_ALT = ['36,12,"aka","AERO-CARIBBEAN",-0- ', '173,57,"aka","AVIA IMPORT",-0- '];
const TRIMIX_ALT = '47713,73976,"aka","OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTIU 3MKH",-0- ';
const OLD_ADD = [
  '36,25,-0- ,"Havana","Cuba",-0- ',
  '173,129,"Ibex House, The Minories","London EC3N 1DY","United Kingdom",-0- ',
];
const TRIMIX_ADD =
  '47713,71345,"16, litera A, Ul. Khoshimina, Pomeshch. 2-n of. 3.1.17","St. Petersburg 194358","Russia",-0- ';

export interface SdnState {
  publishedAt: '2024-02-22' | '2024-02-23' | '2024-05-21';
  main: Uint8Array;
  alt: Uint8Array;
  add: Uint8Array;
}

const state = (publishedAt: SdnState['publishedAt'], listed: boolean): SdnState => ({
  publishedAt,
  main: file(listed ? [...OLD, TRIMIX] : OLD),
  alt: file(listed ? [...OLD_ALT, TRIMIX_ALT] : OLD_ALT),
  add: file(listed ? [...OLD_ADD, TRIMIX_ADD] : OLD_ADD),
});

/** The list before the day of the listing, on it, and the day before the notice. */
export const SDN_STATES: readonly SdnState[] = [
  state('2024-02-22', false),
  state('2024-02-23', true),
  state('2024-05-21', true),
];
export const SDN_COMMENTS: Uint8Array = file([]);
