/** C0, C1, bidirectional overrides and line breaks become visible or blank: a title must not repaint the screen. */
export function printable(text: string): string {
  return text
    .replace(/\s*[\r\n\t]+\s*/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '�');
}
