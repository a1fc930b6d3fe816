/** Words of organisation names that say what a body is, not which: they never carry a match (facts/screening §7.6, §17). */

/** Legal forms, spelt out and short, in the languages notices and lists use; longest first when matched. */
const FORMS = [
  'общество с ограниченной ответственностью', 'товариство з обмеженою відповідальністю', 'публичное акционерное общество',
  'закрытое акционерное общество', 'открытое акционерное общество', 'непубличное акционерное общество', 'акционерное общество',
  'акціонерне товариство', 'приватне підприємство', 'индивидуальный предприниматель', 'федеральное государственное унитарное предприятие',
  'государственное унитарное предприятие', 'товарищество с ограниченной ответственностью',
  'obshchestvo s ogranichennoi otvetstvennostiu', 'obshchestvo s ogranichennoy otvetstvennostyu', 'obshchestvo s ogranichennoi otvetstvennostyu',
  'obshchestvo s ogranichennoy otvetstvennostiu', 'publichnoe aktsionernoe obshchestvo', 'zakrytoe aktsionernoe obshchestvo',
  'otkrytoe aktsionernoe obshchestvo', 'nepublichnoe aktsionernoe obshchestvo', 'aktsionernoe obshchestvo', 'aktsyonernoe obshchestvo',
  'limited liability company', 'limited liability partnership', 'public joint stock company', 'closed joint stock company', 'open joint stock company',
  'private joint stock company', 'joint stock company', 'public limited company', 'private limited company', 'company limited',
  'co ltd', 'co limited', 'pte ltd', 'pty ltd', 'pvt ltd', 'sdn bhd', 'gmbh co kg', 's r l', 's a', 'l l c', 'd o o', 's p a', 'a s', 'o o o',
  'ооо', 'тов', 'тоо', 'осоо', 'ао', 'зао', 'оао', 'пао', 'нао', 'ат', 'пат', 'прат', 'ип', 'фоп', 'фгуп', 'гуп', 'чп', 'ооо нпп',
  'ooo', 'oao', 'zao', 'pao', 'ao', 'too', 'tov', 'llc', 'llp', 'ltd', 'limited', 'inc', 'incorporated', 'corp', 'corporation', 'co', 'company',
  'jsc', 'ojsc', 'cjsc', 'pjsc', 'ag', 'gmbh', 'plc', 'sarl', 'srl', 'bv', 'nv', 'oy', 'ab', 'sa', 'fze', 'fzc', 'fzco', 'fzllc', 'dmcc', 'as', 'kft',
  '股份有限公司', '有限责任公司', '有限公司', '集团公司', '总公司', '分公司', '公司', '集团',
]; // prettier-ignore

/** Kinds and trades: they help to align and contradict, and alone say little. */
const COMMON = new Set(
  [
    'trading', 'trade', 'group', 'holding', 'holdings', 'international', 'intl', 'industry', 'industries', 'industrial', 'technology',
    'technologies', 'tech', 'electronics', 'electronic', 'engineering', 'logistics', 'shipping', 'services', 'service', 'systems', 'system',
    'development', 'research', 'institute', 'university', 'bank', 'center', 'centre', 'plant', 'factory', 'works', 'bureau', 'design',
    'enterprise', 'enterprises', 'general', 'global', 'investment', 'investments', 'management', 'oil', 'energy', 'construction', 'export',
    'import', 'association', 'council', 'federal', 'state', 'national', 'scientific', 'production', 'the', 'of', 'and', 'for', 'de', 'la', 'al', 'el',
    'labs', 'lab', 'laboratory', 'компания', 'группа', 'холдинг', 'завод', 'институт', 'университет', 'бюро', 'центр', 'научно', 'производственное',
    'предприятие', 'объединение', 'торговый', 'дом', 'концерн', 'корпорация', 'фирма', 'технологии', 'системы', 'и', 'по', 'в', 'имени',
    'государственное', 'федеральное', '技术', '科技', '贸易', '国际', '实业', '进出口', '电子', '工业', '发展',
  ], // prettier-ignore
);

const FORM_SEQUENCES = FORMS.map((form) => form.split(' ')).sort((a, b) => b.length - a.length);
const HAN_FORMS = FORMS.filter((form) => /\p{Script=Han}/u.test(form)).sort((a, b) => b.length - a.length);

export type WordClass = 'form' | 'country' | 'common' | 'number' | 'brand';

export function isCommon(token: string): boolean {
  return COMMON.has(token);
}

/** How many tokens from `at` are a legal form; 0 when none. */
export function formAt(tokens: readonly string[], at: number): number {
  for (const sequence of FORM_SEQUENCES) {
    if (sequence.every((word, i) => tokens[at + i] === word)) return sequence.length;
  }
  return 0;
}

export function hanForms(): readonly string[] {
  return HAN_FORMS;
}
