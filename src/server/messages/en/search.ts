/** The search over everything. */
export const search = {
  titleOf: 'Search: {q}',
  help: 'Words must all stand in one notice, inflected or not; quotation marks keep several together, and {example} asks for what begins so. Names of goods find notices in other languages too. An id, or its beginning, leads to what it names.',
  thisSearch: 'This search',
  words: 'Words',
  aids: 'Names read aloud (pinyin, transliteration)',
  aidsOn: 'count too',
  aidsOff: 'do not count',

  here: '{n, plural, =0 {No notice} one {# notice} other {# notices}} here, newest first{more, select, yes {; more follow} other {}}.',
  onPage:
    '{n, plural, =0 {No notice} one {# notice} other {# notices}} on this page, newest first{more, select, yes {; more follow} other {}}.',
  aidsCount: 'Names read aloud count too.',
  aidsAreOff: 'Only what is written counts: names read aloud are switched off.',
  looked:
    '{n, plural, one {# was read whose letters looked like it; older ones were not read yet.} other {# were read whose letters looked like it; older ones were not read yet.}}',

  others: 'Names, goods and ids',
  underId: 'Under that id: {id}',
  goods: 'Goods: {name}',
  goodsBy: 'Goods: {name}, by {form}',
  tradeName: 'Trade name: {name}',
  tradeNameBy: 'Trade name: {name}, by {form}',
  name: 'Name: {name}, in {n, plural, one {# notice} other {# notices}}',

  posted: '{account}, posted {when} as the page says. {presence}',
  inTitle: 'In the title: {words}',
  inText: 'In the text: {words}',
  inAccount: 'In the name of the account: {words}',
  recognised: 'Recognised as what was asked: {words}',
  readAloud: 'Read aloud: {words}',
  excerpt: '{words} {exhibit}, {when}',
} as const;
