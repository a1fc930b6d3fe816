/** Scripts that lists seldom use, in Latin letters well enough to find a name: Greek, Korean, Japanese kana, Georgian, Armenian, Devanagari. */
const GREEK: Record<string, string> = {
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
}; // prettier-ignore
const GEORGIAN = 'a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h'.split(' ');
const ARMENIAN = 'a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh vo ch p j r s v t r ts v p k o f'.split(' ');
const LEADS = 'k kk n t tt r m p pp s ss  j jj ch k t p h'.split(' ');
const VOWELS = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const TAILS = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ');
const KANA_ROWS: Record<string, string> = {
  ア: 'a', イ: 'i', ウ: 'u', エ: 'e', オ: 'o', カ: 'ka', キ: 'ki', ク: 'ku', ケ: 'ke', コ: 'ko', サ: 'sa', シ: 'shi', ス: 'su', セ: 'se', ソ: 'so', タ: 'ta', チ: 'chi', ツ: 'tsu', テ: 'te', ト: 'to',
  ナ: 'na', ニ: 'ni', ヌ: 'nu', ネ: 'ne', ノ: 'no', ハ: 'ha', ヒ: 'hi', フ: 'fu', ヘ: 'he', ホ: 'ho', マ: 'ma', ミ: 'mi', ム: 'mu', メ: 'me', モ: 'mo', ヤ: 'ya', ユ: 'yu', ヨ: 'yo', ラ: 'ra', リ: 'ri', ル: 'ru',
  レ: 're', ロ: 'ro', ワ: 'wa', ヲ: 'o', ン: 'n', ガ: 'ga', ギ: 'gi', グ: 'gu', ゲ: 'ge', ゴ: 'go', ザ: 'za', ジ: 'ji', ズ: 'zu', ゼ: 'ze', ゾ: 'zo', ダ: 'da', ヂ: 'ji', ヅ: 'zu', デ: 'de', ド: 'do', バ: 'ba',
  ビ: 'bi', ブ: 'bu', ベ: 'be', ボ: 'bo', パ: 'pa', ピ: 'pi', プ: 'pu', ペ: 'pe', ポ: 'po', ヴ: 'vu', ャ: 'ya', ュ: 'yu', ョ: 'yo', ァ: 'a', ィ: 'i', ゥ: 'u', ェ: 'e', ォ: 'o', ッ: '', ー: '',
}; // prettier-ignore
const DEVANAGARI: Record<string, string> = {
  क: 'ka', ख: 'kha', ग: 'ga', घ: 'gha', च: 'cha', छ: 'chha', ज: 'ja', झ: 'jha', ट: 'ta', ठ: 'tha', ड: 'da', ढ: 'dha', ण: 'na', त: 'ta', थ: 'tha', द: 'da', ध: 'dha', न: 'na', प: 'pa', फ: 'pha', ब: 'ba', भ: 'bha',
  म: 'ma', य: 'ya', र: 'ra', ल: 'la', व: 'va', श: 'sha', ष: 'sha', स: 'sa', ह: 'ha', अ: 'a', आ: 'a', इ: 'i', ई: 'i', उ: 'u', ऊ: 'u', ए: 'e', ऐ: 'ai', ओ: 'o', औ: 'au',
}; // prettier-ignore
const DEVANAGARI_SIGNS: Record<string, string> = {
  'ा': 'a',
  'ि': 'i',
  'ी': 'i',
  'ु': 'u',
  'ू': 'u',
  'े': 'e',
  'ै': 'ai',
  'ो': 'o',
  'ौ': 'au',
  '्': '',
  'ं': 'n',
  'ँ': 'n',
  'ः': '',
  'ृ': 'ri',
};

/** Undefined when there is a letter without a reading. */
export function otherScript(token: string): string | undefined {
  let out = '';
  for (const character of token.normalize('NFC')) {
    const read = readOne(character);
    if (read === undefined) return undefined;
    if (character in DEVANAGARI_SIGNS) out = out.replace(/a$/, '');
    out += read;
  }
  return out === '' ? undefined : /[\u0900-\u097f]/.test(token) ? out.replace(/a$/, '') : out;
}

function readOne(character: string): string | undefined {
  const code = character.codePointAt(0)!;
  if (code >= 0xac00 && code <= 0xd7a3) {
    const at = code - 0xac00;
    return LEADS[Math.floor(at / 588)]! + VOWELS[Math.floor((at % 588) / 28)]! + TAILS[at % 28]!;
  }
  if (code >= 0x10d0 && code <= 0x10f0) return GEORGIAN[code - 0x10d0];
  if (code >= 0x561 && code <= 0x586) return ARMENIAN[code - 0x561];
  if (code >= 0x3041 && code <= 0x3094) return KANA_ROWS[String.fromCodePoint(code + 0x60)];
  if (/^[a-z0-9]$/.test(character)) return character;
  return GREEK[character] ?? KANA_ROWS[character] ?? DEVANAGARI[character] ?? DEVANAGARI_SIGNS[character];
}
