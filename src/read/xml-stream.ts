/** XML that strangers wrote, as a stream: no entities but the five, no DTD, and an end that is missing is said. */
import { Parser } from 'htmlparser2';

export interface XmlHandlers {
  /** `at`: where the tag begins in the text. */
  open(tag: string, attributes: Readonly<Record<string, string>>, at: number): void;
  text?(piece: string): void;
  close(): void;
  /** An element was left open, or closed by the end of another: the document is cut off, or damaged. */
  cut(): void;
}

/** Handlers may throw: nothing is read after that. */
export function readXml(xml: string, handlers: XmlHandlers): void {
  let openedAt = -1;
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        openedAt = parser.endIndex;
        handlers.open(tag, attributes, parser.startIndex);
      },
      ontext: (piece) => handlers.text?.(piece),
      onclosetag: (_, implied) => {
        // `<x/>` is closed where it was opened, and called implied like one that the document left open.
        if (implied && parser.endIndex !== openedAt) handlers.cut();
        handlers.close();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(xml);
  parser.end();
}
