/** Addresses where the text says that one follows: what stands on the line, as far as it can be one. */
import type { Mention } from '../model/index.js';
import { mention } from './mentions.js';
import type { Roles } from './roles.js';

/** Up to what begins the next statement. An address of words alone is none: it has a number or a place of its own kind. */
const LINE = /[^\n;；。|]{4,160}/uy;
const NEXT =
  /\s{2,}|[，,、\s]\s?(?:邮编|邮政编码|电话|联系|传真|开户|тел|факс|e-?mail|ИНН|ОГРН|ЄДРПОУ|phone|tel|fax)/iu;
const LIKE_ONE =
  /\d|[省市区县镇乡村路街道巷号楼室]|ул\.|улица|вул\.|пр\.|просп|бульв|пер\.|street|road|avenue|г\.\s|м\.\s/iu;

export function findAddresses(text: string, roles: Roles): Mention[] {
  return [...roles].flatMap(([at, labels]) => {
    if (!labels.some(({ role, hasColon }) => role === 'address' && hasColon)) return [];
    LINE.lastIndex = at;
    const line = LINE.exec(text)?.[0] ?? '';
    const next = NEXT.exec(line);
    const whole = (next ? line.slice(0, next.index) : line).replace(/[\s,，.]+$/u, '');
    // The bracket around it is none of it.
    const address = /^[^（(]*[）)]$/u.test(whole) ? whole.slice(0, -1) : whole;
    // Another label, or a site or mailbox, is no address of the kind.
    if (address.length < 4 || !LIKE_ONE.test(address) || /^https?:|@|^[^\d]{0,8}[:：]/iu.test(address)) return [];
    return [mention('address', address, text, at, address.length)];
  });
}
