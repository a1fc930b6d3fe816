import assert from 'node:assert/strict';
import test from 'node:test';
import { html } from 'hono/html';
import { IntlMessageFormat } from 'intl-messageformat';
import { LANGUAGES, MESSAGES, type Spoken, h, speak, suiting, t } from './index.js';

interface Element {
  type: number;
  value?: string;
  options?: Record<string, { value: Element[] }>;
  children?: Element[];
}

/** Values and tags that a message takes, by name. */
function taken(elements: readonly Element[]): string[] {
  return elements.flatMap(({ type, value = '', options = {}, children = [] }) => [
    ...(type === 0 || type === 7 ? [] : [type === 8 ? `<${value}>` : value]),
    ...Object.values(options).flatMap((each) => taken(each.value)),
    ...taken(children),
  ]);
}
const namesOf = (message: string, language: string): string[] =>
  [...new Set(taken(new IntlMessageFormat(message, language).getAst()))].sort();

/** Every plural of a message with the cases it names. */
function cases(elements: readonly Element[]): string[][] {
  return elements.flatMap(({ type, options = {}, children = [] }) => [
    ...(type === 6 ? [Object.keys(options)] : []),
    ...Object.values(options).flatMap((each) => cases(each.value)),
    ...cases(children),
  ]);
}

const all = Object.entries(MESSAGES.en).flatMap(([area, messages]) =>
  Object.entries(messages as Record<string, string>).map(([key, english]) => ({ area, key, english })),
);
const others = Object.keys(LANGUAGES).filter((each): each is Spoken => each !== 'en');
const inLanguage = (language: Spoken, area: string): Readonly<Record<string, string>> =>
  MESSAGES[language][area as keyof (typeof MESSAGES)['en']];

for (const language of others) {
  test(`every message is said in ${language}, takes what the English one takes, and none is left over`, () => {
    const [areas, english] = [MESSAGES[language], MESSAGES.en];
    assert.deepEqual(Object.keys(areas).sort(), Object.keys(english).sort());
    for (const area of Object.keys(english))
      assert.deepEqual(Object.keys(inLanguage(language, area)), Object.keys(inLanguage('en', area)), area);
    for (const { area, key, english: said } of all) {
      const message = inLanguage(language, area)[key]!;
      assert.notEqual(message.trim(), '', `${area}.${key}`);
      assert.deepEqual(namesOf(message, language), namesOf(said, 'en'), `${area}.${key}`);
    }
  });

  test(`every plural in ${language} has the cases of its language and no others`, () => {
    const wanted = new Set(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
    for (const { area, key } of all)
      for (const named of cases(new IntlMessageFormat(inLanguage(language, area)[key]!, language).getAst()))
        assert.deepEqual(new Set(named.filter((each) => !each.startsWith('='))), wanted, `${area}.${key}`);
  });

  test(`nothing in ${language} is the English again, but what is no word of English`, () => {
    const same = all.filter(
      ({ area, key, english }) => inLanguage(language, area)[key] === english && /[a-z]{3}/i.test(plain(english)),
    );
    assert.deepEqual(
      same.map(({ area, key }) => `${area}.${key}`).filter((each) => !SAME_EVERYWHERE.has(each)),
      [],
    );
  });
}

/** Without what is filled in. */
const plain = (message: string): string => message.replace(/\{[^{}]*\}|<[^>]*>/g, '');
/** Names that are written alike in every language. */
const SAME_EVERYWHERE = new Set<string>([]);

/** Characters that only one of the two scripts has. */
const ONLY_TRADITIONAL =
  /[們這還沒說發實際見網頁證刪帳號條處認記錄顯鏈檢來開關單點對應資訊項種過與從為時無樣內並個將會學國長門問間電話語請讀寫選擇標題類數]/u;
const ONLY_SIMPLIFIED =
  /[们这还没说发实际见网页证据删账号条处认记录显链检来开关单点对应资讯项种过与从为时无样并个将会学国长门问间电话语请读写选择标题类数]/u;

test('Chinese of the one script does not stand in the other', () => {
  for (const { area, key } of all) {
    assert.doesNotMatch(inLanguage('zh-Hans', area)[key]!, ONLY_TRADITIONAL, `${area}.${key}`);
    assert.doesNotMatch(inLanguage('zh-Hant', area)[key]!, ONLY_SIMPLIFIED, `${area}.${key}`);
  }
});

test('a language is chosen by weight, and by script where it has two', () => {
  const asked: readonly [string | undefined, Spoken][] = [
    [undefined, 'en'],
    ['de-DE, fr;q=0.9', 'en'],
    ['de, uk;q=0.8, ru;q=0.9', 'ru'],
    ['ru;q=0, uk', 'uk'],
    ['zh', 'zh-Hans'],
    ['zh-CN,zh;q=0.9', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['yue-Hant-HK', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['uk-UA', 'uk'],
    ['*', 'en'],
    [';q=;;,,\u0000, ru', 'ru'],
    [`${'x,'.repeat(50_000)}ru`, 'en'],
  ];
  for (const [accept, language] of asked) assert.equal(suiting(accept), language, (accept ?? 'none').slice(0, 40));
});

test('words that are filled in are escaped, markup of ours is not, and tags become what the page makes of them', async () => {
  const hostile = '<img src=x onerror=alert(1)> {n} <a>';
  const said = await h('inbox.posted', { account: hostile, when: html`<b>now</b>` });
  assert.equal(said.toString(), '&lt;img src=x onerror=alert(1)&gt; {n} &lt;a&gt;, posted <b>now</b> as the page says');
  assert.equal(t('inbox.goods', { goods: hostile }), `Goods named: ${hostile}`, 'as text: the template escapes it');
});

test('numbers and plurals are those of the language', () => {
  const said = (language: Spoken, n: number): string => speak({ language }, () => t('inbox.count', { n }));
  assert.deepEqual(
    [said('en', 1), said('en', 2), said('ru', 21), said('ru', 3), said('ru', 11), said('uk', 5), said('zh-Hant', 1)],
    ['1 notice', '2 notices', '21 сообщение', '3 сообщения', '11 сообщений', '5 повідомлень', '1 則公告'],
  );
});
