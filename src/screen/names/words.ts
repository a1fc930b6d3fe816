/** Words of organisation names that say what a body is, not which: they never carry a match (facts/screening §7.6, §17). */

import { groupBy } from '../group-by.js';

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
  'відкрите акціонерне товариство', 'закрите акціонерне товариство', 'публічне акціонерне товариство', 'державне підприємство', 'фку', 'ооо', 'тов', 'тоо', 'осоо', 'ао', 'зао', 'оао', 'пао', 'нао', 'ат', 'пат', 'прат', 'ип', 'фоп', 'фгуп', 'гуп', 'чп', 'ооо нпп',
  'адкрытае акцыянернае таварыства', 'закрытае акцыянернае таварыства', 'таварыства з абмежаванай адказнасцю', 'общество с дополнительной ответственностью', 'унитарное предприятие',
  'федеральное казенное предприятие', 'республиканское унитарное предприятие', 'частное акционерное общество', 'приватне акціонерне товариство', 'публічне акціонерне товариство',
  'республиканское унитарное предприятие', 'федеральное государственное бюджетное учреждение', 'федеральное государственное автономное учреждение', 'федеральное бюджетное учреждение',
  'общественная организация', 'автономная некоммерческая организация', 'некоммерческая организация', 'совместное общество с ограниченной ответственностью',
  'federal state unitary enterprise', 'state unitary enterprise', 'federal state enterprise', 'republican unitary enterprise', 'federal state budgetary institution', 'autonomous non profit organization', 'autonomous non commercial organization', 'autonomous noncommercial organization', 'autonomous nonprofit organization', 'joint venture limited liability company',
  'joint stock', 'joint venture', 'limited liability', 'sole proprietorship', 'individual entrepreneur', 'limited partnership', 'gesellschaft mit beschrankter haftung', 'aktiengesellschaft', 'aktiebolag',
  'societate cu raspundere limitata', 'societatea cu raspundere limitata', 'societe anonyme', 'sociedad anonima', 'sociedad anonima de capital variable', 'sociedad limitada', 'sociedade anonima', 'societa per azioni', 's a de c v', 'a s', 'a o', 'b v', 'n v', 'l p', 'p t',
  'general trading co', 'free zone company', 'naamloze vennootschap', 'besloten vennootschap', 'b v b a', 's l', 's c', 'spolka z o o', 'sp z o o', 'z o o', 'company limited by shares', 'anonim sirketi', 'limited sirketi', 'sanayi ve ticaret', 'ltd sti', 'a g', 'k k', 'kabushiki kaisha',
  'аат', 'зат', 'таа', 'рупп', 'руп', 'фкп', 'фгбу', 'фгау', 'фбу', 'гбу', 'гку', 'оаа', 'спао', 'мкпао', 'ано', 'нко', 'уп', 'одо', 'сооо', 'пуп', 'кгуп', 'муп', 'тоо', 'тдв', 'ск', 'пт',
  'fgup', 'fsue', 'fkp', 'fse', 'gup', 'sue', 'rue', 'rup', 'ano', 'fgbu', 'fgau', 'aat', 'taa', 'ood', 'eood', 'ad', 'ead', 'doo', 'dd', 'sro', 'spa', 'sas', 'sdn', 'bhd', 'pte', 'pty', 'pvt', 'kg', 'ohg', 'ev', 'lp', 'sarl', 'sa', 'bvba', 'cv', 'ou', 'uab', 'sia', 'zrt', 'nyrt', 'pt', 'tbk', 'aps', 'asa', 'oyj', 'coltd', 'psc', 'pjs', 'saog', 'wll', 'est', 'شركة', 'شرکت', 'مؤسسة', 'موسسه', 'المحدودة', 'المسؤولية', 'محدودة',
  'ooo', 'oao', 'zao', 'pao', 'ao', 'too', 'tov', 'llc', 'llp', 'ltd', 'limited', 'inc', 'incorporated', 'corp', 'corporation', 'co', 'company',
  'jsc', 'ojsc', 'cjsc', 'pjsc', 'ag', 'gmbh', 'plc', 'sarl', 'srl', 'bv', 'nv', 'oy', 'ab', 'sa', 'fze', 'fzc', 'fzco', 'fzllc', 'dmcc', 'as', 'kft',
  '股份有限公司', '有限责任公司', '有限公司', '集团公司', '总公司', '分公司', '公司', '株式会社', '有限责任', '股份',
]; // prettier-ignore

/** Words that join or order others; never compared. */
const STOP = new Set(
  (
    'the of and for in on at to by from with und der die das et de la le les des du del della di y e and named after name no nr ' +
    'и по в на с к от им імя імені имени для при из та і у ў з й об рода года г имени'
  ).split(' '),
);

/** So common in names of firms that agreeing on them says next to nothing (facts/screening §17). */
const WEAK = new Set(
  'company group holding corporation enterprise trading technology international industry development service system general house new global production investment organisation federation republic state federal'.split(
    ' ',
  ),
);

/** Titles and forms of address before or after a person's name. */
const TITLES = new Set(
  (
    'mr mrs ms miss dr prof professor sir dame lord lady president presidente président prezident prezydent predsjednik preşedintele președintele presedintele präsident prasident ' +
    'minister general colonel captain major judge senator haj sheikh shaikh shaykh sheik mullah mulla maulavi mawlawi maulana qari hafiz sayyid sayed ayatollah ' +
    'قاري قاری شيخ شیخ سيد سید حاجی حاجي ملا مولوي مولوی دكتور دکتر brigadier major hodjatoleslam hojatoleslam commander commandant admiral marshal lieutenant deputy ' +
    'президент профессор доктор генерал г-н господин'
  ).split(' '),
);

/** Small words inside persons' names. */
const PARTICLES = new Set(
  'al el ul ad ar as az ash an ud ur us at bin ibn ben bint abu abou aba abo umm um de da do dos das del della di la le les van von der den ter ten zu zum y e i haji hajji ou bar st san santa ال بن ابن أبو ابو بنت آل آقا'.split(
    ' ',
  ),
);

const FORM_SEQUENCES = FORMS.map((form) => form.split(' ')).sort((a, b) => b.length - a.length);
const BY_FIRST = groupBy(FORM_SEQUENCES, (sequence) => sequence[0]!);
const HAN_FORMS = FORMS.filter((form) => /\p{Script=Han}/u.test(form)).sort((a, b) => b.length - a.length);

export const WORD_CLASSES = ['form', 'country', 'place', 'common', 'number', 'brand', 'initial', 'particle'] as const;
export type WordClass = (typeof WORD_CLASSES)[number];

export const isStop = (token: string): boolean => STOP.has(token);
export const isTitle = (token: string): boolean => TITLES.has(token);
export const isParticle = (token: string): boolean => PARTICLES.has(token);
export const isWeakTerm = (term: string): boolean => WEAK.has(term);

/** How many tokens from `at` are a legal form; 0 when none. */
export function formAt(tokens: readonly string[], at: number): number {
  for (const sequence of BY_FIRST.get(tokens[at]!) ?? []) {
    if (sequence.every((word, i) => tokens[at + i] === word)) return sequence.length;
  }
  return 0;
}

export function hanForms(): readonly string[] {
  return HAN_FORMS;
}
