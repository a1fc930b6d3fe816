/** Country names as lists and notices print them, to ISO 3166-1 codes. */
const SPECIAL: Record<string, string> = {
  'korea, north': 'kp',
  'north korea': 'kp',
  'korea, south': 'kr',
  'south korea': 'kr',
  burma: 'mm',
  turkey: 'tr',
  'cote d ivoire': 'ci',
  'congo, democratic republic of the': 'cd',
  'west bank': 'ps',
  palestinian: 'ps',
  'hong kong': 'hk',
  macau: 'mo',
  'united kingdom': 'gb',
  россия: 'ru',
  'российская федерация': 'ru',
  російська: 'ru',
  росія: 'ru',
  俄罗斯: 'ru',
  俄罗斯联邦: 'ru',
  казахстан: 'kz',
  哈萨克斯坦: 'kz',
  китай: 'cn',
  中国: 'cn',
  украина: 'ua',
  україна: 'ua',
  乌克兰: 'ua',
  беларусь: 'by',
  白俄罗斯: 'by',
  иран: 'ir',
  伊朗: 'ir',
  朝鲜: 'kp',
  香港: 'hk',
};

/** English first: where a word is a country in two languages, it is that of the first. */
const LANGUAGES = ['en', 'ru', 'uk', 'zh', 'de', 'fr', 'es'];

let names: Map<string, string> | undefined;

function table(): Map<string, string> {
  if (names) return names;
  names = new Map(Object.entries(SPECIAL));
  const tongues = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }));
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const a of letters) {
    for (const b of letters) {
      // Withdrawn codes answer with their successor's name (SU with Russia's): only a code that stands for itself counts.
      const stands = new Intl.Locale(`und-${a}${b}`).region === a + b;
      for (const tongue of stands ? tongues : []) {
        const name = tongue.of(a + b)?.toLowerCase();
        if (name !== undefined && !names.has(name)) names.set(name, (a + b).toLowerCase());
      }
    }
  }
  return names;
}

/** Lower-case ISO code, or undefined when the text is no country's name. */
export function countryCode(name: string): string | undefined {
  return table().get(name.trim().toLowerCase());
}

/** Names that may stand inside an organisation's name as one token, longest first. */
export function countryWords(): readonly string[] {
  return Object.keys(SPECIAL)
    .filter((word) => !word.includes(' '))
    .sort((a, b) => b.length - a.length);
}
