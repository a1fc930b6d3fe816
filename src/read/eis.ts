/** Purchases of the Russian procurement system are told apart by their numbers (facts/watching §4): one page is reached by several addresses. */

/**
 * `eis:0373200215526000664` for the main page of a purchase under either law. Its other tabs show other things, and are
 * notices of their own.
 */
export function eisKey(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, pathname, searchParams } = new URL(address);
  if (hostname !== 'zakupki.gov.ru' || !/^\/epz\/order\/notice\/.*common-info\.html$/.test(pathname)) return undefined;
  const number = searchParams.get('regNumber') ?? '';
  return /^(?:\d{11}|\d{19})$/.test(number) ? `eis:${number}` : undefined;
}
