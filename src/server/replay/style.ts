/**
 * Inline styles of an archived page. An attacker writes them: what could fetch (`url(`, `image-set(`, `@import`), run
 * (`expression`, `-moz-binding`, `behavior`) or hide what it is (`\75rl`, comments) has no letter to be written with.
 */
const PROPERTIES = new Set(
  'color background-color font-size font-weight font-style font-family text-align text-decoration text-indent line-height letter-spacing white-space vertical-align width max-width height display float clear list-style-type border-collapse word-break overflow-wrap direction writing-mode'.split(
    ' ',
  ),
);
const BOXES =
  /^(?:margin|padding)(?:-(?:top|right|bottom|left))?$|^border(?:-(?:top|right|bottom|left))?(?:-(?:width|style|color))?$|^border-radius$/;
/** No colon, slash, backslash, at sign, quote or angle bracket. */
const VALUE = /^[\p{L}\p{N}\s#.,%()+-]{1,200}(?:!\s*important)?$/u;
const FUNCTIONS = new Set(['rgb', 'rgba', 'hsl', 'hsla', 'calc']);
const LONGEST = 4_000;

/** Empty when nothing of it is allowed. */
export function cleanStyle(style: string): string {
  if (style.length > LONGEST) return '';
  return style
    .split(';')
    .map(declaration)
    .filter((each) => each !== undefined)
    .join(';');
}

function declaration(text: string): string | undefined {
  const colon = text.indexOf(':');
  const name = text.slice(0, Math.max(0, colon)).trim().toLowerCase();
  if (!PROPERTIES.has(name) && !BOXES.test(name)) return undefined;
  const written = text.slice(colon + 1).trim();
  // Names of fonts are the one place where quotes are common; without them they mean the same.
  const value = name === 'font-family' ? written.replaceAll(/["']/g, '') : written;
  if (!VALUE.test(value)) return undefined;
  for (const [, called] of value.matchAll(/([\p{L}\p{N}-]*)\s*\(/gu))
    if (!FUNCTIONS.has(called!.toLowerCase())) return undefined;
  return `${name}:${value}`;
}
