/** Spreadsheets (ODS): a ZIP with one XML inside, whose cells may stand for thousands of equal ones. */
import { inflateRawSync } from 'node:zlib';
import type { ListLimits } from '../list-kind.js';
import { badList, clean } from './text.js';
import { TEXT, type XmlNode, readXml } from './xml.js';

/** The largest true sheet has 7 MB. */
const LARGEST = 400_000_000;
/** A cell that is repeated up to the edge of the sheet is empty; wider tables than this are none. */
const WIDEST = 200;

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/** Rows of all sheets that hold anything. */
export function odsRows(bytes: Uint8Array, file: string, limits: ListLimits, row: (cells: string[]) => void): void {
  readXml(member(bytes, 'content.xml', file), {
    file,
    limits,
    root: 'document-content',
    records: ['table-row'],
    isMixed: true,
    record: (node) => {
      const cells = cellsOf(node);
      if (cells.some((cell) => cell !== '')) row(cells);
    },
  });
}

function cellsOf(row: XmlNode): string[] {
  const cells: string[] = [];
  for (const cell of row.children.filter(({ name }) => name !== TEXT)) {
    const times = Number(cell.attributes['table:number-columns-repeated'] ?? 1);
    const paragraphs = cell.children.filter(({ name }) => name !== 'annotation' && name !== TEXT);
    const text = clean(paragraphs.map(textOf).join(' '));
    for (let at = 0; at < times && cells.length < WIDEST; at++) cells.push(text);
  }
  while (cells.at(-1) === '') cells.pop();
  return cells;
}

/** In the order it is read. A part in bold stands inside its word; blanks, tabs and line breaks are elements. */
function textOf({ name, text, children }: XmlNode): string {
  if (name === TEXT) return text;
  return BLANKS.has(name) ? ' ' : children.map(textOf).join('');
}

const BLANKS = new Set(['s', 'tab', 'line-break']);

/** One file of a ZIP, by the directory at its end. A bomb is refused. */
function member(bytes: Uint8Array, name: string, file: string): Uint8Array {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = view.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 20 > view.length) throw badList(`${file} is cut: the directory of the archive is missing`);
  let at = view.readUInt32LE(end + 16);
  for (let count = view.readUInt16LE(end + 10); count > 0; count--) {
    if (at + 46 > view.length || view.readUInt32LE(at) !== 0x02014b50) break;
    const [method, size, nameLength, extra, comment, start] = [
      view.readUInt16LE(at + 10),
      view.readUInt32LE(at + 20),
      view.readUInt16LE(at + 28),
      view.readUInt16LE(at + 30),
      view.readUInt16LE(at + 32),
      view.readUInt32LE(at + 42),
    ];
    if (view.toString('utf8', at + 46, at + 46 + nameLength) === name)
      return unpack(view, { method, size, start }, file);
    at += 46 + nameLength + extra + comment;
  }
  throw badList(`${file} is an archive without ${name}`);
}

function unpack(
  view: Buffer,
  { method, size, start }: { method: number; size: number; start: number },
  file: string,
): Uint8Array {
  try {
    const data = start + 30 + view.readUInt16LE(start + 26) + view.readUInt16LE(start + 28);
    const packed = view.subarray(data, data + size);
    return method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: LARGEST });
  } catch {
    throw badList(`${file} cannot be unpacked: it is cut or damaged`);
  }
}
