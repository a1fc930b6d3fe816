/** Places of China and its neighbours as they stand at the head of Chinese organisation names; their Latin names are their pinyin but for these. */
export const HAN_PLACES =
  `北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 广西 宁夏 新疆
石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔
乌兰察布 满洲里 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 延边 珲春 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春
佳木斯 七台河 牡丹江 黑河 绥化 绥芬河 抚远 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 张家港 常熟 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山
台州 丽水 义乌 慈溪 余姚 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余
鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 单县 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡
南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州 韶关 深圳
珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 顺德 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚
成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 弥勒 拉萨 日喀则 西安
铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 西宁 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 喀什 和田 伊犁
阿克苏 霍尔果斯 石河子 台北 新北 桃园 台中 台南 高雄 新竹 浦东 海淀 朝阳区 南山 宝安 龙岗 福田 罗湖`.split(/\s+/);

/** Where pinyin is not the name in use, or is commonly misread. */
export const HAN_PLACE_NAMES: Record<string, string> = {
  香港: 'hongkong hk', 澳门: 'macau macao', 台湾: 'taiwan', 台北: 'taipei', 高雄: 'kaohsiung', 新竹: 'hsinchu', 台中: 'taichung', 台南: 'tainan', 桃园: 'taoyuan',
  内蒙古: 'innermongolia neimenggu', 西藏: 'tibet xizang', 新疆: 'xinjiang sinkiang', 陕西: 'shaanxi shanxi', 哈尔滨: 'harbin haerbin', 乌鲁木齐: 'urumqi wulumuqi',
  呼和浩特: 'hohhot huhehaote', 喀什: 'kashgar kashi', 拉萨: 'lhasa', 齐齐哈尔: 'qiqihar qiqihaer', 满洲里: 'manzhouli manchuria', 厦门: 'xiamen amoy', 广东: 'guangdong canton',
  重庆: 'chongqing', 长沙: 'changsha', 长春: 'changchun', 长治: 'changzhi', 单县: 'shanxian', 六安: 'luan', 六盘水: 'liupanshui', 蚌埠: 'bengbu', 台州: 'taizhou', 吕梁: 'lvliang luliang lyuliang',
  丽水: 'lishui', 亳州: 'bozhou', 乐山: 'leshan', 朝阳: 'chaoyang', 朝阳区: 'chaoyang', 克拉玛依: 'karamay', 吐鲁番: 'turpan', 鄂尔多斯: 'ordos', 呼伦贝尔: 'hulunbuir', 伊犁: 'ili yili', 阿克苏: 'aksu',
  和田: 'hotan hetian', 霍尔果斯: 'khorgos horgos', 北京: 'beijing peking', 南京: 'nanjing nanking', 天津: 'tianjin tientsin', 青岛: 'qingdao tsingtao', 苏州: 'suzhou', 西安: 'xian',
}; // prettier-ignore

/** Words that only say what a place is: dropped after it. */
export const HAN_PLACE_SUFFIX = /^(?:维吾尔自治区|回族自治区|壮族自治区|自治区|特别行政区|自治州|省|市|区|县|州)/;
