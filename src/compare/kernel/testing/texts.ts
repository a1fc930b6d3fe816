/** Texts out of a seed: what pages are made of, and what they are not. */
export type Random = (below: number) => number;

/** Numbers from a seed (xorshift). */
export function seeded(seed: number): Random {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const WORDS = [
  ...'境外企业 求购 無人機 探测器 和 抑制器 請有意向的 会员单位 于五月底前 與秘書處聯繫 报价单 第三十台'.split(' '),
  ...'просим сообщить о наличии оборудования до пятого июня Ёлка йод и\u0306 ЗМХ'.split(' '),
  ...'просимо повідомити об’єкт обʼєкт їхній ґанок перелік'.split(' '),
  ...'request for quotation portable detector of unmanned aerial vehicles BorisTone É e\u0301'.split(' '),
];
const SPACES = [' ', '', '\u3000', '，', '-\n', '\u00ad', '\u200b', '. '];

function piece(random: Random): string {
  switch (random(16)) {
    case 0:
      return String.fromCharCode(0xd800 + random(0x800));
    case 1:
      return '\u0301\u0306\u0308'[random(3)]!.repeat(1 + random(3));
    case 2:
      return String.fromCodePoint(0x1f300 + random(0x300));
    case 3:
      // Any character beyond the first plane; half of them of the blocks that fold to letters or stay.
      return String.fromCodePoint(random(2) === 0 ? 0x10000 + random(0x100000) : 0x1d400 + random(0x400));
    case 4:
      return String.fromCodePoint(random(2) === 0 ? 0x2f800 + random(0x220) : 0x20000 + random(0xa000));
    case 5:
      return String.fromCharCode(...Array.from({ length: 1 + random(9) }, () => 0xff10 + random(0x4a)));
    case 6:
      return String.fromCharCode(...Array.from({ length: 1 + random(9) }, () => 0x660 + random(10)));
    case 7:
      return String.fromCharCode(random(0x10000)).repeat(1 + random(random(8) === 0 ? 60 : 3));
    default:
      return WORDS[random(WORDS.length)]! + SPACES[random(SPACES.length)]!;
  }
}

/** Of words in the main; a tenth repeats one clause. */
export function makeText(random: Random): string {
  let text = '';
  for (let left = random(random(4) === 0 ? 120 : 40); left > 0; left--) text += piece(random);
  return random(10) === 0 ? text.slice(0, 3 + random(40)).repeat(random(30)) : text;
}

/** Pieces of a text taken out, put in, changed, moved. */
export function edited(text: string, random: Random): string {
  let made = text;
  for (let edits = random(8); edits > 0; edits--) {
    const at = random(made.length + 1);
    const end = Math.min(made.length, at + random(12));
    const moved = random(made.length + 1);
    const put = [piece(random), '', made.slice(moved, moved + 40), String.fromCharCode(0x4e00 + random(50))][
      random(4)
    ]!;
    made = made.slice(0, at) + put + made.slice(end);
  }
  return made;
}
