/** Countries as the lists print them, to ISO codes: names of the UN, of OFAC, of the EU, and codes. */
import { countryCode } from '../names/countries.js';

const SPECIAL: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'russian federation': 'ru',
    'iran (islamic republic of)': 'ir',
    'iran, islamic republic of': 'ir',
    'islamic republic of iran': 'ir',
    "democratic people's republic of korea": 'kp',
    "korea, democratic people's republic of": 'kp',
    dprk: 'kp',
    'republic of korea': 'kr',
    'korea, republic of': 'kr',
    'democratic republic of the congo': 'cd',
    'congo, republic of the': 'cg',
    'syrian arab republic': 'sy',
    'united kingdom of great britain and northern ireland': 'gb',
    uk: 'gb',
    'united states of america': 'us',
    usa: 'us',
    'united republic of tanzania': 'tz',
    türkiye: 'tr',
    'viet nam': 'vn',
    'state of palestine': 'ps',
    palestine: 'ps',
    'region: gaza': 'ps',
    gaza: 'ps',
    'china, hong kong special administrative region': 'hk',
    'hong kong, china': 'hk',
    'hong kong sar': 'hk',
    'china, macau': 'mo',
    'macau, china': 'mo',
    'macao sar': 'mo',
    'taiwan, china': 'tw',
    "china, people's republic of": 'cn',
    "people's republic of china": 'cn',
    'china, mainland': 'cn',
    'czech republic': 'cz',
    'republic of belarus': 'by',
    'moldova, republic of': 'md',
    'republic of moldova': 'md',
    'venezuela, bolivarian republic of': 've',
    "lao people's democratic republic": 'la',
    'north macedonia, the republic of': 'mk',
    'bolivarian republic of venezuela': 've',
    'virgin islands, british': 'vg',
    'bahamas, the': 'bs',
    'gambia, the': 'gm',
    "cote d'ivoire": 'ci',
    "côte d'ivoire": 'ci',
    eswatini: 'sz',
    'cabo verde': 'cv',
    'brunei darussalam': 'bn',
    'kyrgyz republic': 'kg',
    kirghizia: 'kg',
    'region: crimea': 'ua',
    'bosnia-herzegovina': 'ba',
    'micronesia, federated states of': 'fm',
    burma: 'mm',
    turkiye: 'tr',
    macedonia: 'mk',
    'peoples republic of china': 'cn',
    'democratic republic of congo': 'cd',
    'crimea region of ukraine': 'ua',
    'saudi arabian': 'sa',
    myanmar: 'mm',
    'myanmar/burma': 'mm',
    serbia: 'rs',
    cs: 'rs',
    kosovo: 'xk',
    xk: 'xk',
  }),
);

/** The EU's annexes print nationalities as adjectives. Where two countries share one, it is no answer and left out. */
const ADJECTIVES = new Map(
  (
    'iranian:ir russian:ru ukrainian:ua belarusian:by belarussian:by syrian:sy iraqi:iq algerian:dz egyptian:eg filipino:ph ' +
    'canadian:ca american:us australian:au libyan:ly tunisian:tn moroccan:ma saudi:sa yemeni:ye lebanese:lb jordanian:jo ' +
    'palestinian:ps turkish:tr pakistani:pk afghan:af indian:in chinese:cn indonesian:id malaysian:my british:gb french:fr ' +
    'german:de italian:it spanish:es belgian:be dutch:nl swedish:se norwegian:no danish:dk finnish:fi polish:pl ' +
    'czech:cz slovak:sk hungarian:hu romanian:ro bulgarian:bg greek:gr serbian:rs bosnian:ba croatian:hr albanian:al ' +
    'moldovan:md georgian:ge armenian:am azerbaijani:az kazakh:kz kyrgyz:kg uzbek:uz tajik:tj turkmen:tm ' +
    'somali:so sudanese:sd malian:ml rwandan:rw ugandan:ug kenyan:ke nigerian:ng venezuelan:ve nicaraguan:ni haitian:ht ' +
    'cuban:cu burundian:bi zimbabwean:zw mauritanian:mr israeli:il cypriot:cy swiss:ch austrian:at estonian:ee ' +
    'latvian:lv lithuanian:lt portuguese:pt qatari:qa kuwaiti:kw emirati:ae bahraini:bh omani:om japanese:jp singaporean:sg ' +
    'thai:th vietnamese:vn colombian:co mexican:mx brazilian:br '
  )
    .trim()
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** Texts that say that no country is known, and are nothing to tell of. */
const NOTHING = /^(?:|00|n\/a|unknown|undetermined|none|-0-)$/i;

const display = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Lower-case ISO code; undefined for nothing, null for a text that is no country this reader knows. */
export function placeCode(text: string): string | null | undefined {
  const plain = text.trim().replace(/[’`]/g, "'");
  if (NOTHING.test(plain)) return undefined;
  const lower = plain.toLowerCase();
  const known =
    SPECIAL.get(lower) ?? countryCode(lower) ?? countryCode(lower.replace(' and ', ' & ')) ?? ADJECTIVES.get(lower);
  if (known !== undefined) return known;
  // `Pakistan (location as at May 2008)`
  const before = /^(.{3,}?) \(.*\)$/.exec(plain)?.[1];
  if (before !== undefined) return placeCode(before);
  if (/^[a-z]{2}$/i.test(plain)) return display.of(plain.toUpperCase()) === undefined ? null : lower;
  return null;
}
