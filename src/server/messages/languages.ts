/** Which languages the pages speak, and which of them suits who asks. */

/** BCP 47 tags, each with the name its readers give it. */
export const LANGUAGES = {
  en: 'English',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  ru: 'Русский',
  uk: 'Українська',
} as const;
export type Spoken = keyof typeof LANGUAGES;

export const isSpoken = (tag: string): tag is Spoken => Object.hasOwn(LANGUAGES, tag);

/** More than this nobody prefers; what a browser sends is short, what an attacker sends need not be. */
const MOST_TAGS = 20;

/** The first language of an `Accept-Language` (RFC 9110 §12.5.4) that the pages speak, by weight; English where there is none. */
export function suiting(accept: string | undefined): Spoken {
  const wanted = (accept ?? '')
    .slice(0, 1_000)
    .split(',', MOST_TAGS)
    .flatMap((part) => {
      const [, tag, weight = '1'] = /^\s*([A-Za-z0-9-]{1,35})\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$/.exec(part) ?? [];
      return tag === undefined || Number(weight) === 0 ? [] : [{ tag, weight: Number(weight) }];
    })
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const spoken = spokenAs(tag);
    if (spoken) return spoken;
  }
  return 'en';
}

/** `zh-TW` is read in traditional characters, `zh` in simplified ones: the likely script of a tag (CLDR likely subtags). */
function spokenAs(tag: string): Spoken | undefined {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(tag).maximize();
  } catch {
    return undefined; // no tag of a language
  }
  const { language, script } = locale;
  const written = language === 'zh' || language === 'yue' ? `zh-${script ?? 'Hans'}` : language;
  return isSpoken(written) ? written : undefined;
}
