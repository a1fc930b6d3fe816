/**
 * Characters of names as Hong Kong and Macau spell them (the government's romanisation, without tones): family names and what
 * firms are called by. General knowledge, no list was mined.
 */
export const CANTONESE = `
东tung 南nam 西sai 北pak 中chung 大tai 小siu 新sun 金kam 银ngan 宝po 华wah 国kwok 民man 人yan 天tin 地tei 日yat 月yuet 星sing 海hoi 山shan
江kong 河ho 湖wu 港kong 洋yeung 龙lung 凤fung 虎fu 马ma 鹏pang 鸿hung 鹰ying 狮sze 麟lun 祥cheung 瑞sui 吉kat 利lee 福fuk 禄luk 寿sau 喜hei
庆hing 兴hing 旺wong 盛shing 荣wing 富fu 贵kwai 丰fung 裕yue 泰tai 安on 康hong 宁ning 和wo 平ping 顺shun 达tat 通tung 信shun 诚shing 义yee
仁yan 礼lai 智chi 德tak 忠chung 孝hau 勇yung 明ming 光kwong 辉fai 耀yiu 亮leung 晖fai 昌cheong 隆lung 永wing 恒hang 久kau 长cheung 远yuen
万man 千chin 百pak 亿yik 一yat 二yee 三sam 四sei 五ng 六luk 七chat 八pat 九kau 十sap 高ko 升sing 腾tang 飞fei 翔cheung 越yuet 超chiu 卓cheuk
优yau 美mei 佳kai 嘉ka 好ho 乐lok 爱oi 心sum 思sze 想seung 意yee 文man 武mo 艺ngai 创chong 立lap 建kin 成shing 功kung 业yip 发fat 展chin 进chun
步po 联luen 合hop 众chung 同tung 共kung 世sai 界kai 环wan 球kau 宇yu 亚ah 欧au 非fei 英ying 法fat 韩hon 俄ngo 力lik 能nang 源yuen 电din 子chi
气hei 机kei 工kung 科fo 技kei 学hok 研yin 时sze 代toi 空hung 线sin 网mong 云wan 数so 码ma 讯shun 石shek 油yau 化fa 铁tit 钢kong 铜tung 木muk
林lam 森sum 花fa 果kwo 米mai 麦mak 茶cha 酒chau 水shui 火fo 风fung 雪suet 冰ping 春chun 夏ha 秋chau 冬tung 红hung 黄wong 蓝lam 绿luk 白pak
黑hak 青ching 紫chi 彩choi 色sik 王wong 李lee 张cheung 陈chan 周chow 吴ng 郑cheng 何ho 梁leung 刘lau 邓tang 罗law 曾tsang 蔡choi 许hui 谢tse
叶yip 杨yeung 郭kwok 徐tsui 冯fung 卢lo 萧siu 苏so 余yu 潘poon 朱chu 谭tam 关kwan 钟chung 吕lui 廖liu 胡wu 温wan 莫mok 赵chiu 赖lai 简kan 伟wai
强keung 健kin 俊chun 杰kit 豪ho 雄hung 威wai 志chi 家ka 麒kei 宏wang 洪hung 汇wui 惠wai 慧wai 会wui 凯hoi 启kai 奇kei 琪kei 旗kei 基kei 纪kei
记kee 祺kei 其kei 加ka 卡ka 可ho 克hak 格kak 根kan 广kwong 贝pui 邦bong 帮pong 保po 比pei 碧pik 标piu 彪piu 博pok 波po 财choi 灿chan 策chak
城shing 程ching 澄ching 驰chi 川chuen 传chuen 船shuen 纯shun 慈chi 翠chui 丹tan 当tong 道to 得tak 登tang 迪tik 帝tai 点dim 鼎ting 定ting 都to
端tuen 敦tun 多to 恩yan 尔yee 帆fan 方fong 芳fong 菲fei 峰fung 锋fung 甘kam 刚kong 冠koon 观kwun 规kwai 桂kwai 汉hon 航hong 浩ho 皓ho 昊ho 禾wo
荷ho 亨hang 衡hang 虹hung 厚hau 欢foon 焕wun 煌wong 骏chun 坚kin 捷chit 锦kam 晋chun 京king 晶jing 景king 均kwan 君kwan 钧kwan 坤kwan 昆kwan
来loi 莱loi 兰lan 澜lan 朗long 浪long 雷lui 丽lai 莉lei 励lai 连lin 廉lim 良leung 临lam 灵ling 玲ling 岭ling 领ling 凌ling 楼lau 路lo 伦lun
轮lun 络lok 洛lok 满moon 茂mau 梅mui 盟mang 梦mung 铭ming 名ming 鸣ming 茗ming 纳nap 楠nam 诺nok 培pui 沛pui 品pun 普po 浦po 齐chai 琦kei 谦him
前chin 乔kiu 桥kiu 琴kam 勤kan 清ching 晴ching 琼king 泉chuen 全chuen 权kuen 群kwan 融yung 容yung 如yu 润yun 若yeuk 赛choi 沙sha 尚sheung
上sheung 少siu 邵siu 深sum 神san 申sun 生sang 声sing 胜shing 圣sing 诗sze 施sze 实sat 士sze 仕shi 视shi 书shu 树shu 双sheung 硕shek 司sze
丝sze 斯sze 松chung 孙suen 太tai 唐tong 堂tong 涛to 桃to 特tak 田tin 庭ting 廷ting 童tung 拓tok 外ngoi 湾wan 望mong 维wai 卫wai 未mei 闻man
沃yuk 无mo 伍ng 希hei 曦hei 霞ha 先sin 贤yin 鲜sin 显hin 香heung 向heung 象cheung 晓hiu 欣yan 鑫yam 馨hing 幸hang 秀sau 旭yuk 轩hin 勋fan
雅ngar 岩ngam 炎yim 艳yim 燕yin 扬yeung 阳yeung 怡yee 依yee 宜yee 易yik 益yik 逸yat 毅ngai 音yam 盈ying 莹ying 颖wing 影ying 咏wing 友yau
有yau 佑yau 雨yu 玉yuk 誉yu 煜yuk 元yuen 园yuen 悦yuet 韵wan 泽chak 增tsang 湛cham 兆siu 照chiu 哲chit 珍chun 真chun 振chun 镇chan 正ching
政ching 之chi 芝chi 知chi 至chi 致chi 舟chau 洲chau 珠chu 竹chuk 宗chung 祖cho
`.trim();
