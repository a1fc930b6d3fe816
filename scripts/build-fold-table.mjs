// Makes src/text/fold-data.ts: the folding table as data, so that another Node (another ICU) never changes it silently.
// Run by hand when the rules change, and raise FOLD_VERSION then. Needs opencc-js (a development dependency).
import { writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { Converter } from 'opencc-js';

const toSimplified = Converter({ from: 't', to: 'cn' });
// Characters whose traditional forms the plain table does not bring back; each line is one class, its first member stands.
const CLASSES =
  '复覆 了瞭 借藉 浚濬 象像 坐座 具俱 仿彷 背揹 链鍊 苏甦 径迳逕 昵暱 熏薰 着著 鲇鯰鲶 檐簷 睾睪 痹痺 卫衞 台枱檯 叙敍 余馀 面麺 巨钜 钟锺 托讬 咨谘 尽侭 沈渖 线缐 旋镟 曲麹 镢䦆 划㓰 弥㳽 彩䌽 摆䙓 腼䩄 苎苧 颚腭 么幺 潀潨 蒍蔿 稆穞 緪縆';
const LOOKALIKES = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  к: 'k',
  м: 'm',
  т: 't',
  в: 'b',
  н: 'h',
  і: 'i',
  ї: 'i',
  ё: 'e',
  ј: 'j',
  ѕ: 's',
  ԁ: 'd',
  й: 'и',
  ў: 'y',
  з: '3',
};
const classOf = new Map(CLASSES.split(' ').flatMap((line) => [...line].map((letter) => [letter, [...line][0]])));

function foldUnit(unit) {
  if (unit >= 0xd800 && unit <= 0xdfff) return 0;
  if (unit >= 0x2b0 && unit <= 0x2ff) return 0; // modifier letters: the Ukrainian apostrophe among them
  let text = String.fromCharCode(unit).normalize('NFKC').toLowerCase();
  if (unit < 0x2000) text = text.normalize('NFD').replace(/\p{M}/gu, '');
  const letter = [...text].find((each) => /[\p{L}\p{N}]/u.test(each) && !/[\u02b0-\u02ff]/.test(each));
  if (letter === undefined || letter.length > 1) return 0;
  let found = letter;
  if (/\p{Nd}/u.test(found)) found = digit(found);
  if (found.charCodeAt(0) >= 0x2e80) found = [...toSimplified(found)][0];
  found = LOOKALIKES[found] ?? classOf.get(found) ?? found;
  return found.length === 1 ? found.charCodeAt(0) : 0;
}

/** Decimal digits come in runs of ten, zero first. */
function digit(letter) {
  const code = letter.codePointAt(0);
  for (let zero = code; zero > code - 10; zero--)
    if (!/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) return String((code - zero) % 10);
  return String(code % 10);
}

const table = Uint16Array.from({ length: 65_536 }, (_, unit) => foldUnit(unit));
for (let changed = true; changed;) {
  changed = false;
  for (let unit = 0; unit < 65_536; unit++) {
    const once = table[unit];
    if (once && table[once] && table[once] !== once) {
      table[unit] = table[once];
      changed = true;
    }
  }
}
const data = deflateRawSync(Buffer.from(table.buffer), { level: 9 }).toString('base64');
const lines = data.match(/.{1,110}/g);
writeFileSync(
  new URL('../src/text/fold-data.ts', import.meta.url),
  `// Made by scripts/build-fold-table.mjs; not written by hand.\n// Traditional to simplified after OpenCC (Apache-2.0), see NOTICE.\nexport const FOLD_VERSION = 1;\nexport const FOLD_DATA = \`\n${lines.join('\n')}\n\`;\n`,
);
