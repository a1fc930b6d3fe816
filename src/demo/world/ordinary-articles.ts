/** Ordinary trade-association news in any number, for load and crash tests: harmless, and no two alike. */
import { createHash } from 'node:crypto';
import type { Article } from './texts.js';

const TOPICS = ['荔枝', '家具', '陶瓷', '茶叶', '灯饰', '纺织', '玩具', '五金', '乐器', '水产'];

/**
 * One word of each column makes a clause. There is no fixed wording between them: with a template, any two articles
 * would share its phrases, and be copies of each other to whoever compares texts.
 */
const COLUMNS: readonly (readonly string[])[] = [
  '江门 佛山 东莞 中山 惠州 汕头 潮州 梅州 韶关 清远 肇庆 茂名 湛江 阳江 河源 汕尾 揭阳 珠海 顺德 南海 番禺 增城 从化 花都 台山 开平 恩平 鹤山 高州 化州 信宜 廉江 雷州 吴川 阳春 英德 连州 乐昌 南雄 兴宁 普宁 陆丰 饶平 澄海 三水 高明'.split(
    ' ',
  ),
  '商户 会员 厂家 工匠 学徒 农户 店主 代表 技师 画师 同行 老师傅 青年人 合作社 理事 志愿者 设计师 包装厂 协会 讲师'.split(
    ' ',
  ),
  '上旬 周一 清晨 雨后 中秋前 月底 午后 去年底 本周 春耕时 周末 年中 节后 近日 傍晚 连日 开春 立夏 当天 入冬'.split(
    ' ',
  ),
  '参观 学习 试用 改良 展出 讨论 登记 晾晒 设计 修缮 捐赠 拍摄 品评 描绘 编织 试种 打磨 包装 染色 装裱 收集 临摹 测量 烘干 清洗 组装 转赠 租借 比较 复原 嫁接 试吃 上釉 挑选 整理 翻新 讲解 陈列 记录 赠送'.split(
    ' ',
  ),
  '竹篮 釉料 礼盒 样品册 灯罩 刺绣 老照片 果苗 花瓶 茶具 风筝 木雕 琴弦 鱼干 染布 剪纸 铜锁 陶罐 纸伞 糕点 凉席 帆船 年画 香囊 窗花 砚台 蜡染 笛子 漆盘 草帽 月饼 灯笼 屏风 书签 棉被 围巾 木梳 瓷砖 藤椅 海带 蜂蜜 油画 邮票 银饰 皮影 豆豉 毛笔 口琴'.split(
    ' ',
  ),
];
const CLAUSES = 12;

/** The `n`th article, always the same for the same number. */
export function ordinaryArticle(n: number): Article {
  const which = n % TOPICS.length;
  const topic = TOPICS[which]!;
  return {
    path: `/s/Rec0nMore${String(n).padStart(13, '0')}`,
    account: {
      name: `${topic}商会`,
      id: `gh_${which.toString(16).padStart(12, '0')}`,
      alias: '',
      biz: 3_900_001_000 + which,
      bio: `${topic}行业商会。`,
    },
    title: `${topic}简讯第${n}期`,
    paragraphs: [`${topic}简讯：${clauses(n).join('，')}。`, '供会员阅读。'],
    published: Date.parse('2024-05-20T08:00:00+08:00') / 1000 + n * 60,
    mid: 2_247_500_000 + n,
  };
}

/** The bytes of a hash choose the words: SHA-512 has 64, a clause takes one a column. */
function clauses(n: number): string[] {
  const bytes = createHash('sha512').update(`ordinary ${n}`).digest();
  return Array.from({ length: CLAUSES }, (_, clause) =>
    COLUMNS.map((words, at) => words[bytes[clause * COLUMNS.length + at]! % words.length]!).join(''),
  );
}
