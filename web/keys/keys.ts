/**
 * Keys for those who read many pages (facts/experience §7). All they do can be done without: they focus, follow links and press buttons
 * that stand in the page. Silent while somebody types, and off for good when switched off (WCAG 2.2, 2.1.4).
 */
const OFF = 'asposted-keys';
const SCREENS: Readonly<Record<string, string>> = {
  n: '/',
  c: '/cases',
  s: '/sources',
  l: '/lists',
  f: '/search',
  r: '/removals',
};
const isOff = (): boolean => {
  try {
    return localStorage.getItem(OFF) === 'off';
  } catch {
    return false; // storage is refused: they are on, and the switch holds for this page only
  }
};
let off = isOff();

function setOff(to: boolean): void {
  off = to;
  try {
    localStorage.setItem(OFF, to ? 'off' : 'on');
  } catch {
    // as above
  }
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const items = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('main [data-list] > li, main .notices > li, main tbody > tr')].filter(
    (item) => item.querySelector('a[href]') !== null && item.checkVisibility(),
  );
const current = (): HTMLElement | undefined => items().find((item) => item.contains(document.activeElement));

function move(by: number): void {
  const all = items();
  const at = all.findIndex((item) => item.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
  next?.querySelector<HTMLElement>('a[href]')?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** What is chosen in a list, else what stands in no list: an entry that nobody chose is never judged. */
function press(key: string): boolean {
  const selector = `[data-key="${CSS.escape(key)}"]`;
  const listed = items();
  const alone = [...document.querySelectorAll<HTMLElement>(selector)].find(
    (each) => !listed.some((item) => item.contains(each)),
  );
  const found = current()?.querySelector<HTMLElement>(selector) ?? alone;
  found?.click();
  return found !== undefined;
}

// What the keys do stands in the page, in the language of the page.
const dialog = document.querySelector<HTMLDialogElement>('#keys')!;
const box = dialog.querySelector('input')!;
box.addEventListener('change', () => {
  setOff(!box.checked);
});
dialog.querySelector('button')!.addEventListener('click', () => {
  dialog.close();
});

function help(): void {
  box.checked = !off;
  if (!dialog.open) dialog.showModal();
}

const opener = document.querySelector<HTMLButtonElement>('[data-opens="keys"]')!;
opener.addEventListener('click', help);
opener.hidden = false;

// Back from a form: on what it was about. Not before `load`: until then browsers put the focus where the address points, on no key.
addEventListener('load', () => {
  document.getElementById(location.hash.slice(1))?.querySelector<HTMLElement>('a[href]')?.focus();
});

let goes = false;

/** Whether the key did something, and the browser should leave it alone. */
function act(key: string): boolean {
  if (goes) {
    goes = false;
    const screen = SCREENS[key];
    if (screen === undefined) return false;
    location.assign(screen);
    return true;
  }
  switch (key) {
    case '/':
      document.querySelector<HTMLInputElement>('#seek')?.select();
      return true;
    case '?':
      help();
      return true;
    case 'g':
      goes = true;
      return true;
    case 'j':
    case 'k':
      move(key === 'j' ? 1 : -1);
      return true;
    case 'ArrowDown':
    case 'ArrowUp':
      if (!current()) return false; // the page scrolls
      move(key === 'ArrowDown' ? 1 : -1);
      return true;
    case 'Escape':
      if (document.activeElement === document.body) history.back();
      else (document.activeElement as HTMLElement | null)?.blur();
      return true;
    default:
      return ['y', 'n', 'h', 'u', 'ArrowLeft', 'ArrowRight'].includes(key) && press(key);
  }
}

document.addEventListener('keydown', (event) => {
  if (off || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (isTyping(event.target)) {
    if (event.key === 'Escape') (event.target as HTMLElement).blur();
    return;
  }
  if (dialog.open) return;
  // A table or picture that scrolls sideways keeps its arrows.
  const scrolls = (event.target as Element).closest?.('.scroll[tabindex]') === event.target;
  if (scrolls && event.key.startsWith('Arrow')) return;
  if (act(event.key)) event.preventDefault();
});
