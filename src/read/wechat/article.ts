/** Fields of a live article: the page's own data first, then what older layouts wrote elsewhere (facts/watching §2.9). */
import { decodeHTML } from 'entities';
import { type Account, type Identity, type OriginalPointer, type Reading, offsetTime } from '../../model/index.js';
import { type Collected, htmlToText, normaliseText } from '../html.js';
import type { ReadInput } from '../input.js';
import { languageOf } from '../language.js';
import { type CgiData, type CgiResult, type CgiValue, firstIn, readAssignment } from './cgi-data.js';
import { articleIdentity, bizNumber, identityFromUrl, keyFromUrl, unescapeUrl } from './identity.js';

/** WeChat writes UTC+8 everywhere, without daylight saving. */
const CHINA_MINUTES = 480;

type Base = Pick<Reading, 'reader' | 'charset' | 'problems'>;

export function articleReading(input: ReadInput, page: Collected, base: Base): Reading {
  const own = readAssignment(page.scripts, 'cgiDataNew');
  const facts = new ArticleFacts(page, own);
  const body = bodyOf(page, facts);
  const title = facts.title();
  const images = imagesOf(facts, body.images);
  const problems = [
    ...base.problems,
    ...own.unreadable.slice(0, 20).map((field) => `field ${field} of the page's data is unreadable`),
  ];
  const paid = facts.number('is_pay_subscribe') === 1;
  if (paid) problems.push('paid article: the text may be a preview');
  // A frame without content proves nothing: neither that the article stands nor that it is gone (facts/watching §2.4).
  const empty = body.text === '' && title === undefined && images.length === 0;
  const published = facts.published();
  const modified = facts.seconds('modify_time', 'modify_time', /\bvar\s+modify_time\s*=\s*["'](\d{9,11})["']/);
  const original = originalOf(facts);
  const link = facts.text('link') ?? facts.variable('msg_link');
  const server = facts.seconds('svr_time', 'svr_time', /\bvar\s+svr_time\s*=\s*["'](\d{9,11})["']/);
  const author = facts.text('author') ?? facts.meta('author') ?? facts.variable('author');
  const place = facts.place();
  return {
    ...base,
    problems,
    verdict: empty
      ? { class: 'unknown', rule: 'wechat-empty-article', kind: 'unreadable' }
      : { class: 'live', rule: 'wechat-article-structure' },
    identity: identityOf(input, facts),
    language: languageOf(`${title ?? ''}\n${body.text}`),
    ...(title === undefined ? {} : { title }),
    text: body.text,
    account: facts.account(),
    ...(author === undefined ? {} : { author }),
    ...(published === undefined ? {} : { published: offsetTime(published, CHINA_MINUTES) }),
    ...(modified === undefined ? {} : { modified: offsetTime(modified, CHINA_MINUTES) }),
    ...(server === undefined ? {} : { serverTime: new Date(server * 1000).toISOString() }),
    links: {
      ...(link === undefined ? {} : { own: unescapeUrl(link) }),
      ...(original ? { original } : {}),
      attachments: [],
      images,
    },
    ...(place === undefined ? {} : { place }),
    fields: facts.fields(paid),
    ...(facts.leaksObserver() ? { leaksObserver: true } : {}),
  };
}

/** One place that knows where each layout keeps a fact. Every answer is a string as a person would read it. */
class ArticleFacts {
  readonly data: CgiData;
  readonly hasData: boolean;
  private readonly page: Collected;
  private readonly scripts: readonly string[];
  private readonly variables = new Map<string, string | undefined>();

  constructor(page: Collected, { data, script }: CgiResult) {
    this.page = page;
    this.data = data ?? {};
    this.hasData = data !== undefined;
    // The classic variables stand in small scripts; the data object is looked at apart.
    this.scripts = page.scripts.filter((text) => text.length < 400_000 && text !== script);
  }

  at(path: string): CgiValue | undefined {
    let value: CgiValue | undefined = this.data;
    for (const key of path.split('.')) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
      value = value[key];
    }
    return value;
  }

  /** After JsDecode, titles and names still hold HTML entities (facts/watching §2.8). */
  text(path: string): string | undefined {
    const value = this.at(path);
    const text =
      typeof value === 'string'
        ? normaliseText(decodeHTML(value))
        : typeof value === 'number' && Number.isFinite(value)
          ? String(value)
          : '';
    return text === '' ? undefined : text;
  }

  raw(path: string): string {
    const value = this.at(path);
    return typeof value === 'string' ? value : '';
  }

  number(path: string): number | undefined {
    const value = Number(this.at(path));
    return Number.isFinite(value) ? value : undefined;
  }

  meta(name: string): string | undefined {
    const content = this.page.metas.find((meta) => meta.name.toLowerCase() === name)?.content ?? '';
    const text = normaliseText(decodeHTML(content.replace(/\\x26/g, '&').replace(/\\n|\\x0a/g, '\n')));
    return text === '' ? undefined : text;
  }

  /** `var name = "a" || "b";`: the first that is not empty. Also `htmlDecode("…")` and `'…'.html(false)`. */
  variable(name: string): string | undefined {
    if (!this.variables.has(name)) this.variables.set(name, this.declared(name));
    return this.variables.get(name);
  }

  private declared(name: string): string | undefined {
    const declared = firstIn(
      this.scripts,
      name,
      new RegExp(`(?:\\bvar\\s+|\\bwindow\\.)${name}\\s*=\\s*([^;\\n]{0,4000})`),
    );
    if (declared === undefined) return undefined;
    for (const [, , quoted = ''] of declared.matchAll(/(["'])((?:\\.|(?!\1)[^\\])*)\1/g)) {
      const text = normaliseText(decodeHTML(unescapeScript(quoted)));
      if (text !== '') return text;
    }
    return undefined;
  }

  seconds(path: string, word: string, fallback: RegExp): number | undefined {
    const own = this.number(path);
    if (own !== undefined && own > 1_000_000_000 && own < 10_000_000_000) return own;
    const found = firstIn(this.scripts, word, fallback);
    return found === undefined ? undefined : Number(found);
  }

  title(): string | undefined {
    return this.text('title') ?? this.variable('msg_title') ?? this.region('title') ?? this.meta('og:title');
  }

  published(): number | undefined {
    for (const path of ['ori_send_time', 'ori_create_time', 'create_timestamp']) {
      const seconds = this.number(path);
      if (seconds !== undefined && seconds > 1_000_000_000) return seconds;
    }
    return (
      this.seconds('', 'ct', /\bvar\s+ct\s*=\s*["'](\d{9,11})["']/) ??
      this.seconds('', 'oriCreateTime', /\boriCreateTime\s*=\s*["'](\d{9,11})["']/)
    );
  }

  region(name: string): string | undefined {
    const text = this.page.regions.get(name)?.text ?? '';
    return text === '' ? undefined : text;
  }

  account(): Account {
    const id = this.text('user_name') ?? this.variable('user_name');
    const name = this.text('nick_name') ?? this.variable('nickname') ?? this.region('name') ?? this.region('nickname');
    const alias = this.text('alias') ?? this.variable('alias');
    const bio = this.text('signature') ?? this.variable('profile_signature');
    return {
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name }),
      ...(alias === undefined ? {} : { alias }),
      ...(bio === undefined ? {} : { bio }),
    };
  }

  /** biz, mid, idx, sn; absent from the data object in 1 of 26 pages, so the link and the classic variables are asked too. */
  key(): Record<'biz' | 'mid' | 'idx' | 'sn', string | undefined> {
    const links = [this.text('link'), this.meta('og:url'), this.variable('msg_link')].filter(
      (each) => each !== undefined,
    );
    const fromLinks = links.map(keyFromUrl).find(({ biz, mid }) => biz !== undefined && mid !== undefined) ?? {};
    const positive = (path: string): string | undefined => ((this.number(path) ?? 0) > 0 ? this.text(path) : undefined);
    return {
      biz: this.text('bizuin') ?? this.variable('biz') ?? fromLinks.biz,
      mid: positive('mid') ?? this.variable('mid') ?? this.variable('appmsgid') ?? fromLinks.mid,
      idx: positive('idx') ?? this.variable('idx') ?? fromLinks.idx,
      sn: this.text('sn') ?? this.variable('sn') ?? fromLinks.sn,
    };
  }

  place(): string | undefined {
    const parts = [this.text('ip_wording.country_name'), this.text('ip_wording.province_name')].filter(
      (part) => part !== undefined,
    );
    return parts.length === 0 ? undefined : parts.join(' ');
  }

  /** Identifiers of a logged-in observer stand in the page: it must not be published as it is (facts/watching §2.17). */
  leaksObserver(): boolean {
    const set = (path: string): boolean => {
      const value = this.text(path) ?? '';
      return value !== '' && !/^[0]+$/.test(value) && value !== '777';
    };
    return (
      this.number('is_login') === 1 || set('user_uin') || set('user_info.indentity_id') || set('private_info.open_id')
    );
  }

  fields(paid: boolean): Record<string, string> {
    const { biz, mid, idx, sn } = this.key();
    const modifications = this.at('modify_detail.list');
    const wanted: Record<string, string | undefined> = {
      biz,
      bizNumber: biz === undefined ? undefined : bizNumber(biz),
      mid,
      idx,
      sn,
      itemShowType: this.text('item_show_type') ?? this.variable('item_show_type'),
      copyrightStat:
        this.text('copyright_info.copyright_stat') ??
        this.variable('_copyright_stat') ??
        this.variable('copyright_stat'),
      sourceUrl: this.text('source_url') ?? this.variable('msg_source_url'),
      albumId: this.text('appmsgalbuminfo.album_id'),
      albumTitle: this.text('appmsgalbuminfo.title'),
      previousInAlbum: this.text('appmsgalbuminfo.pre_article_link'),
      nextInAlbum: this.text('appmsgalbuminfo.next_article_link'),
      claimSource: this.text('claim_source.claim_source'),
      titleModified: this.text('is_title_modified'),
      modifications: Array.isArray(modifications) ? String(modifications.length) : undefined,
      accountVerified: this.text('verify_status'),
      paid: paid ? '1' : undefined,
      createTime: this.text('create_time'),
    };
    return Object.fromEntries(
      Object.entries(wanted)
        .filter((entry): entry is [string, string] => entry[1] !== undefined)
        .map(([name, value]) => [name, value.slice(0, 2_000)]),
    );
  }
}

function unescapeScript(quoted: string): string {
  return quoted
    .replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\(["'\\/])/g, '$1')
    .replace(/\\n/g, '\n');
}

function identityOf(input: ReadInput, facts: ArticleFacts): Identity {
  const { biz, mid, idx } = facts.key();
  const own = articleIdentity({
    ...(biz === undefined ? {} : { biz }),
    ...(mid === undefined ? {} : { mid }),
    ...(idx === undefined ? {} : { idx }),
  });
  return own ?? identityFromUrl(input.finalUrl);
}

interface Body {
  text: string;
  images: string[];
}

/** Where the words are depends on the type of post and its age (facts/watching §2.10). */
function bodyOf(page: Collected, facts: ArticleFacts): Body {
  const content = page.regions.get('content');
  const images = content?.images ?? [];
  const type = facts.number('item_show_type') ?? 0;
  if (facts.hasData && type === 10) {
    const own = [
      facts.raw('text_page_info.content_noencode'),
      facts.raw('text_page_info.content'),
      facts.raw('content_noencode'),
    ];
    const text = own.map(plain).find((each) => each !== '') ?? page.regions.get('text-post')?.text ?? '';
    return { text, images };
  }
  if (facts.hasData && type === 8) {
    return { text: plain(facts.raw('content_noencode')) || plain(facts.raw('desc')), images };
  }
  const html = facts.raw('content_noencode');
  return { text: html === '' ? (content?.text ?? '') : htmlToText(html), images };
}

/** Text with line breaks and a few escaped anchors: breaks are kept, entities and tags resolved. */
function plain(text: string): string {
  return htmlToText(text.replace(/\r?\n/g, '<br>'));
}

/** The picture list of an image post is the message itself; body images follow. */
function imagesOf(facts: ArticleFacts, inBody: readonly string[]): string[] {
  const list = facts.at('picture_page_info_list');
  const listed = Array.isArray(list)
    ? list
        .map((each) =>
          typeof each === 'object' && each !== null && !Array.isArray(each) ? each['cdn_url'] : undefined,
        )
        .filter((url) => typeof url === 'string' && url !== '')
    : [];
  return [...new Set([...(listed as string[]), ...inBody])];
}

/** A declared repost names the exact key of its original (facts/watching §2.12). */
function originalOf(facts: ArticleFacts): OriginalPointer | undefined {
  if (facts.number('copyright_info.copyright_stat') !== 2) return undefined;
  const url = facts.text('copyright_info.reprint_url');
  const fromUrl = url === undefined ? {} : keyFromUrl(url);
  const biz = facts.text('copyright_info.source_encode_biz') ?? fromUrl.biz;
  const mid = facts.text('copyright_info.source_mid') ?? fromUrl.mid;
  const idx = facts.text('copyright_info.source_idx') ?? fromUrl.idx;
  const identity = articleIdentity({
    ...(biz === undefined ? {} : { biz }),
    ...(mid === undefined ? {} : { mid }),
    ...(idx === undefined ? {} : { idx }),
  });
  const id = facts.text('copyright_info.source_username');
  const name = facts.text('copyright_info.platform');
  return {
    ...(identity ? { key: identity.key } : {}),
    ...(url === undefined ? {} : { url: unescapeUrl(url) }),
    ...(id === undefined && name === undefined
      ? {}
      : { account: { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) } }),
  };
}
