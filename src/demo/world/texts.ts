/**
 * The words of the demo's world. All of it is the product's own reconstruction: the goods list and the title are quoted
 * as the press quoted them (facts/goods §2), everything else is written for the demo, and every page says so.
 */
export const MARK = '演示重建页面，非原页 · Reconstruction made for the As Posted demo; not the original page';

export interface Article {
  /** Path on mp.weixin.qq.com. */
  path: string;
  account: { name: string; id: string; alias: string; biz: number; bio: string };
  title: string;
  paragraphs: readonly string[];
  /** Unix seconds. */
  published: number;
  mid: number;
}

const seconds = (time: string): number => Date.parse(time) / 1000;

const GOODS =
  '探测器、干扰发生器、无人机探测器(商品名BoriTone、AsselLabs、Bulat)或其它类似技术产品、无人机抑制器、通信频段干扰器、干扰发生器';

/** What the association says its work is: in its own bio, and in the department's notice. */
const WORK = '促进广东企业与俄罗斯开展经贸往来，为会员提供信息对接服务';

const REQUEST = [
  '我会近日收到国外企业来函，拟通过我会在广东省内寻找有供货能力的生产厂家，采购一批无人机设备，现将有关需求转发如下，供各会员企业参考。',
  `采购内容：${GOODS}。`,
  '供货企业应为在本省注册的生产型企业，能够提供产品说明书、营业执照复印件以及近两年的出口记录，所供产品须符合国家有关规定。',
  '请有供货能力的企业于六月上旬前将企业简介、产品清单和报价发送至我会秘书处，我会汇总后统一转达国外企业，由双方自行洽谈，我会不参与商务谈判。',
];

export const PROVINCIAL: Article = {
  path: '/s/Rec0nStructi0nGdRu2024',
  account: {
    name: '广东省对俄贸易促进会',
    id: 'gh_5a1d3e7c90b2',
    alias: 'gd-ru-demo',
    biz: 3_900_000_101,
    bio: `成立于2023年，业务主管单位：广东省商务厅。${WORK}。`,
  },
  title: '国外企业采购无人机设备通知',
  paragraphs: ['各会员企业：', ...REQUEST, '广东省对俄贸易促进会', '2024年5月22日'],
  published: seconds('2024-05-22T10:30:00+08:00'),
  mid: 2_247_483_701,
};

export const YUNFU: Article = {
  path: '/s/Rec0nStructi0nYunfu024',
  account: {
    name: '云浮市国际贸易促进会',
    id: 'gh_8c2f4b6d1e03',
    alias: 'yf-trade-demo',
    biz: 3_900_000_202,
    bio: '服务云浮企业开展国际贸易。',
  },
  title: '转发：国外企业采购无人机设备通知',
  paragraphs: [
    '各有关企业：',
    '现将一则国外企业采购需求转发给大家。',
    ...REQUEST,
    '有意向的企业请提交相关信息，由我会统一登记。',
    '云浮市国际贸易促进会',
    '2024年5月30日',
  ],
  published: seconds('2024-05-30T09:00:00+08:00'),
  mid: 2_247_483_802,
};

export const GOVERNMENT = {
  site: '广东省商务厅',
  column: '通知公告',
  indexPath: '/gkmlpt/index',
  listPath: '/gkmlpt/api/all/0?page=1&sid=2',
  path: '/gkmlpt/content/4/4427/post_4427301.html',
  id: 4_427_301,
  title: '关于广东省对俄贸易促进会成立的情况说明',
  published: '2023-11-15 09:20',
  paragraphs: [
    '广东省对俄贸易促进会于2023年依法登记成立，为非营利性社会团体。业务主管单位：广东省商务厅。',
    `该会的业务范围：${WORK}，组织企业参加展览展销活动，开展政策宣传和培训。`,
    '该会应当按照核准的章程开展活动，接受业务主管单位和登记管理机关的监督管理。',
  ],
  other: {
    path: '/gkmlpt/content/4/4427/post_4427355.html',
    id: 4_427_355,
    title: '关于举办外贸企业政策宣讲会的通知',
    published: '2024-05-13 15:00',
    /** Served in GBK: these words stand there as bytes (government-pages.ts). */
    paragraphs: [
      '为帮助外贸企业了解通关便利、出口信用保险和展会补贴等政策，我厅定于5月下旬在广州举办政策宣讲会。',
      '宣讲会不收取费用，每家企业可派两名代表参加，座位按登记先后安排。',
      '各地商务主管部门请将本通知转发本地企业。',
    ],
  },
} as const;

const OFFICIAL = 'the Guangdong Provincial Association for Promotion of Trade with Russia';

export const NEWS = {
  path: '/2024/06/05/vanished-notice',
  title: 'A vanished notice: what the association said about foreign buyers of drone detectors',
  published: '2024-06-05T08:00:00Z',
  paragraphs: [
    'This page is a reconstruction for a software demo. It sums up, in its own words, what CNN reported on 5 June 2024.',
    `On 22 May 2024 ${OFFICIAL} posted on its WeChat account that foreign companies were seeking drone detectors, naming the brands BorisTone, Assel Labs and Bulat, together with interference generators, drone suppressors and communication band jammers. The post was later taken down.`,
    'The association was set up in 2023 and is overseen by the provincial commerce department.',
    'An official at the association said the posting had been improper.',
    'An official at the association also said that the buyers are in Kazakhstan.',
    'In the week before this report the Yunfu city association for the promotion of international trade had posted the same text, asking any interested company to hand in its details.',
    'The provincial commerce department and the association were asked for comment.',
  ],
} as const;

const SAID = {
  speaker: 'an official of the association',
  speaksFor: OFFICIAL,
  outlet: 'CNN',
  said: '2024-06-05',
  about: 'posting',
} as const;

/** Claims as a reporter enters them; the words stand letter for letter in the pages above, and a test checks that. */
export const CLAIMS = {
  improper: { ...SAID, words: 'An official at the association said the posting had been improper.' },
  kazakhstan: { ...SAID, words: 'An official at the association also said that the buyers are in Kazakhstan.' },
  overseen: {
    speaker: 'CNN',
    outlet: 'CNN',
    said: '2024-06-05',
    about: 'oversight',
    words: 'The association was set up in 2023 and is overseen by the provincial commerce department.',
  },
  work: { speaker: PROVINCIAL.account.name, about: 'work', words: WORK },
  comment: {
    asked: ['Guangdong provincial commerce department', OFFICIAL],
    words: 'The provincial commerce department and the association were asked for comment.',
  },
} as const;
