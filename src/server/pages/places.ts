/** Where a page of a list begins, as it stands in addresses. */
import type { NoticePlace } from '../../store/index.js';

export const textOfPlace = ({ knownAt, id }: NoticePlace): string => `${knownAt}~${id}`;

/** Undefined for what is no place: the first page. */
export function placeOf(text: string | undefined): NoticePlace | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T[\d:.]{1,12}Z)~(N-[0-9A-Z]{1,30})$/.exec(text ?? '');
  return match ? { knownAt: match[1]!, id: match[2]! } : undefined;
}
