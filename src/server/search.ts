import {
  type FoundGood,
  type FoundName,
  type Parts,
  type SearchAnswer,
  type SearchQuestion,
  searchCatalogue,
  searchIds,
  searchNames,
  searchNotices,
} from '../watch/index.js';

export interface Everything extends SearchAnswer {
  type: 'search';
  names: FoundName[];
  goods: FoundGood[];
  ids: string[];
}

/** What page and API answer alike; names, goods and ids stand on the first page only. */
export async function searchEverything(parts: Parts, question: SearchQuestion): Promise<Everything> {
  const isFirst = question.after === undefined;
  const [found, names, ids] = await Promise.all([
    searchNotices(parts, question),
    isFirst ? searchNames(parts, question) : [],
    isFirst ? searchIds(parts, question.text) : [],
  ]);
  return { type: 'search', ...found, names, goods: isFirst ? searchCatalogue(parts, question.text) : [], ids };
}
